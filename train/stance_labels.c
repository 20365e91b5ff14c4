/* Labels, the engine's statements beside them, and the fit of the weights of confidence. */
#include "train/stance_labels.h"

#include <math.h>

#include "extract/analysis.h"
#include "extract/engine.h"
#include "extract/extract.h"
#include "extract/statement.h"
#include "train/file_text.h"
#include "train/polnear.h"
#include "train/wikinews.h"

enum { ARTICLE_BYTES = 512 << 20, NO_CUE = -1 };

/* --- labels ----------------------------------------------------------------------------------- */

struct label {
	struct str corpus, article;
	struct span content;
	int64_t cue; /* where it starts, or NO_CUE */
	uint32_t acts, positions;
};

struct labels {
	struct label *v;
	size_t n;
};

/* "ACCUSE|STATE" as bits; 0 where a word is none of the terms. */
static uint32_t bits_of(const struct terms *t, struct str words)
{
	uint32_t bits = 0;
	struct str word;
	while (str_split(&words, '|', &word)) {
		int k = terms_find(t, word);
		if (k < 0)
			return 0;
		bits |= 1u << k;
	}
	return bits;
}

static bool read_label(struct str line, struct label *out)
{
	enum { CORPUS, ARTICLE, START, END, CUE, ACTS, POSITIONS, COLUMNS };
	struct str cell[COLUMNS];
	int64_t start, end;
	size_t n = 0;
	while (n < COLUMNS && str_split(&line, '\t', &cell[n]))
		n++;
	if (n < COLUMNS || !str_to_i64(cell[START], &start) || !str_to_i64(cell[END], &end))
		return false;
	*out = (struct label){.corpus = cell[CORPUS],
			      .article = cell[ARTICLE],
			      .content = {(uint32_t)start, (uint32_t)end},
			      .cue = NO_CUE,
			      .acts = bits_of(&terms_act, cell[ACTS]),
			      .positions = bits_of(&terms_position, cell[POSITIONS])};
	return out->acts && out->positions &&
	       (str_eq(cell[CUE], STR("-")) || str_to_i64(cell[CUE], &out->cue));
}

static int read_labels(const char *path, struct arena *a, struct labels *out, struct err *e)
{
	struct str rest = file_text(path, a, e), line;
	size_t cap = 0, number = 0;
	*out = (struct labels){0};
	if (!rest.p)
		return -1;
	while (str_split(&rest, '\n', &line)) {
		number++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (arena_grow(a, (void **)&out->v, &cap, out->n + 1, sizeof *out->v) < 0)
			return arena_full(e);
		if (!read_label(line, &out->v[out->n++]))
			return err_set(e, ERR_INPUT, NULL, "%s:%zu: no label", path, number);
	}
	return 0;
}

/* --- statements ------------------------------------------------------------------------------- */

struct label_reader {
	const struct engine *en;
	struct labels labels;
	struct labeled_stances *out;
	size_t n_articles;
};

static struct span hull(struct spans s)
{
	return (struct span){s.v[0].start, s.v[s.n - 1].end};
}

/* Shared code points over all of both. */
static double overlap(struct span a, struct span b)
{
	uint32_t start = a.start > b.start ? a.start : b.start, end = a.end < b.end ? a.end : b.end;
	uint32_t first = a.start < b.start ? a.start : b.start,
		 last = a.end > b.end ? a.end : b.end;
	return end > start ? (double)(end - start) / (last - first) : 0;
}

static int64_t cue_of(const struct statement *s)
{
	return s->spans.cue.n ? (int64_t)s->spans.cue.v[0].start : NO_CUE;
}

/* The statement of the same cue whose content is the same by half or more; NULL where there is
 * none. */
static const struct statement *find_statement(const struct extraction *x, const struct label *l)
{
	const struct statement *best = NULL;
	double most = 0.5;
	for (size_t i = 0; i < x->n_statements; i++) {
		const struct statement *s = &x->statements[i];
		double o = s->spans.content.n && cue_of(s) == l->cue
				   ? overlap(hull(s->spans.content), l->content)
				   : 0;
		if (o > most) {
			best = s;
			most = o;
		}
	}
	return best;
}

/* The labels are older than concern: who worried was against it. */
static enum position labeled_as(enum position p)
{
	return p == POSITION_CONCERN ? POSITION_OPPOSE : p;
}

static void add(struct label_reader *d, const struct analysis *an, const struct extraction *x,
		const struct statement *s, const struct label *l)
{
	struct labeled_stance *to = &d->out->v[d->out->n++];
	to->facts = an->facts[s - x->statements];
	confidence_features(&to->facts, to->x);
	to->article = d->n_articles;
	to->is_act_right = l->acts >> s->stance.act & 1;
	to->is_position_right = l->positions >> labeled_as(s->stance.position) & 1;
}

