/* fit_attribution POLNEAR.jsonl MODEL: fits data/attribution.bin.
 *
 * Each stage learns from the corpus's own answers to the stages before it. The prediction of the
 * whole learns from what the stages say of articles they were not fitted on (by folds), so that its
 * probabilities, which become the statements' confidence, hold for new text. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extract/attribution/content.h"
#include "extract/attribution/content_features.h"
#include "extract/attribution/extent.h"
#include "extract/attribution/source.h"
#include "train/model_write.h"
#include "train/polnear.h"
#include "train/random.h"
#include "train/ranker.h"

enum { FOLDS = 4, ALL = -1, NEGATIVES_KEPT = 80, WHOLE_STEPS = 400 };
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

/* Fits all stages on all articles but those of one fold. */
static void fit_stages(const struct polnear *p, int fold, float (*weights)[FEATURE_PLACES])
{
	static struct predicted j;
	struct ranker r[STAGE_COUNT] = {{0}};
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
	for (unsigned stage = 0; stage < STAGE_COUNT; stage++) {
		ranker_fit(&r[stage], weights[stage]);
		ranker_release(&r[stage]);
	}
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

/* --- the whole -------------------------------------------------------------------------------- */

struct wholes {
	float (*x)[WHOLE_FEATURES];
	bool *is_right;
	size_t n, cap, n_gold;
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

static void wholes_add(struct wholes *w, const float x[WHOLE_FEATURES], bool right)
{
	if (w->n == w->cap) {
		w->cap = w->cap ? 2 * w->cap : 4096;
		w->x = realloc(w->x, w->cap * sizeof *w->x);
		w->is_right = realloc(w->is_right, w->cap * sizeof *w->is_right);
		if (!w->x || !w->is_right)
			exit(1);
	}
	memcpy(w->x[w->n], x, sizeof *w->x);
	w->is_right[w->n++] = right;
}

static void add_wholes(const struct polnear_article *p, const struct attribution_model *m,
		       struct wholes *w)
{
	static struct candidates memory[2];
	struct context ctx = p->context;
	float cue, whole[WHOLE_FEATURES];
	ctx.model = m;
	w->n_gold += p->n_gold;
	for (uint32_t i = 0; i < p->text.n_tokens; i++) {
		struct attribution at;
		if (attribution_start(&ctx, i, &at, &cue) &&
		    !at.is_nested && /* the corpus marks none of them */
		    attribution_rank(&ctx, &at, cue, memory, whole))
			wholes_add(w, whole, is_right(p, &at));
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
			double d = (w->is_right[i] ? 1 : 0) - logistic(v, w->x[i]);
			for (unsigned k = 0; k < WHOLE_FEATURES; k++)
				gradient[k] += d * (double)w->x[i][k];
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

/* F1 over the folds at some thresholds: where selection.c's one comes from. */
static void print_thresholds(const struct wholes *w, const float *whole)
{
	double v[WHOLE_FEATURES];
	for (unsigned k = 0; k < WHOLE_FEATURES; k++)
		v[k] = (double)whole[k];
	for (int t = 20; t <= 52; t += 4) {
		size_t said = 0, right = 0;
		for (size_t i = 0; i < w->n; i++)
			if (logistic(v, w->x[i]) >= t / 100.0) {
				said++;
				right += w->is_right[i];
			}
		printf("threshold %.2f: F1 %.1f (attribution with source, by folds of the train "
		       "part)\n",
		       t / 100.0, 200.0 * (double)right / (double)(said + w->n_gold));
	}
}

int main(int argc, char **argv)
{
	static float weights[STAGE_COUNT][FEATURE_PLACES];
	static struct attribution_weights out;
	static struct attribution_model m;
	struct polnear p;
	struct wholes w = {0};
	if (argc != 3) {
		fprintf(stderr, "usage: fit_attribution POLNEAR.jsonl MODEL\n");
		return 2;
	}
	polnear_read(&p, argv[1]);
	for (int fold = 0; fold < FOLDS; fold++) {
		fit_stages(&p, fold, weights);
		quantize(weights, &out);
		attribution_model_view(&m, &out);
		for (size_t i = (size_t)fold; i < p.n; i += FOLDS)
			add_wholes(&p.v[i], &m, &w);
	}
	fit_whole(&w, out.whole);
	print_thresholds(&w, out.whole);
	fit_stages(&p, ALL, weights);
	quantize(weights, &out);
	struct str body = {(const char *)&out, sizeof out};
	bool ok = model_write(argv[2], ATTRIBUTION_KIND, ATTRIBUTION_VERSION, &body, 1);
	free(w.x);
	free(w.is_right);
	polnear_release(&p);
	return ok ? 0 : 1;
}
