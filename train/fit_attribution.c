/* fit_attribution POLNEAR.jsonl MODEL: fits data/attribution.bin.
 *
 * Each stage learns from the corpus's own answers to the stages before it, and from each article
 * twice: as it is, and under other names (exchange.h). How much its features and its network count,
 * and the prediction of the whole, are learnt from what they say of articles they were not fitted
 * on (by folds), so that the probabilities, which become the statements' confidence, hold for new
 * text. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/attribution/content.h"
#include "extract/attribution/content_features.h"
#include "extract/attribution/evidence.h"
#include "extract/attribution/extent.h"
#include "extract/attribution/source.h"
#include "train/exchange.h"
#include "train/model_write.h"
#include "train/polnear.h"
#include "train/random.h"
#include "train/ranker.h"
#include "train/reading_fit.h"
#include "train/room.h"
#include "train/trees_fit.h"

enum { FOLDS = 4, ALL = -1, NEGATIVES_KEPT = 80, WHOLE_STEPS = 400, ROWS_BYTES = 256 << 20 };
static const double content_least =
	0.5; /* overlap at which the usual score counts a content as found */

/* --- cases ------------------------------------------------------------------------------------ */

static void add_cues(const struct polnear_article *p, struct ranker *r)
{
	struct features f;
	bool *is_cue = calloc(p->text.n_tokens + 1, sizeof *is_cue);
	for (size_t k = 0; is_cue && k < p->n_gold; k++)
		is_cue[p->gold[k].head] = true;
	for (uint32_t i = 0; is_cue && i < p->text.n_tokens; i++) {
		if (!cue_may_be(&p->context, i))
			continue;
		cue_features(&p->context, i, false, &f);
		ranker_add(r, &f, is_cue[i]);
		ranker_end_case(r);
	}
	free(is_cue);
}

/* Adds those of the candidates whose value is the best one as right; nothing when none reaches
 * `least`. */
struct predicted {
	struct candidates c;
	double value[CONTENTS_MAX], best;
};

static void judge(struct predicted *j, const struct gold_spans *g)
{
	j->best = 0;
	for (size_t i = 0; i < j->c.n; i++) {
		const struct candidate *c = &j->c.v[i];
		j->value[i] = g->n == 0 || c->n_parts == 0 ? (g->n == 0 && c->n_parts == 0)
							   : gold_overlap(g, c->part, c->n_parts);
		j->best = j->value[i] > j->best ? j->value[i] : j->best;
	}
}

static bool is_best(const struct predicted *j, size_t i)
{
	return j->value[i] >= j->best - 1e-9;
}

static void add_contents(const struct context *s, const struct gold *g, struct predicted *j,
			 uint64_t *random, struct ranker *r)
{
	struct features f;
	const struct cue_head cue = cue_head_of(s, g->head);
	contents_of(s, g->head, &j->c);
	judge(j, &g->content);
	if (j->best < content_least)
		return;
	for (size_t i = 0; i < j->c.n; i++) {
		if (!is_best(j, i) && j->c.n > NEGATIVES_KEPT &&
		    random_next(random) % j->c.n > NEGATIVES_KEPT)
			continue;
		content_features(s, &cue, &j->c.v[i], &f);
		ranker_add(r, &f, is_best(j, i));
	}
	ranker_end_case(r);
}

static void add_sources(const struct context *s, const struct gold *g, struct predicted *j,
			struct ranker *r)
{
	struct features f;
	struct candidate content = gold_candidate(&g->content);
	const struct cue_head cue = cue_head_of(s, g->head);
	sources_of(s, g->head, &j->c);
	judge(j, &g->source);
	for (size_t i = 0; j->best > 0 && i < j->c.n; i++) {
		source_features(s, &cue, &content, &j->c.v[i], &f);
		ranker_add(r, &f, is_best(j, i));
	}
	if (j->best > 0)
		ranker_end_case(r);
}