static int read_article(struct label_reader *d, struct str corpus, struct str id,
			const struct article *article, struct err *e)
{
	struct arena a;
	struct analysis an;
	struct extraction x = {0};
	bool is_read = false;
	int rc = 0;
	arena_init(&a, ARTICLE_BYTES);
	for (size_t i = 0; i < d->labels.n && rc == 0; i++) {
		const struct label *l = &d->labels.v[i];
		if (!str_eq(l->article, id) || !str_eq(l->corpus, corpus))
			continue;
		if (!is_read && (engine_analyze(d->en, article, &a, &an, e) < 0 ||
				 statements_make(d->en, NULL, &an, &x) < 0))
			rc = arena_full(e);
		is_read = true;
		const struct statement *s = find_statement(&x, l);
		if (s)
			add(d, &an, &x, s, l);
	}
	d->n_articles += is_read;
	arena_release(&a);
	return rc;
}

static int read_polnear(struct label_reader *d, const char *folder, struct arena *a, struct err *e)
{
	struct str path = arena_printf(a, "%s/polnear/dev.jsonl", folder);
	if (!path.p)
		return arena_full(e);
	struct polnear_file file = polnear_open(path.p);
	struct polnear_record record;
	int rc = 0;
	while (rc == 0 && polnear_next(&file, a, &record))
		rc = read_article(d, STR("polnear"), record.id,
				  &(struct article){.text = record.text}, e);
	polnear_close(&file);
	return rc;
}

static int read_wikinews(struct label_reader *d, const char *folder, struct arena *a, struct err *e)
{
	struct wikinews w;
	int rc = wikinews_read(folder, a, &w, e);
	for (size_t i = 0; rc == 0 && i < w.n; i++) {
		struct article article = article_of(w.v[i].text, w.v[i].date);
		rc = read_article(d, STR("wikinews"), w.v[i].id, &article, e);
	}
	return rc;
}

int labeled_stances_read(const char *labels, const char *folder, struct arena *a,
			 struct labeled_stances *out, struct err *e)
{
	struct engine *en = engine_open(e);
	struct label_reader d = {.en = en, .out = out};
	*out = (struct labeled_stances){0};
	int rc = en ? read_labels(labels, a, &d.labels, e) : -1;
	if (rc == 0) {
		out->n_labels = d.labels.n;
		out->v = arena_array(a, d.labels.n, sizeof *out->v);
		rc = !out->v ? arena_full(e)
		     : read_polnear(&d, folder, a, e) < 0 || read_wikinews(&d, folder, a, e) < 0
			     ? -1
			     : 0;
	}
	engine_close(en);
	return rc;
}

/* --- fit -------------------------------------------------------------------------------------- */

/* Adds the gradient of the likelihood; whether act and position are right is one event. */
static void add_gradient(const struct labeled_stance *s, const double *w, double *gradient)
{
	double score = 0;
	for (size_t i = 0; i < CONFIDENCE_WEIGHTS; i++)
		score += w[i] * (double)s->x[i];
	double d = (s->is_act_right && s->is_position_right) - 1 / (1 + exp(-score));
	for (size_t i = 0; i < CONFIDENCE_WEIGHTS; i++)
		gradient[i] += d * (double)s->x[i];
}

/* What speaks for a stance cannot speak against it, whatever a few labels say: its weight is 0
 * then. */
static double bounded(size_t weight, double w)
{
	bool is_for = weight == CONFIDENCE_SHARE || weight == CONFIDENCE_TOLD ||
		      weight == CONFIDENCE_VALENCE,
	     is_against = weight == CONFIDENCE_AGAINST || weight == CONFIDENCE_LENGTH;
	return (is_for && w < 0) || (is_against && w > 0) ? 0 : w;
}

/* Adam's steps (Kingma and Ba 2015) over all at once, the weights but the base drawn to 0, how hard
 * by the folds. */
void confidence_fit(const struct labeled_stances *s, size_t fold, struct confidence *out)
{
	enum { STEPS = 600 };
	static const double rate = 0.1, pull = 2;
	double w[CONFIDENCE_WEIGHTS] = {0}, mean[CONFIDENCE_WEIGHTS] = {0},
	       square[CONFIDENCE_WEIGHTS] = {0};
	for (int step = 1; step <= STEPS; step++) {
		double gradient[CONFIDENCE_WEIGHTS];
		for (size_t i = 0; i < CONFIDENCE_WEIGHTS; i++)
			gradient[i] = i == CONFIDENCE_BASE ? 0 : -pull * w[i];
		for (size_t k = 0; k < s->n; k++)
			if (confidence_fold(&s->v[k]) != fold)
				add_gradient(&s->v[k], w, gradient);
		for (size_t i = 0; i < CONFIDENCE_WEIGHTS; i++) {
			mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
			square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
			w[i] += rate * (1 - (double)step / STEPS) * mean[i] / (1 - pow(0.9, step)) /
				(sqrt(square[i] / (1 - pow(0.999, step))) + 1e-8);
			w[i] = bounded(i, w[i]);
		}
	}
	for (size_t i = 0; i < CONFIDENCE_WEIGHTS; i++)
		out->w[i] = (float)w[i];
}
