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
static const float RATE = 0.05f, LAYERS_RATE = 0.02f, SLOWER = 0.9f, DROP = 0.3f, DROP_UNITS = 0.1f,
		   DECAY = 1e-4f;
static const float IN_RANGE = 0.6f, OUT_RANGE = 0.4f; /* of the layers' first weights */
static const uint64_t SEED = 88172645463325252u;

struct fit {
	const struct hit_lessons *l;
	float *w, *squares, *mean, rate, layers_rate;
	struct hit_layers layers, layers_squares;
	uint64_t random;
};

void hit_lessons_add(struct hit_lessons *l, const struct hit_features *f, bool is_right)
{
	size_t at = l->hashed.n_candidates;
	ranker_add(&l->hashed, &f->hashed, is_right);
	ranker_end_case(&l->hashed);
	if (at == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 1024;
		void *grown = realloc(l->dense, l->cap * sizeof *l->dense);
		if (!grown) {
			fprintf(stderr, "memory is used up\n");
			exit(1);
		}
		l->dense = grown;
	}
	memcpy(l->dense[at], f->dense, sizeof *l->dense);
}

void hit_lessons_release(struct hit_lessons *l)
{
	ranker_release(&l->hashed);
	free(l->dense);
	*l = (struct hit_lessons){0};
}

static void step(float *w, float *square, float slope, float rate)
{
	slope -= DECAY * *w;
	*square += slope * slope;
	*w += rate * slope / sqrtf(*square + 1e-2f);
}

/* What the layers make of a candidate without the dropped units. */
static float layers_say(struct fit *f, const float *dense, float units[HIT_UNITS])
{
	const struct hit_layers *l = &f->layers;
	float scale = 1 / (1 - DROP_UNITS), sum = hit_layers_sum(l, dense, units);
	for (size_t u = 0; u < HIT_UNITS; u++) {
		bool drops = random_unit(&f->random) < DROP_UNITS;
		if (units[u] <= 0)
			continue;
		sum += ((drops ? 0 : scale) - 1) * l->out[u] * units[u];
		units[u] = drops ? 0 : units[u] * scale;
	}
	return sum;
}

static void layers_learn(struct fit *f, const float *dense, const float units[HIT_UNITS], float d)
{
	struct hit_layers *l = &f->layers, *s = &f->layers_squares;
	float scale = 1 / (1 - DROP_UNITS), rate = f->layers_rate;
	for (size_t k = 0; k < HIT_DENSE; k++)
		if (dense[k] != 0)
			step(&l->straight[k], &s->straight[k], d * dense[k], rate);
	for (size_t u = 0; u < HIT_UNITS; u++) {
		if (units[u] <= 0)
			continue;
		float below = d * scale * l->out[u];
		step(&l->out[u], &s->out[u], d * units[u], rate);
		step(&l->in_bias[u], &s->in_bias[u], below, rate);
		for (size_t k = 0; k < HIT_DENSE; k++)
			if (dense[k] != 0)
				step(&l->in[u][k], &s->in[u][k], below * dense[k], rate);
	}
}

static void learn(struct fit *f, size_t candidate)
{
	const struct ranker *r = &f->l->hashed;
	uint32_t at[FEATURES_MAX];
	float units[HIT_UNITS], sum = layers_say(f, f->l->dense[candidate], units);
	float scale = 1 / (1 - DROP);
	size_t n = 0;
	for (size_t k = r->start[candidate]; k < r->start[candidate + 1]; k++)
		if (random_unit(&f->random) >= DROP) {
			at[n++] = r->at[k];
			sum += scale * f->w[r->at[k]];
		}
	float d = (r->is_right[candidate] ? 1 : 0) - 1 / (1 + expf(-sum));
	for (size_t k = 0; k < n; k++) {
		float slope = d * scale - DECAY * f->w[at[k]];
		f->squares[at[k]] += slope * slope;
		f->w[at[k]] += f->rate * slope / sqrtf(f->squares[at[k]] + 1);
	}
	layers_learn(f, f->l->dense[candidate], units, d);
}

static void shuffle(size_t *v, size_t n, uint64_t *random)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = random_next(random) % i, kept = v[i - 1];
		v[i - 1] = v[k];
		v[k] = kept;
	}
}

static void begin(struct fit *f)
{
	for (size_t u = 0; u < HIT_UNITS; u++) {
		for (size_t k = 0; k < HIT_DENSE; k++)
			f->layers.in[u][k] = ((float)random_unit(&f->random) - 0.5f) * IN_RANGE;
		f->layers.out[u] = ((float)random_unit(&f->random) - 0.5f) * OUT_RANGE;
	}
}

static void pack(const struct fit *f, struct hit_weights *out)
{
	float most = 1e-9f;
	for (size_t i = 0; i < FEATURE_PLACES; i++)
		most = fabsf(f->mean[i]) > most ? fabsf(f->mean[i]) : most;
	*out = (struct hit_weights){.scale = most / 127, .layers = f->layers};
	for (size_t i = 0; i < FEATURE_PLACES; i++)
		out->v[i] = (int8_t)lroundf(f->mean[i] / out->scale);
}

void hit_fit(const struct hit_lessons *l, struct hit_weights *out)
{
	struct fit f = {.l = l,
			.w = calloc(FEATURE_PLACES, sizeof *f.w),
			.squares = calloc(FEATURE_PLACES, sizeof *f.squares),
			.mean = calloc(FEATURE_PLACES, sizeof *f.mean),
			.random = SEED};
	size_t n = l->hashed.n_candidates, *order = calloc(n + 1, sizeof *order);
	if (!f.w || !f.squares || !f.mean || !order) {
		fprintf(stderr, "memory is used up\n");
		exit(1);
	}
	begin(&f);
	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (int round = 0; round < ROUNDS; round++) {
		float slower = 1 - SLOWER * (float)round / ROUNDS;
		f.rate = RATE * slower;
		f.layers_rate = LAYERS_RATE * slower;
		shuffle(order, n, &f.random);
		for (size_t i = 0; i < n; i++)
			learn(&f, order[i]);
		for (size_t i = 0; round >= ROUNDS / 2 && i < FEATURE_PLACES; i++)
			f.mean[i] += f.w[i] / (float)AVERAGED;
	}
	pack(&f, out);
	free(f.w);
	free(f.squares);
	free(f.mean);
	free(order);
}
