/* fit_issues DATA OUT: fits data/issues.bin on the training part of the coded corpus
 * (train/coded.h), a minute.
 *
 * Two log-linear models tell whether a content is about a candidate, and which one it is about
 * most. They are fitted without each of some folds in turn, and what they say of the fold's
 * articles is what the trees are fitted on that choose by what all statements of an article are
 * about; then on all. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/analysis.h"
#include "extract/engine.h"
#include "extract/extract.h"
#include "extract/issue/hit_model.h"
#include "extract/issue/issue.h"
#include "extract/issue/issue_table.h"
#include "extract/stance/confidence.h"
#include "extract/statement.h"
#include "train/coded.h"
#include "train/hit_fit.h"
#include "train/model_write.h"
#include "train/position_score.h"
#include "train/room.h"
#include "train/trees_fit.h"

enum { FOLDS = 3, CORPUS_BYTES = 1 << 30, ARTICLE_BYTES = 512 << 20 };
static_assert((int)FIRST_TREES == (int)TREES, "as many as are fitted");
static_assert((int)FIRST_EVIDENCE <= (int)EVIDENCE_MAX, "the trees ask less");

/* A line is of a content that shares this much of the shorter of the two with it. */
static const double SHARED = 0.4;

struct fitting {
	struct engine *en;
	const struct coded *corpus;
	struct ranker about, main;	/* lessons of all articles */
	size_t *about_from, *main_from; /* by article: its first case */
	struct tree_case *cases;
	size_t n_cases, cap_cases, n_right;
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

/* --- what a content is about ------------------------------------------------------------------ */

static void learn(struct fitting *f, const struct features *about, const struct features *of_main,
		  bool right)
{
	ranker_add(&f->about, about, right);
	ranker_end_case(&f->about);
	ranker_add(&f->main, of_main, right);
}

static void learn_open(struct fitting *fit, const struct issue_content *c,
		       const struct issue_candidates *l, const struct coded_line *const *lines,
		       size_t n_lines)
{
	struct open_issues open;
	struct features f;
	open_issues_find(c, l, &open);
	for (size_t i = 0; i < open.n; i++) {
		bool right = is_object(lines, n_lines,
				       text_span(c->bg->es->t, open.v[i].first, open.v[i].head));
		open_features_of(c, l, &open.v[i], &f);
		learn(fit, &f, &f, right);
	}
}

static void learn_content(struct fitting *fit, const struct issue_background *bg,
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
	issues_consider(&c, &l);
	for (size_t i = 0; i < l.n; i++) {
		bool right = is_coded(lines, n_lines, bg->it->issues[l.v[i].issue].id);
		hit_features_of(&c, &l, i, &f);
		struct features of_main = f;
		main_features_of(&c, &l.v[i], &of_main);
		learn(fit, &f, &of_main, right);
	}
	learn_open(fit, &c, &l, lines, n_lines);
	ranker_end_case(&fit->main);
}

static int learn_article(struct fitting *f, const struct coded_article *article,
			 const struct analysis *an, struct arena *a)
{
	enum { MOST_LINES = 64 };
	const struct coded_line *lines[MOST_LINES];
	struct issue_background bg;
	if (issue_background_make(&bg, f->en->issues, &an->entities, an->title, a) < 0)
		return -1;
	for (size_t i = 0; i < an->attributions.n; i++) {
		const struct attribution *attr = &an->attributions.v[i];
		size_t n = lines_of(article, &an->text, attr, lines, MOST_LINES);
		if (n > 0)
			learn_content(f, &bg, attr, lines, n);
	}
	return 0;
}

static size_t fold_of(size_t article)
{
	return (uint32_t)article * 2654435761u / 65536 % FOLDS;
}

/* A view of the lessons of all articles but those of a fold; its cases are to be freed. */
static struct ranker without(const struct fitting *f, const struct ranker *r, const size_t *from,
			     size_t fold)
{
	struct ranker out = *r;
	out.n_cases = 0;
	out.cases = room(r->n_cases + 1, sizeof *out.cases);
	for (size_t i = 0; i < f->corpus->n; i++)
		for (size_t k = from[i]; k < from[i + 1]; k++)
			if (fold_of(i) != fold)
				out.cases[out.n_cases++] = r->cases[k];
	return out;
}

static void fit_half(const struct fitting *f, const struct ranker *r, const size_t *from,
		     size_t fold, struct hit_weights *out)
{
	static float weights[FEATURE_PLACES];
	struct ranker part = without(f, r, from, fold);
	hit_fit(&part, weights);
	hit_pack(weights, out);
	free(part.cases);
}

/* --- what a statement is about most ----------------------------------------------------------- */

static bool is_of_lines(const struct scored *x, const struct issue_hit *hit)
{
	bool is_right = false;
	for (size_t l = 0; l < x->n_lines; l++)
		is_right = is_right || issue_is_of_line(hit, x->lines[l]);
	return is_right;
}

static bool has_matter(const struct scored *x)
{
	for (size_t l = 0; l < x->n_lines; l++)
		if (x->lines[l]->n_issues > 0 || x->lines[l]->object.end > 0)
			return true;
	return false;
}

static void add_cases(struct fitting *f, const struct first_article *firsts, size_t i,
		      const struct scored *x)
{
	float evidence[ISSUE_CANDIDATES][FIRST_EVIDENCE];
	const struct first_candidates *l = firsts->v[i].candidates;
	if (!has_matter(x))
		return;
	first_evidence(firsts, i, evidence);
	for (size_t k = 0; k < l->n; k++) {
		if (f->n_cases == f->cap_cases) {
			f->cap_cases = f->cap_cases ? 2 * f->cap_cases : 1 << 16;
			f->cases = realloc(f->cases, f->cap_cases * sizeof *f->cases);
			if (!f->cases)
				abort();
		}
		struct tree_case *c = &f->cases[f->n_cases++];
		*c = (struct tree_case){.is_right = is_of_lines(x, &l->v[k].hit)};
		memcpy(c->evidence, evidence[k], sizeof evidence[k]);
		f->n_right += c->is_right;
	}
}

static int read_firsts(struct fitting *f, const struct coded_article *article, struct analysis *an,
		       struct arena *a)
{
	struct extraction x;
	struct first_article firsts;
	if (statements_make(f->en, NULL, an, &x) < 0)
		return -1;
	struct first_statement *v = room_for(a, x.n_statements + 1, sizeof *v);
	for (size_t i = 0; i < x.n_statements; i++) {
		const struct actor *who = x.statements[i].speaker;
		v[i] = (struct first_statement){an->facts[i].first, who ? str_hash(who->id) : 0};
	}
	if (first_article_init(&firsts, v, x.n_statements, a) < 0)
		return -1;
	for (size_t i = 0; i < x.n_statements; i++) {
		struct scored s = scored_of(article, &x.statements[i]);
		add_cases(f, &firsts, i, &s);
	}
	return 0;
}

/* --- the corpus ------------------------------------------------------------------------------- */

static int read_article(struct fitting *f, size_t i, bool is_first, struct err *e)
{
	const struct coded_article *x = &f->corpus->v[i];
	const struct article in = {
		.text = x->text, .title = x->title, .published_at = x->published_at};
	struct analysis an;
	struct arena a;
	arena_init(&a, ARTICLE_BYTES);
	int rc = engine_analyze(f->en, &in, &a, &an, e);
	if (rc == 0 && (is_first ? read_firsts(f, x, &an, &a) : learn_article(f, x, &an, &a)) < 0)
		rc = arena_full(e);
	arena_release(&a);
	return rc;
}

static int learn_all(struct fitting *f, struct err *e)
{
	f->about_from = room(f->corpus->n + 1, sizeof *f->about_from);
	f->main_from = room(f->corpus->n + 1, sizeof *f->main_from);
	for (size_t i = 0; i < f->corpus->n; i++) {
		if (f->corpus->v[i].split == CODED_TRAIN && read_article(f, i, false, e) < 0)
			return -1;
		f->about_from[i + 1] = f->about.n_cases;
		f->main_from[i + 1] = f->main.n_cases;
	}
	return 0;
}

static int read_fold(struct fitting *f, size_t fold, struct err *e)
{
	static struct issue_weights w;
	const struct issue_weights *own = f->en->issues->weights;
	int rc = 0;
	fit_half(f, &f->about, f->about_from, fold, &w.about);
	fit_half(f, &f->main, f->main_from, fold, &w.main);
	f->en->issues->weights = &w;
	for (size_t i = 0; rc == 0 && i < f->corpus->n; i++)
		if (f->corpus->v[i].split == CODED_TRAIN && fold_of(i) == fold)
			rc = read_article(f, i, true, e);
	f->en->issues->weights = own;
	return rc;
}

static int fit(struct fitting *f, const char *out, struct err *e)
{
	static struct issue_weights w;
	if (learn_all(f, e) < 0)
		return -1;
	for (size_t fold = 0; fold < FOLDS; fold++)
		if (read_fold(f, fold, e) < 0)
			return -1;
	fit_half(f, &f->about, f->about_from, FOLDS, &w.about);
	fit_half(f, &f->main, f->main_from, FOLDS, &w.main);
	trees_fit(f->cases, f->n_cases, w.first);
	printf("%zu cases of what a content is about; %zu candidates to go first, %zu right\n",
	       f->about.n_cases, f->n_cases, f->n_right);
	const struct str body = {(const char *)&w, sizeof w};
	return model_write(out, HIT_KIND, HIT_VERSION, &body, 1)
		       ? 0
		       : err_set(e, ERR_INTERNAL, NULL, "\"%s\" is not written", out);
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct arena a;
	struct coded c;
	if (argc != 3) {
		fprintf(stderr, "usage: fit_issues DATA OUT\n");
		return 2;
	}
	arena_init(&a, CORPUS_BYTES);
	struct fitting f = {.en = engine_open_without_positions(&e), .corpus = &c};
	int rc = f.en ? coded_read(argv[1], &a, &c, &e) : -1;
	if (rc == 0)
		rc = fit(&f, argv[2], &e);
	if (rc < 0)
		fprintf(stderr, "fit_issues: %s\n", e.message);
	ranker_release(&f.about);
	ranker_release(&f.main);
	free(f.about_from);
	free(f.main_from);
	free(f.cases);
	engine_close(f.en);
	arena_release(&a);
	return rc < 0;
}
