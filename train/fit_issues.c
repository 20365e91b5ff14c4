/* fit_issues DATA OUT [FOLD]: fits data/issues.bin on the training part of the coded corpus
 * (train/coded.h). With FOLD, a number below FOLDS, every FOLDS-th article is left out and scored
 * instead of writing anything. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "extract/analysis.h"
#include "extract/engine.h"
#include "extract/extract.h"
#include "extract/issue/hit_model.h"
#include "extract/issue/issue.h"
#include "train/coded.h"
#include "train/hit_fit.h"
#include "train/model_write.h"

enum { FOLDS = 5, CORPUS_BYTES = 1 << 30, ARTICLE_BYTES = 512 << 20 };

/* A line is of a content that shares this much of the shorter of the two with it. */
static const double SHARED = 0.4;

struct score {
	unsigned contents, first_right, main_right, coded, said, said_right;
	unsigned bin[10], bin_right[10];
};

struct reader {
	const struct engine *en;
	struct ranker *about, *main;	     /* lessons; NULL: scores */
	const struct issue_weights *weights; /* to score */
	struct score score;
};

/* The lines that a content belongs to. */
static size_t lines_of(const struct coded_article *article, const struct text *t,
		       const struct attribution *attr, const struct coded_line **out, size_t most)
{
	size_t n = 0, length = 0;
	for (size_t p = 0; p < attr->n_parts; p++) {
		struct span s = text_span(t, attr->parts[p].first, attr->parts[p].last);
		length += s.end - s.start;
	}
	for (size_t l = 0; l < article->n_lines && n < most; l++) {
		const struct span content = article->lines[l].content;
		size_t shared = 0, shorter = content.end - content.start;
		shorter = shorter < length ? shorter : length;
		for (size_t p = 0; p < attr->n_parts; p++)
			shared += coded_shared(
				text_span(t, attr->parts[p].first, attr->parts[p].last), content);
		if (shared > 0 && (double)shared >= SHARED * (double)shorter)
			out[n++] = &article->lines[l];
	}
	return n;
}

static bool is_coded(const struct coded_line *const *lines, size_t n, struct str id)
{
	for (size_t l = 0; l < n; l++)
		for (size_t i = 0; i < lines[l]->n_issues; i++)
			if (str_eq(lines[l]->issues[i].id, id))
				return true;
	return false;
}

/* Is it a part of what a position is taken on, or the other way round? */
static bool is_object(const struct coded_line *const *lines, size_t n, struct span s)
{
	for (size_t l = 0; l < n; l++)
		if (coded_shared(lines[l]->object, s) > 0)
			return true;
	return false;
}

static void count(struct score *s, float p, bool right)
{
	const float least = 0.3f;
	size_t bin = (size_t)(p * 10) < 10 ? (size_t)(p * 10) : 9;
	s->bin[bin]++;
	s->bin_right[bin] += right;
	s->said += p >= least;
	s->said_right += p >= least && right;
}

/* The likeliest of a content so far, by itself and among all. */
struct best {
	float about, main;
	bool about_right, main_right, any;
};

/* A lesson, or the likeliest if it is. */
static float take(struct reader *r, const struct features *about, const struct features *of_main,
		  bool right, struct best *b)
{
	b->any = b->any || right;
	if (r->about) {
		ranker_add(r->about, about, right);
		ranker_end_case(r->about);
		ranker_add(r->main, of_main, right);
		return 0;
	}
	float p = hit_probability(&r->weights->about, about),
	      main = hit_score(&r->weights->main, of_main);
	if (p > b->about) {
		b->about = p;
		b->about_right = right;
	}
	if (main > b->main) {
		b->main = main;
		b->main_right = right;
	}
	return p;
}

static void read_open(struct reader *r, const struct issue_content *c,
		      const struct issue_candidates *l, const struct coded_line *const *lines,
		      size_t n_lines, struct best *b)
{
	struct open_issues open;
	struct features f;
	open_issues_find(c, l, &open);
	for (size_t i = 0; i < open.n; i++) {
		bool right = is_object(lines, n_lines,
				       text_span(c->bg->es->t, open.v[i].first, open.v[i].head));
		open_features_of(c, l, &open.v[i], &f);
		take(r, &f, &f, right, b);
	}
}

