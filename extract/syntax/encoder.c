/* The recurrence, and the products before it. */
#include "extract/syntax/encoder.h"

#include <math.h>
#include <string.h>

#include "extract/syntax/matrix.h"

struct encoder_layer encoder_layer(const struct encoder *e, size_t l)
{
	size_t state = 2 * e->half, cell = 3 * state * state;
	const float *w = e->layers + l * (cell + 4 * state), *rest = w + cell;
	return (struct encoder_layer){w, rest, rest + state, rest + 2 * state, rest + 3 * state};
}

/* Softsign, moved to lie between 0 and 1. */
static inline float gate(float x)
{
	return 0.5f + 0.5f * x / (1 + fabsf(x));
}

/* One direction over the n tokens from `first` on: 0 forward, 1 backward. */
static void recur(const struct encoder_layer *l, size_t half, size_t direction, size_t first,
		  size_t n, const float *u, const float *x, float *h,
		  const struct encoder_trace *trace)
{
	size_t from = direction * half;
	const float *fp = l->forget_peep + from, *rp = l->reset_peep + from,
		    *fb = l->forget_bias + from, *rb = l->reset_bias + from;
	float cell[ENCODER_HALF_MAX] = {0}, forget[ENCODER_HALF_MAX], reset[ENCODER_HALF_MAX];
	for (size_t k = 0; k < n; k++) {
		size_t i = first + (direction ? n - 1 - k : k), at = i * 2 * half + from;
		const float *z = u + (i * 2 + direction) * 3 * half, *fu = z + half,
			    *ru = fu + half;
		for (size_t d = 0; d < half; d++) {
			forget[d] = gate(fu[d] + fp[d] * cell[d] + fb[d]);
			reset[d] = gate(ru[d] + rp[d] * cell[d] + rb[d]);
			cell[d] = forget[d] * cell[d] + (1 - forget[d]) * z[d];
			h[at + d] = reset[d] * cell[d] + (1 - reset[d]) * x[at + d];
		}
		if (trace) {
			memcpy(trace->cells + at, cell, half * sizeof *cell);
			memcpy(trace->forget + at, forget, half * sizeof *forget);
			memcpy(trace->reset + at, reset, half * sizeof *reset);
		}
	}
}

void encoder_run_layer(const struct encoder *e, size_t l, const float *in, const float *x,
		       const uint32_t *sizes, size_t n, float *u, float *h,
		       const struct encoder_trace *trace)
{
	struct encoder_layer layer = encoder_layer(e, l);
	size_t state = 2 * e->half, rows = 0;
	for (size_t k = 0; k < n; k++)
		rows += sizes[k];
	memset(u, 0, rows * 3 * state * sizeof *u);
	matrix_multiply(in, state, layer.cell, 3 * state, u, 3 * state, rows, state, 3 * state);
	for (size_t k = 0, at = 0; k < n; at += sizes[k++]) {
		recur(&layer, e->half, 0, at, sizes[k], u, x, h, trace);
		recur(&layer, e->half, 1, at, sizes[k], u, x, h, trace);
	}
}

void encoder_run(const struct encoder *e, const float *x, const uint32_t *sizes, size_t n, float *u,
		 float *h)
{
	size_t rows = 0;
	for (size_t k = 0; k < n; k++)
		rows += sizes[k];
	matrix_affine(x, e->input, e->input_bias, h, rows, e->inputs, 2 * e->half);
	for (size_t l = 0; l < e->n_layers; l++)
		encoder_run_layer(e, l, h, h, sizes, n, u, h, NULL);
}
