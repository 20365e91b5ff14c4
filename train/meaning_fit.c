/* Adagrad (Duchi, Hazan and Singer 2011) over one content at a time, with dropout of words and
 * units: contents of one article share most of their words. */
#include "train/meaning_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "extract/syntax/matrix.h"
#include "train/random.h"
#include "train/room.h"

/* Chosen by cross-validation over the articles. */
enum { ROUNDS = 6 };
static const float RATE = 0.03f, SLOWER = 0.9f, DROP_INPUT = 0.3f, DROP_UNIT = 0.3f, DECAY = 1e-5f,
		   WIDTH = 0.17f, OUT_WIDTH = 0.09f, START = 1e-3f, LEAST = 1e-4f;
static const uint64_t SEED = 88172645463325252u;

struct weights {
	float dense[MEANING_DENSE][MEANING_UNITS], bias[MEANING_UNITS];
	float out[MEANING_UNITS][MEANING_ISSUES], out_bias[MEANING_ISSUES];
	float rows[MEANING_ROWS][MEANING_UNITS];
};

struct fit {
	struct weights *w, *squares;
	float rate;
	uint64_t random;
};

/* A content as it is seen this time. */
struct pass {
	uint32_t rows[2 * MEANING_INPUTS];
	float weights[2 * MEANING_INPUTS];
	size_t n;
	float dense[MEANING_DENSE], units[MEANING_UNITS], mask[MEANING_UNITS], p[MEANING_ISSUES];
};

static void draw(float *w, size_t n, float width, uint64_t *random)
{
	for (size_t i = 0; i < n; i++)
		w[i] = (2 * random_unit(random) - 1) * width;
}

static void step(const struct fit *f, float *w, float *square, float slope)
{
	slope += DECAY * *w;
	*square += slope * slope;
	*w -= f->rate * slope / sqrtf(*square);
}

static void hide(struct fit *f, const struct meaning_input *in, struct pass *x)
{
	for (size_t i = 0; i < in->n; i++)
		if (random_unit(&f->random) >= DROP_INPUT) {
			x->rows[x->n] = in->rows[i];
			x->weights[x->n++] = in->weights[i] / (1 - DROP_INPUT);
		}
	for (size_t d = 0; d < MEANING_DENSE; d++)
		x->dense[d] += in->dense[d];
}

static void forward(struct fit *f, const struct meaning_lesson *l, struct pass *x)
{
	const struct weights *w = f->w;
	*x = (struct pass){.n = 0};
	hide(f, l->article, x);
	hide(f, l->own, x);
	memcpy(x->units, w->bias, sizeof x->units);
	for (size_t i = 0; i < x->n; i++)
		for (size_t u = 0; u < MEANING_UNITS; u++)
			x->units[u] += x->weights[i] * w->rows[x->rows[i]][u];
	matrix_multiply(x->dense, MEANING_DENSE, w->dense[0], MEANING_UNITS, x->units,
			MEANING_UNITS, 1, MEANING_DENSE, MEANING_UNITS);
	for (size_t u = 0; u < MEANING_UNITS; u++) {
		float kept = random_unit(&f->random) < DROP_UNIT ? 0 : 1 / (1 - DROP_UNIT);
		x->mask[u] = x->units[u] > 0 ? kept : kept * MATRIX_LEAK;
		x->units[u] *= x->mask[u];
	}
	memcpy(x->p, w->out_bias, sizeof x->p);
	matrix_multiply(x->units, MEANING_UNITS, w->out[0], MEANING_ISSUES, x->p, MEANING_ISSUES, 1,
			MEANING_UNITS, MEANING_ISSUES);
	matrix_softmax(x->p, MEANING_ISSUES);
}

static void learn_out(struct fit *f, const struct meaning_lesson *l, struct pass *x,
		      float d_units[MEANING_UNITS])
{
	for (size_t g = 0; g < l->n_gold; g++)
		x->p[l->gold[g]] -= 1 / (float)l->n_gold;
	for (size_t o = 0; o < MEANING_ISSUES; o++) {
		float d = x->p[o];
		if (fabsf(d) < LEAST)
			continue;
		for (size_t u = 0; u < MEANING_UNITS; u++) {
			d_units[u] += d * f->w->out[u][o] * x->mask[u];
			step(f, &f->w->out[u][o], &f->squares->out[u][o], d * x->units[u]);
		}
		step(f, &f->w->out_bias[o], &f->squares->out_bias[o], d);
	}
}

/* Those that are not hidden, of one input. */
static void learn_units(struct fit *f, const float d_units[MEANING_UNITS], float x, float *w,
			float *squares)
{
	for (size_t u = 0; u < MEANING_UNITS; u++)
		if (d_units[u] != 0)
			step(f, &w[u], &squares[u], d_units[u] * x);
}

static void learn(struct fit *f, const struct meaning_lesson *l)
{
	struct pass x;
	float d_units[MEANING_UNITS] = {0};
	forward(f, l, &x);
	learn_out(f, l, &x, d_units);
	struct weights *w = f->w, *s = f->squares;
	learn_units(f, d_units, 1, w->bias, s->bias);
	for (size_t i = 0; i < x.n; i++)
		learn_units(f, d_units, x.weights[i], w->rows[x.rows[i]], s->rows[x.rows[i]]);
	for (size_t i = 0; i < MEANING_DENSE; i++)
		if (x.dense[i] != 0)
			learn_units(f, d_units, x.dense[i], w->dense[i], s->dense[i]);
}

static void pack(const struct weights *w, struct meaning_layers *out)
{
	const float *rows = w->rows[0];
	float most = 1e-9f;
	memcpy(out->dense, w->dense, sizeof out->dense);
	memcpy(out->bias, w->bias, sizeof out->bias);
	memcpy(out->out, w->out, sizeof out->out);
	memcpy(out->out_bias, w->out_bias, sizeof out->out_bias);
	for (size_t i = 0; i < (size_t)MEANING_ROWS * MEANING_UNITS; i++)
		most = fmaxf(most, fabsf(rows[i]));
	out->row_scale = most / 127;
	for (size_t i = 0; i < MEANING_ROWS; i++)
		for (size_t u = 0; u < MEANING_UNITS; u++)
			out->rows[i][u] = (int8_t)lroundf(w->rows[i][u] / out->row_scale);
}

void meaning_fit(const struct meaning_lesson *const *lessons, size_t n, struct meaning_layers *out)
{
	struct fit f = {
		.w = room(1, sizeof *f.w), .squares = room(1, sizeof *f.squares), .random = SEED};
	size_t *order = room(n + 1, sizeof *order), all = sizeof *f.squares / sizeof(float);
	draw(f.w->rows[0], (size_t)MEANING_ROWS * MEANING_UNITS, WIDTH, &f.random);
	draw(f.w->dense[0], (size_t)MEANING_DENSE * MEANING_UNITS, WIDTH, &f.random);
	draw(f.w->out[0], (size_t)MEANING_UNITS * MEANING_ISSUES, OUT_WIDTH, &f.random);
	for (size_t i = 0; i < all; i++)
		((float *)f.squares)[i] = START;
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
			learn(&f, lessons[order[i]]);
	}
	pack(f.w, out);
	free(f.w);
	free(f.squares);
	free(order);
}
