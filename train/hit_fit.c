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
static const float RATE = 0.05f, SLOWER = 0.9f, DROP = 0.3f, DECAY = 1e-4f;
static const uint64_t SEED = 88172645463325252u;

struct fit {
	const struct ranker *r;
	float *w, *squares, rate;
	uint64_t random;
};

static void learn(struct fit *f, size_t candidate)
{
	uint32_t at[FEATURES_MAX];
	size_t n = 0;
	float sum = 0, scale = 1 / (1 - DROP);
	for (size_t k = f->r->start[candidate]; k < f->r->start[candidate + 1]; k++)
		if (random_unit(&f->random) >= DROP) {
			at[n++] = f->r->at[k];
			sum += scale * f->w[f->r->at[k]];
		}
	float d = (f->r->is_right[candidate] ? 1 : 0) - 1 / (1 + expf(-sum));
	for (size_t k = 0; k < n; k++) {
		float slope = d * scale - DECAY * f->w[at[k]];
		f->squares[at[k]] += slope * slope;
		f->w[at[k]] += f->rate * slope / sqrtf(f->squares[at[k]] + 1);
	}
}

void hit_fit(const struct ranker *r, float *weights)
{
	struct fit f = {.r = r,
			.w = calloc(FEATURE_PLACES, sizeof *f.w),
			.squares = calloc(FEATURE_PLACES, sizeof *f.squares),
			.random = SEED};
	size_t n = r->n_candidates, *order = calloc(n + 1, sizeof *order);
	if (!f.w || !f.squares || !order) {
		fprintf(stderr, "memory is used up\n");
		exit(1);
	}
	memset(weights, 0, FEATURE_PLACES * sizeof *weights);
	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (int round = 0; round < ROUNDS; round++) {
		f.rate = RATE * (1 - SLOWER * (float)round / ROUNDS);
		for (size_t i = n; i > 1; i--) {
			size_t k = random_next(&f.random) % i, kept = order[i - 1];
			order[i - 1] = order[k];
			order[k] = kept;
		}
		for (size_t i = 0; i < n; i++)
			learn(&f, order[i]);
		for (size_t i = 0; round >= ROUNDS / 2 && i < FEATURE_PLACES; i++)
			weights[i] += f.w[i] / (float)AVERAGED;
	}
	free(f.w);
	free(f.squares);
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