static void add_extents(const struct context *s, const struct gold *g, struct predicted *j,
			struct ranker *r)
{
	struct features f;
	struct candidate content = gold_candidate(&g->content), source = gold_candidate(&g->source);
	const struct cue_head cue = cue_head_of(s, g->head);
	extents_of(s, g->head, &content, &j->c);
	judge(j, &g->cue);
	for (size_t i = 0; i < j->c.n; i++) {
		extent_features(s, &cue, &content, &source, &j->c.v[i], &f);
		ranker_add(r, &f, is_best(j, i));
	}
	if (j->c.n > 0)
		ranker_end_case(r);
}

static void quantize(float (*weights)[FEATURE_PLACES], struct attribution_weights *out)
{
	for (unsigned stage = 0; stage < STAGE_COUNT; stage++) {
		const float *w = weights[stage];
		float top = 1e-9f;
		for (size_t i = 0; i < FEATURE_PLACES; i++)
			top = fabsf(w[i]) > top ? fabsf(w[i]) : top;
		out->scale[stage] = top;
		for (size_t i = 0; i < FEATURE_PLACES; i++) {
			float size = sqrtf(fabsf(w[i]) / top) * 127 + 0.5f;
			out->hashed[stage][i] = (int8_t)(w[i] < 0 ? -(int)size : (int)size);
		}
	}
}

/* The same cases for the networks, in two views of the article. */
static void add_readings(const struct polnear *views, uint32_t article, struct predicted *j,
			 uint64_t *random, struct reading_cases *c)
{
	const struct polnear_article *p = &views->v[article];
	const struct context *at[VIEWS] = {&p->context, &views[1].v[article].context};
	struct sighting r[VIEWS];
	bool *is_cue = calloc(p->text.n_tokens + 1, sizeof *is_cue);
	for (size_t k = 0; is_cue && k < p->n_gold; k++)
		is_cue[p->gold[k].head] = true;
	for (uint32_t i = 0; is_cue && i < p->text.n_tokens; i++) {
		if (!cue_may_be(&p->context, i))
			continue;
		for (unsigned v = 0; v < VIEWS; v++)
			reading_of_cue(at[v], i, &r[v]);
		reading_cases_add(&c[STAGE_CUE], r, is_cue[i]);
		reading_cases_end(&c[STAGE_CUE], article);
	}
	free(is_cue);
	for (size_t k = 0; k < p->n_gold; k++) {
		const struct gold *g = &p->gold[k];
		const struct candidate content = gold_candidate(&g->content);
		struct cue_head cue[VIEWS];
		for (unsigned v = 0; v < VIEWS; v++)
			cue[v] = cue_head_of(at[v], g->head);
		contents_of(at[0], g->head, &j->c);
		judge(j, &g->content);
		for (size_t i = 0; j->best >= content_least && i < j->c.n; i++) {
			if (!is_best(j, i) && j->c.n > NEGATIVES_KEPT &&
			    random_next(random) % j->c.n > NEGATIVES_KEPT)
				continue;
			for (unsigned v = 0; v < VIEWS; v++)
				reading_of_content(at[v], &cue[v], &j->c.v[i], &r[v]);
			reading_cases_add(&c[STAGE_CONTENT], r, is_best(j, i));
		}
		if (j->best >= content_least)
			reading_cases_end(&c[STAGE_CONTENT], article);
		sources_of(at[0], g->head, &j->c);
		judge(j, &g->source);
		for (size_t i = 0; j->best > 0 && i < j->c.n; i++) {
			for (unsigned v = 0; v < VIEWS; v++)
				reading_of_source(at[v], &cue[v], &content, &j->c.v[i], &r[v]);
			reading_cases_add(&c[STAGE_SOURCE], r, is_best(j, i));
		}
		if (j->best > 0)
			reading_cases_end(&c[STAGE_SOURCE], article);
	}
}