static void read_content(struct reader *r, const struct issue_background *bg,
			 const struct attribution *attr, const struct coded_line *const *lines,
			 size_t n_lines)
{
	struct issue_candidates l;
	struct features f;
	struct span source = {0, 0};
	if (range_is(attr->source))
		source = text_span(bg->es->t, attr->source.first, attr->source.last);
	const struct spans sources = {&source, range_is(attr->source)};
	struct issue_content c = {
		.bg = bg, .parts = attr->parts, .n_parts = attr->n_parts, .source = &sources};
	struct best b = {.about = -1, .main = -INFINITY};
	issues_consider(&c, &l);
	for (size_t i = 0; i < l.n; i++) {
		bool right = is_coded(lines, n_lines, bg->it->issues[l.v[i].issue].id);
		hit_features_of(&c, &l, i, &f);
		struct features of_main = f;
		main_features_of(&c, &l.v[i], &of_main);
		float p = take(r, &f, &of_main, right, &b);
		count(&r->score, p, right);
	}
	read_open(r, &c, &l, lines, n_lines, &b);
	if (r->main)
		ranker_end_case(r->main);
	r->score.contents++;
	r->score.first_right += b.about_right;
	r->score.main_right += b.main_right;
	r->score.coded += b.any;
}

static int read_article(struct reader *r, const struct coded_article *article, struct err *e)
{
	enum { MOST_LINES = 64 };
	const struct coded_line *lines[MOST_LINES];
	struct analysis an;
	struct issue_background bg;
	struct arena a;
	const struct article in = {.text = article->text, .title = article->title};
	arena_init(&a, ARTICLE_BYTES);
	int rc = engine_analyze(r->en, &in, &a, &an, e);
	if (rc == 0 && issue_background_make(&bg, r->en->issues, &an.entities, an.title, &a) < 0)
		rc = arena_full(e);
	for (size_t i = 0; rc == 0 && i < an.attributions.n; i++) {
		const struct attribution *attr = &an.attributions.v[i];
		size_t n = lines_of(article, &an.text, attr, lines, MOST_LINES);
		if (n > 0)
			read_content(r, &bg, attr, lines, n);
	}
	arena_release(&a);
	return rc;
}

static int read_part(struct reader *r, const struct coded *c, int fold, bool left_out,
		     struct err *e)
{
	int number = 0;
	for (size_t i = 0; i < c->n; i++) {
		if (c->v[i].split != CODED_TRAIN)
			continue;
		bool is_out = fold >= 0 && number++ % FOLDS == fold;
		if (is_out == left_out && read_article(r, &c->v[i], e) < 0)
			return -1;
	}
	return 0;
}

static void print(const struct score *s)
{
	printf("%u contents: first right %.1f %%, the likeliest by itself %.1f %% (a candidate "
	       "right %.1f %%); %u said, %.1f %% right\n",
	       s->contents, 100.0 * s->main_right / s->contents,
	       100.0 * s->first_right / s->contents, 100.0 * s->coded / s->contents, s->said,
	       100.0 * s->said_right / s->said);
	for (int b = 0; b < 10; b++)
		printf(" .%d: %.0f %% of %u;", b,
		       100.0 * s->bin_right[b] / (s->bin[b] ? s->bin[b] : 1), s->bin[b]);
	printf("\n");
}

static int fit(const struct engine *en, const struct coded *c, const char *out, int fold,
	       struct err *e)
{
	static float about_weights[FEATURE_PLACES], main_weights[FEATURE_PLACES];
	static struct issue_weights packed;
	struct ranker about = {0}, main = {0};
	struct reader r = {.en = en, .about = &about, .main = &main};
	if (read_part(&r, c, fold, false, e) < 0)
		return -1;
	hit_fit(&about, about_weights);
	hit_fit(&main, main_weights);
	ranker_release(&about);
	ranker_release(&main);
	hit_pack(about_weights, &packed.about);
	hit_pack(main_weights, &packed.main);
	if (fold < 0) {
		const struct str body = {(const char *)&packed, sizeof packed};
		return model_write(out, HIT_KIND, HIT_VERSION, &body, 1)
			       ? 0
			       : err_set(e, ERR_INTERNAL, NULL, "\"%s\" is not written", out);
	}
	struct reader scorer = {.en = en, .weights = &packed};
	if (read_part(&scorer, c, fold, true, e) < 0)
		return -1;
	print(&scorer.score);
	return 0;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct arena a;
	struct coded c;
	if (argc < 3) {
		fprintf(stderr, "usage: fit_issues DATA OUT [FOLD]\n");
		return 2;
	}
	arena_init(&a, CORPUS_BYTES);
	struct engine *en = engine_open(&e);
	int rc = en ? coded_read(argv[1], &a, &c, &e) : -1;
	if (rc == 0)
		rc = fit(en, &c, argv[2], argc > 3 ? (int)strtol(argv[3], NULL, 10) : -1, &e);
	if (rc < 0)
		fprintf(stderr, "fit_issues: %s\n", e.message);
	engine_close(en);
	arena_release(&a);
	return rc < 0;
}
