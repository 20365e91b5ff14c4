/* AdaGrad's steps (Duchi, Hazan and Singer 2011), with dropout of features: contents of one article
 * share most of them, so that single ones learn it by heart. */
#include "train/hit_fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/random.h"

/* Chosen by cross-validation over the articles. */
enum { ROUNDS = 8, AVERAGED = ROUNDS - ROUNDS / 2 }; /* the last ones */
static const float RATE = 0.05f, SLOWER = 0.9f, DROP = 0.3f, SCALE = 1 / (1 - 0.3f), DECAY = 1e-4f;
/* Candidates of a case that are looked at. */
enum { HIT_LIST = 128 };
static const uint64_t SEED = 88172645463325252u;

struct fit {
	const struct ranker *r;
	float *w, *squares, rate;
	struct seen *seen; /* room for a list */
	uint64_t random;
};

/* The features that are seen this time, and what their weights come to. */
struct seen {
	uint32_t at[FEATURES_MAX];
	size_t n;
	float sum;
};

static void look(struct fit *f, size_t candidate, struct seen *s)
{
	s->n = 0;
	s->sum = 0;
	for (size_t k = f->r->start[candidate]; k < f->r->start[candidate + 1]; k++)
		if (random_unit(&f->random) >= DROP) {
			s->at[s->n++] = f->r->at[k];
			s->sum += SCALE * f->w[f->r->at[k]];
		}
}

static void step(struct fit *f, const struct seen *s, float d)
{
	for (size_t k = 0; k < s->n; k++) {
		float slope = d * SCALE - DECAY * f->w[s->at[k]];
		f->squares[s->at[k]] += slope * slope;
		f->w[s->at[k]] += f->rate * slope / sqrtf(f->squares[s->at[k]] + 1);
	}
}

static void learn(struct fit *f, const struct ranker_case *c)
{
	struct seen s;
	look(f, c->first, &s);
	step(f, &s, (f->r->is_right[c->first] ? 1 : 0) - 1 / (1 + expf(-s.sum)));
}

/* Makes the right candidates, together, more probable among all. */
static void learn_list(struct fit *f, const struct ranker_case *c)
{
	struct seen *s = f->seen;
	float p[HIT_LIST], top = -INFINITY, all = 0, right = 0;
	size_t n = c->n < HIT_LIST ? c->n : HIT_LIST;
	for (size_t i = 0; i < n; i++) {
		look(f, c->first + i, &s[i]);
		top = s[i].sum > top ? s[i].sum : top;
	}
	for (size_t i = 0; i < n; i++) {
		all += p[i] = expf(s[i].sum - top);
		right += f->r->is_right[c->first + i] ? p[i] : 0;
	}
	for (size_t i = 0; i < n && right > 0; i++)
		step(f, &s[i], (f->r->is_right[c->first + i] ? p[i] / right : 0) - p[i] / all);
}

static void shuffle(size_t *order, size_t n, uint64_t *random)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = random_next(random) % i, kept = order[i - 1];
		order[i - 1] = order[k];
		order[k] = kept;
	}
}

void hit_fit(const struct ranker *r, float *weights)
{
	struct fit f = {.r = r,
			.w = calloc(FEATURE_PLACES, sizeof *f.w),
			.squares = calloc(FEATURE_PLACES, sizeof *f.squares),
			.seen = malloc(HIT_LIST * sizeof *f.seen),
			.random = SEED};
	size_t n = r->n_cases, *order = calloc(n + 1, sizeof *order);
	if (!f.w || !f.squares || !f.seen || !order) {
		fprintf(stderr, "memory is used up\n");
		exit(1);
	}
	memset(weights, 0, FEATURE_PLACES * sizeof *weights);
	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (int round = 0; round < ROUNDS; round++) {
		f.rate = RATE * (1 - SLOWER * (float)round / ROUNDS);
		shuffle(order, n, &f.random);
		for (size_t i = 0; i < n; i++) {
			const struct ranker_case *c = &r->cases[order[i]];
			if (c->n == 1)
				learn(&f, c);
			else
				learn_list(&f, c);
		}
		for (size_t i = 0; round >= ROUNDS / 2 && i < FEATURE_PLACES; i++)
			weights[i] += f.w[i] / (float)AVERAGED;
	}
	free(f.w);
	free(f.squares);
	free(f.seen);
	free(order);
}

void hit_pack(const float *weights, struct hit_weights *out)
{
	float most = 1e-9f;
	for (size_t i = 0; i < FEATURE_PLACES; i++)
		most = fabsf(weights[i]) > most ? fabsf(weights[i]) : most;
	*out = (struct hit_weights){.scale = most / 127};
	for (size_t i = 0; i < FEATURE_PLACES; i++)
		out->v[i] = (int8_t)lroundf(weights[i] / out->scale);
}