static void add_features(const struct polnear *p, int fold, struct ranker *r)
{
	static struct predicted j;
	uint64_t random = 99;
	for (size_t i = 0; i < p->n; i++) {
		const struct polnear_article *a = &p->v[i];
		if (fold != ALL && (int)(i % FOLDS) == fold)
			continue;
		add_cues(a, &r[STAGE_CUE]);
		for (size_t k = 0; k < a->n_gold; k++) {
			add_contents(&a->context, &a->gold[k], &j, &random, &r[STAGE_CONTENT]);
			add_sources(&a->context, &a->gold[k], &j, &r[STAGE_SOURCE]);
			add_extents(&a->context, &a->gold[k], &j, &r[STAGE_EXTENT]);
		}
	}
}

/* Fits all stages on all articles but those of one fold. */
static void fit_stages(const struct polnear *views, const struct reading_cases *cases, int fold,
		       struct attribution_weights *out)
{
	static float weights[STAGE_COUNT][FEATURE_PLACES];
	memset(weights, 0, sizeof weights);
	for (unsigned v = 0; v < VIEWS; v++) {
		struct ranker r[STAGE_COUNT] = {{0}};
		add_features(&views[v], fold, r);
		for (unsigned stage = 0; stage < STAGE_COUNT; stage++) {
			ranker_fit(&r[stage], 1.0f / VIEWS, weights[stage]);
			ranker_release(&r[stage]);
		}
	}
	quantize(weights, out);
	for (enum stage stage = STAGE_CUE; stage < STAGE_EXTENT; stage++)
		reading_fit(&cases[stage], (enum reading_kind)stage, fold, FOLDS, &out->reading);
}

/* --- both together ---------------------------------------------------------------------------- */

/* What features and network say of candidates of articles that they were not fitted on. */
struct blend_cases {
	struct blend_candidate {
		float said[2];
		bool is_right, ends;
	} * v;
	size_t n, cap;
};

static void blend_add(struct blend_cases *b, float features, float network, bool is_right)
{
	if (b->n == b->cap) {
		b->cap = b->cap ? 2 * b->cap : 65536;
		b->v = realloc(b->v, b->cap * sizeof *b->v);
		if (!b->v)
			exit(1);
	}
	b->v[b->n++] = (struct blend_candidate){{features, network}, is_right, false};
}

static void blend_end(struct blend_cases *b)
{
	if (b->n)
		b->v[b->n - 1].ends = true;
}

static void add_blend(const struct polnear_article *p, const struct attribution_model *m,
		      struct blend_cases *b)
{
	static struct predicted j;
	struct context ctx = p->context;
	struct features f;
	struct sighting r;
	bool *is_cue = calloc(p->text.n_tokens + 1, sizeof *is_cue);
	ctx.rows = reading_rows_make(&m->network, ctx.a);
	if (!is_cue || !ctx.rows)
		exit(1);
	for (size_t k = 0; k < p->n_gold; k++)
		is_cue[p->gold[k].head] = true;
	for (uint32_t i = 0; i < p->text.n_tokens; i++) {
		if (!cue_may_be(&ctx, i))
			continue;
		cue_features(&ctx, i, false, &f);
		float features = attribution_score(m, STAGE_CUE, &f);
		if (features < attribution_hopeless)
			continue;
		reading_of_cue(&ctx, i, &r);
		blend_add(&b[STAGE_CUE], features, reading_score(ctx.rows, ctx.t, READING_CUE, &r),
			  is_cue[i]);
		blend_end(&b[STAGE_CUE]);
	}
	free(is_cue);
	for (size_t k = 0; k < p->n_gold; k++) {
		const struct gold *g = &p->gold[k];
		const struct candidate content = gold_candidate(&g->content);
		const struct cue_head cue = cue_head_of(&ctx, g->head);
		contents_of(&ctx, g->head, &j.c);
		judge(&j, &g->content);
		for (size_t i = 0; j.best >= content_least && i < j.c.n; i++) {
			content_features(&ctx, &cue, &j.c.v[i], &f);
			reading_of_content(&ctx, &cue, &j.c.v[i], &r);
			blend_add(&b[STAGE_CONTENT], attribution_score(m, STAGE_CONTENT, &f),
				  reading_score(ctx.rows, ctx.t, READING_CONTENT, &r),
				  is_best(&j, i));
		}
		blend_end(&b[STAGE_CONTENT]);
		sources_of(&ctx, g->head, &j.c);
		judge(&j, &g->source);
		for (size_t i = 0; j.best > 0 && i < j.c.n; i++) {
			source_features(&ctx, &cue, &content, &j.c.v[i], &f);
			reading_of_source(&ctx, &cue, &content, &j.c.v[i], &r);
			blend_add(&b[STAGE_SOURCE], attribution_score(m, STAGE_SOURCE, &f),
				  reading_score(ctx.rows, ctx.t, READING_SOURCE, &r),
				  is_best(&j, i));
		}
		blend_end(&b[STAGE_SOURCE]);
	}
}

