/* Adam over the dense weights, with decay and the average of the last ones; for the hashed features
 * Adagrad (Duchi and others 2011), as most of them are seldom seen. */
#include "train/position_fit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "train/random.h"
#include "train/room.h"

enum { BATCH = 8, DENSE = sizeof(struct position_deep) / sizeof(float) };

static const float RATE = 0.001f, KEEP = 0.9f, KEEP_SQUARE = 0.99f, TINY = 1e-8f, AVERAGE = 0.998f,
		   DECAY = 0.05f, WIDE_RATE = 0.05f, WIDE_DECAY = 0.002f, WIDE_START = 0.3f;
static const float TABLE_WIDTH = 0.3f;

struct fit {
	struct position_weights *w;
	float *mean, *square, *average, *wide_squares;
	float step;
};

/* --- steps ------------------------------------------------------------------------------------ */

/* d: the sum of a batch's gradients, cleared here. */
static void dense_step(struct fit *f, float *d, float scale, float rate)
{
	float *w = (float *)f->w, t = ++f->step;
	float unbiased = rate * sqrtf(1 - powf(KEEP_SQUARE, t)) / (1 - powf(KEEP, t)),
	      average = fminf(AVERAGE, t / (t + 10));
	for (size_t i = 0; i < DENSE; i++) {
		float slope = d[i] * scale;
		d[i] = 0;
		f->mean[i] = KEEP * f->mean[i] + (1 - KEEP) * slope;
		f->square[i] = KEEP_SQUARE * f->square[i] + (1 - KEEP_SQUARE) * slope * slope;
		w[i] -= unbiased * f->mean[i] / (sqrtf(f->square[i]) + TINY) + rate * DECAY * w[i];
		f->average[i] += (1 - average) * (w[i] - f->average[i]);
	}
}

static void wide_step(struct fit *f, struct position_gradient *g, float share)
{
	for (size_t i = 0; i < g->n_wide; i++)
		for (size_t k = 0; k < SIDES; k++) {
			size_t at = (size_t)g->wide[i].at * SIDES + k;
			float *w = &f->w->wide[at], slope = g->wide[i].d[k] + WIDE_DECAY * *w;
			f->wide_squares[at] += slope * slope;
			*w -= share * WIDE_RATE * slope / (sqrtf(f->wide_squares[at]) + WIDE_START);
		}
	g->n_wide = 0;
}

/* --- what is drawn ---------------------------------------------------------------------------- */

static struct position_weights *weights_new(uint64_t seed)
{
	struct position_weights *w = room(1, sizeof *w);
	struct position_deep *d = &w->deep;
	random_matrix(d->input, P_INPUT, P_STATE, &seed);
	for (size_t l = 0; l < P_LAYERS; l++) {
		random_matrix(d->layers[l].cell, P_STATE, P_STATE, &seed);
		random_matrix(d->layers[l].cell + P_STATE * P_STATE, 2 * P_STATE, P_STATE, &seed);
	}
	random_matrix(d->whole, P_WHOLE, P_HIDDEN, &seed);
	random_matrix(d->own, P_OWN, P_HIDDEN, &seed);
	random_fill(d->effects, (size_t)VIEW_EFFECTS * P_EFFECT, TABLE_WIDTH, &seed);
	random_matrix(d->out, P_HIDDEN, SIDES, &seed);
	random_matrix(d->none, P_WHOLE, P_NONE_HIDDEN, &seed);
	random_matrix(d->none_out, P_NONE_HIDDEN, 1, &seed);
#define X(name, rows, size)                                                                        \
	random_fill(d->table_##name, (size_t)(rows) * (size), TABLE_WIDTH, &seed);
	VIEW_EMBEDDINGS(X)
#undef X
	return w;
}

/* --- the loops -------------------------------------------------------------------------------- */

/* Up at once, then down to a twentieth. */
static float rate_at(double done)
{
	return (float)(done < 0.03 ? done / 0.03 : 1 - 0.95 * (done - 0.03) / 0.97);
}

static void shuffle(uint32_t *v, size_t n, uint64_t *seed)
{
	for (size_t i = n; i-- > 1;) {
		size_t k = random_next(seed) % (i + 1);
		uint32_t x = v[i];
		v[i] = v[k];
		v[k] = x;
	}
}

static double run_round(struct position_gradient *g, struct fit *f,
			const struct position_example *x, const uint32_t *order, size_t n,
			double round, double rounds)
{
	double loss = 0;
	for (size_t at = 0; at < n;) {
		size_t taken = 0;
		float share = rate_at((round + (double)at / (double)n) / rounds);
		for (; at < n && taken < BATCH; at++, taken++)
			loss += position_gradient_take(g, &x[order[at]]);
		dense_step(f, g->b.d, 1 / (float)taken, RATE * share);
		wide_step(f, g, share);
	}
	return loss / (double)n;
}

struct position_weights *position_fit(const struct vectors *v, const struct position_example *x,
				      size_t n, size_t rounds, uint64_t seed)
{
	struct position_gradient g;
	struct fit f = {.w = weights_new(seed),
			.mean = room(DENSE, sizeof *f.mean),
			.square = room(DENSE, sizeof *f.square),
			.average = room(DENSE, sizeof *f.average),
			.wide_squares = room((size_t)P_WIDE * SIDES, sizeof *f.wide_squares)};
	uint32_t *order = room(n, sizeof *order);
	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t)i;
	position_gradient_init(&g, f.w, v, seed * 7 + 1);
	for (size_t round = 0; round < rounds; round++) {
		shuffle(order, n, &seed);
		double loss = run_round(&g, &f, x, order, n, (double)round, (double)rounds);
		fprintf(stderr, "round %zu: loss %.3f\n", round + 1, loss);
	}
	memcpy(f.w, f.average, DENSE * sizeof *f.average);
	position_gradient_release(&g);
	free(f.mean);
	free(f.square);
	free(f.average);
	free(f.wide_squares);
	free(order);
	return f.w;
}