/* Adds the gradient of a case's log-likelihood; is the likeliest candidate right? */
static bool blend_gradient(const struct blend_candidate *v, size_t n, const double w[3],
			   double g[3])
{
	enum { MOST = CONTENTS_MAX };
	double z[MOST], top = -INFINITY, all = 0, right = 0;
	size_t best = 0;
	for (size_t i = 0; i < n; i++) {
		z[i] = w[0] * (double)v[i].said[0] + w[1] * (double)v[i].said[1] + w[2];
		if (z[i] > top) {
			top = z[i];
			best = i;
		}
	}
	if (n == 1) {
		double d = v->is_right - 1 / (1 + exp(-z[0]));
		for (int k = 0; k < 3; k++)
			g[k] += d * (k < 2 ? (double)v->said[k] : 1);
		return v->is_right == (z[0] > 0);
	}
	for (size_t i = 0; i < n; i++) {
		z[i] = exp(z[i] - top);
		all += z[i];
		right += v[i].is_right ? z[i] : 0;
	}
	for (size_t i = 0; i < n && right > 0; i++)
		for (int k = 0; k < 2; k++)
			g[k] += ((v[i].is_right ? z[i] / right : 0) - z[i] / all) *
				(double)v[i].said[k];
	return v[best].is_right;
}

static double blend_pass(const struct blend_cases *b, const double w[3], double g[3])
{
	size_t right = 0, cases = 0;
	for (size_t i = 0, first = 0; i < b->n; i++)
		if (b->v[i].ends) {
			right += blend_gradient(b->v + first, i + 1 - first, w, g);
			cases++;
			first = i + 1;
		}
	return 100.0 * (double)right / (double)(cases ? cases : 1);
}

/* How much each of the two counts, by Adam over all cases at once. */
static void fit_blend(const struct blend_cases *b, enum stage stage,
		      struct attribution_weights *out)
{
	enum { STEPS = 120 };
	double w[3] = {0.6, 0.6, 0}, mean[3] = {0}, square[3] = {0}, unused[3] = {0};
	for (int step = 1; step <= STEPS; step++) {
		double g[3] = {0};
		(void)blend_pass(b, w, g);
		for (int k = 0; k < 3; k++) {
			mean[k] = 0.8 * mean[k] + 0.2 * g[k];
			square[k] = 0.99 * square[k] + 0.01 * g[k] * g[k];
			w[k] += 0.03 * (1 - 0.9 * step / STEPS) * mean[k] / (1 - pow(0.8, step)) /
				(sqrt(square[k] / (1 - pow(0.99, step))) + 1e-9);
		}
	}
	printf("stage %d: right by features %.1f, by the network %.1f, by %.2f and %.2f of them "
	       "(%+.2f) %.1f\n",
	       (int)stage, blend_pass(b, (const double[]){1, 0, 0}, unused),
	       blend_pass(b, (const double[]){0, 1, 0}, unused), w[0], w[1], w[2],
	       blend_pass(b, w, unused));
	fflush(stdout);
	out->blend[stage].features = (float)w[0];
	out->blend[stage].network = (float)w[1];
	out->blend[stage].bias = (float)w[2];
}

/* --- the whole -------------------------------------------------------------------------------- */

struct wholes {
	struct whole_case {
		float x[WHOLE_FEATURES];
		struct attribution at;
		uint32_t article;
	} * v;
	struct tree_case *trees; /* beside v */
	size_t n, cap, n_gold;
	struct reading_cases cases; /* each of one candidate, beside v */
	unsigned view;
};

static bool is_right(const struct polnear_article *p, const struct attribution *at)
{
	for (size_t k = 0; k < p->n_gold; k++) {
		const struct gold *g = &p->gold[k];
		if (gold_overlap(&g->content, at->parts, at->n_parts) >= content_least &&
		    (g->source.n == 0 ||
		     (range_is(at->source) && gold_overlap(&g->source, &at->source, 1) > 0)))
			return true;
	}
	return false;
}

static void wholes_grow(struct wholes *w)
{
	if (w->n < w->cap)
		return;
	w->cap = w->cap ? 2 * w->cap : 4096;
	w->v = realloc(w->v, w->cap * sizeof *w->v);
	w->trees = realloc(w->trees, w->cap * sizeof *w->trees);
	if (!w->v || !w->trees)
		exit(1);
}

static void add_wholes(const struct polnear *views, uint32_t article,
		       const struct attribution_model *m, struct wholes *w)
{
	static struct candidates memory[2];
	const struct polnear_article *p = &views[w->view].v[article];
	struct context ctx = p->context;
	struct sighting r[VIEWS];
	struct cue_sight cue;
	ctx.model = m;
	ctx.rows = reading_rows_make(&m->network, ctx.a);
	if (!ctx.rows)
		exit(1);
	w->n_gold += p->n_gold;
	for (uint32_t i = 0; i < p->text.n_tokens; i++) {
		struct attribution at;
		wholes_grow(w);
		struct whole_case *c = &w->v[w->n];
		if (attribution_start(&ctx, i, &at, &cue) &&
		    !at.is_nested && /* the corpus marks none of them */
		    attribution_rank(&ctx, &at, cue.score, memory, c->x)) {
			c->at = at;
			c->article = article;
			evidence_own(&ctx, &at, &cue, c->x, w->trees[w->n].evidence);
			w->trees[w->n++].is_right = is_right(p, &at);
			for (unsigned v = 0; v < VIEWS; v++)
				reading_of_whole(&views[v].v[article].context, &at, &r[v]);
			reading_cases_add(&w->cases, r, is_right(p, &at));
			reading_cases_end(&w->cases, article);
		}
	}
}

static double logistic(const double *v, const float *x)
{
	double z = 0;
	for (unsigned k = 0; k < WHOLE_FEATURES; k++)
		z += v[k] * (double)x[k];
	return 1 / (1 + exp(-z));
}

/* Logistic regression by Adam (Kingma and Ba 2015) over all cases at once. */
static void fit_whole(const struct wholes *w, float *out)
{
	double v[WHOLE_FEATURES] = {0}, mean[WHOLE_FEATURES] = {0}, square[WHOLE_FEATURES] = {0};
	for (int step = 1; step <= WHOLE_STEPS; step++) {
		double gradient[WHOLE_FEATURES] = {0};
		for (size_t i = 0; i < w->n; i++) {
			double d = (w->cases.is_right[i] ? 1 : 0) - logistic(v, w->v[i].x);
			for (unsigned k = 0; k < WHOLE_FEATURES; k++)
				gradient[k] += d * (double)w->v[i].x[k];
		}
		for (unsigned k = 0; k < WHOLE_FEATURES; k++) {
			double g = gradient[k] - v[k];
			mean[k] = 0.9 * mean[k] + 0.1 * g;
			square[k] = 0.999 * square[k] + 0.001 * g * g;
			v[k] += 0.05 * (mean[k] / (1 - pow(0.9, step))) /
				(sqrt(square[k] / (1 - pow(0.999, step))) + 1e-9);
		}
	}
	for (unsigned k = 0; k < WHOLE_FEATURES; k++)
		out[k] = (float)v[k];
}

/* What the trees see of each finding once the others of its article are judged, too. */
static void look_around(const struct polnear *views, struct wholes *w, const float *whole)
{
	double v[WHOLE_FEATURES];
	float(*evidence)[EVIDENCE_MAX] = room(w->n, sizeof *evidence);
	struct attribution *at = room(w->n, sizeof *at);
	for (unsigned k = 0; k < WHOLE_FEATURES; k++)
		v[k] = (double)whole[k];
	for (size_t i = 0; i < w->n; i++) {
		memcpy(w->trees[i].evidence, w->v[i].x, sizeof w->v[i].x);
		memcpy(evidence[i], w->trees[i].evidence, sizeof evidence[i]);
		at[i] = w->v[i].at;
		at[i].p = (float)logistic(v, w->v[i].x);
		w->trees[i].start = logf(at[i].p / (1 - at[i].p));
	}
	for (size_t first = 0, end; first < w->n; first = end) {
		for (end = first; end < w->n && w->v[end].article == w->v[first].article;)
			end++;
		struct attributions its = {at + first, end - first, 0};
		if (evidence_around(&views[w->view].v[w->v[first].article].context, &its,
				    evidence + first) < 0)
			exit(1);
	}
	for (size_t i = 0; i < w->n; i++)
		memcpy(w->trees[i].evidence, evidence[i], sizeof evidence[i]);
	free(evidence);
	free(at);
}

/* The trees of all findings in both views but those of one fold. */
static void fit_trees(const struct wholes w[VIEWS], int fold, struct tree out[TREES])
{
	size_t n = 0;
	struct tree_case *v = room(w[0].n + w[1].n, sizeof *v);
	for (unsigned view = 0; view < VIEWS; view++)
		for (size_t i = 0; i < w[view].n; i++)
			if ((int)(w[view].v[i].article % FOLDS) != fold &&
			    !evidence_is_inner(w[view].trees[i].evidence))
				v[n++] = w[view].trees[i];
	trees_fit(v, n, out);
	free(v);
}

/* Log odds of each finding by trees that were not fitted on its article. */
static float *judge_by_folds(const struct wholes w[VIEWS])
{
	static struct tree trees[FOLDS][TREES];
	float *z = room(w->n, sizeof *z);
	for (int fold = 0; fold < FOLDS; fold++)
		fit_trees(w, fold, trees[fold]);
	for (size_t i = 0; i < w->n; i++)
		z[i] = w->trees[i].start +
		       evidence_weight(trees[w->v[i].article % FOLDS], w->trees[i].evidence);
	return z;
}

static void view_model(struct attribution_model *m, const struct attribution_weights *w)
{
	if (attribution_model_view(m, w) < 0)
		exit(1);
}

/* What the network of the whole says of the findings in the articles of each fold, which it was not
 * fitted on. */
static void read_wholes(const struct polnear *views, const struct attribution_weights *by_fold,
			struct wholes *w)
{
	static struct attribution_model m;
	for (int fold = 0; fold < FOLDS; fold++) {
		struct reading_rows *rows = NULL;
		uint32_t article = UINT32_MAX;
		struct arena a;
		arena_init(&a, ROWS_BYTES);
		view_model(&m, &by_fold[fold]);
		for (size_t i = 0; i < w->n; i++) {
			uint32_t its = w->cases.cases[i].article;
			if (its % FOLDS != (uint32_t)fold)
				continue;
			if (its != article) {
				article = its;
				rows = reading_rows_make(&m.network, &a);
			}
			if (!rows)
				exit(1);
			w->v[i].x[WHOLE_READING] =
				reading_score(rows, &views[w->view].v[article].text, READING_WHOLE,
					      &w->cases.v[i][w->view]);
		}
		attribution_model_close(&m);
		arena_release(&a);
	}
}

/* F1 over the folds at some thresholds, with and without trees: where selection.c's one comes from.
 */
static void print_thresholds(const struct wholes w[VIEWS])
{
	float *z = judge_by_folds(w);
	for (int t = 24; t <= 52; t += 3) {
		double least = log(t / (100.0 - t));
		size_t said[2] = {0}, right[2] = {0};
		for (size_t i = 0; i < w->n; i++)
			for (int k = 0; k < 2; k++) {
				bool is_said = (double)(k ? z[i] : w->trees[i].start) >= least;
				said[k] += is_said;
				right[k] += is_said && w->trees[i].is_right;
			}
		printf("threshold %.2f: F1 %.1f, without trees %.1f (attribution with source, by "
		       "folds of the train part)\n",
		       t / 100.0, 200.0 * (double)right[1] / (double)(said[1] + w->n_gold),
		       200.0 * (double)right[0] / (double)(said[0] + w->n_gold));
	}
	free(z);
}

static void read_views(struct polnear views[VIEWS], struct reading_cases *cases, const char *path)
{
	static struct predicted j;
	uint64_t random = 99;
	polnear_read(&views[0], path);
	polnear_exchange(&views[0], &views[1]);
	for (unsigned k = 0; k < STAGE_EXTENT; k++)
		cases[k].views = views;
	for (uint32_t i = 0; i < views->n; i++)
		add_readings(views, i, &j, &random, cases);
}

int main(int argc, char **argv)
{
	static struct attribution_weights by_fold[FOLDS], out;
	static struct attribution_model m;
	struct polnear views[VIEWS];
	struct reading_cases cases[STAGE_EXTENT] = {{0}};
	struct blend_cases blend[STAGE_EXTENT] = {{0}};
	struct wholes w[VIEWS] = {{.cases = {.views = views}},
				  {.cases = {.views = views}, .view = 1}};
	if (argc != 3) {
		fprintf(stderr, "usage: fit_attribution POLNEAR.jsonl MODEL\n");
		return 2;
	}
	read_views(views, cases, argv[1]);
	out.blend[STAGE_EXTENT].features = 1;
	for (int fold = 0; fold < FOLDS; fold++) {
		fit_stages(views, cases, fold, &by_fold[fold]);
		view_model(&m, &by_fold[fold]);
		for (size_t i = (size_t)fold; i < views->n; i += FOLDS)
			add_blend(&views->v[i], &m, blend);
		attribution_model_close(&m);
	}
	for (enum stage stage = STAGE_CUE; stage < STAGE_EXTENT; stage++)
		fit_blend(&blend[stage], stage, &out);
	for (int fold = 0; fold < FOLDS; fold++) {
		memcpy(by_fold[fold].blend, out.blend, sizeof out.blend);
		view_model(&m, &by_fold[fold]);
		for (size_t i = (size_t)fold; i < views->n; i += FOLDS)
			for (unsigned v = 0; v < VIEWS; v++)
				add_wholes(views, (uint32_t)i, &m, &w[v]);
		attribution_model_close(&m);
	}
	for (int fold = 0; fold < FOLDS; fold++)
		reading_fit(&w->cases, READING_WHOLE, fold, FOLDS, &by_fold[fold].reading);
	for (unsigned v = 0; v < VIEWS; v++)
		read_wholes(views, by_fold, &w[v]);
	fit_whole(w, out.whole);
	for (unsigned v = 0; v < VIEWS; v++)
		look_around(views, &w[v], out.whole);
	print_thresholds(w);
	fit_trees(w, ALL, out.trees);
	fit_stages(views, cases, ALL, &out);
	reading_fit(&w->cases, READING_WHOLE, ALL, FOLDS, &out.reading);
	struct str body = {(const char *)&out, sizeof out};
	bool ok = model_write(argv[2], ATTRIBUTION_KIND, ATTRIBUTION_VERSION, &body, 1);
	for (unsigned v = 0; v < VIEWS; v++) {
		free(w[v].v);
		free(w[v].trees);
		reading_cases_release(&w[v].cases);
	}
	for (unsigned k = 0; k < STAGE_EXTENT; k++) {
		reading_cases_release(&cases[k]);
		free(blend[k].v);
	}
	polnear_release(&views[0]);
	polnear_release(&views[1]);
	return ok ? 0 : 1;
}
