/* The recurrence, and the products before it. */
#include "extract/syntax/encoder.h"

#include <assert.h>
#include <string.h>

#include "extract/syntax/kernels.h"

struct encoder_layer encoder_layer(const struct encoder *e, size_t l)
{
	size_t state = 2 * e->half, cell = 3 * state * state;
	const float *w = e->layers + l * (cell + 4 * state), *rest = w + cell;
	return (struct encoder_layer){w, rest, rest + state, rest + 2 * state, rest + 3 * state};
}

struct encoder encoder_of(size_t half, size_t n_layers, size_t inputs, const float *input,
			  const float *input_bias, const float *layers)
{
	struct encoder e = {.half = half,
			    .n_layers = n_layers,
			    .input = product_of(input, inputs, 2 * half),
			    .input_bias = input_bias,
			    .layers = layers};
	assert(n_layers <= ENCODER_LAYERS_MAX && half <= ENCODER_HALF_MAX);
	for (size_t l = 0; l < n_layers; l++)
		e.cells[l] = product_of(encoder_layer(&e, l).cell, 2 * half, 6 * half);
	return e;
}

size_t encoder_products(struct encoder *e, struct product **list)
{
	list[0] = &e->input;
	for (size_t l = 0; l < e->n_layers; l++)
		list[1 + l] = &e->cells[l];
	return 1 + e->n_layers;
}

/* One direction over the n tokens from `first` on: 0 forward, 1 backward. */
static void recur(const struct encoder_layer *l, size_t half, size_t direction, size_t first,
		  size_t n, const float *u, const float *x, float *h,
		  const struct encoder_trace *trace)
{
	size_t from = direction * half, i = first + (direction ? n - 1 : 0),
	       at = i * 2 * half + from;
	ptrdiff_t step = (ptrdiff_t)(2 * half);
	struct kernel_way way = {
		.forget_peep = l->forget_peep + from,
		.reset_peep = l->reset_peep + from,
		.forget_bias = l->forget_bias + from,
		.reset_bias = l->reset_bias + from,
		.u = u + (i * 2 + direction) * 3 * half,
		.x = x + at,
		.h = h + at,
		.u_step = direction ? -3 * step : 3 * step,
		.step = direction ? -step : step,
		.half = half,
		.n = n,
	};
	if (n == 0)
		return;
	if (trace) {
		way.cells = trace->cells + at;
		way.forget = trace->forget + at;
		way.reset = trace->reset + at;
	}
	kernel_here()->recur(&way);
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
	product_add(&e->cells[l], in, state, u, 3 * state, rows);
	for (size_t k = 0, at = 0; k < n; at += sizes[k++]) {
		recur(&layer, e->half, 0, at, sizes[k], u, x, h, trace);
		recur(&layer, e->half, 1, at, sizes[k], u, x, h, trace);
	}
}

void encoder_run_layers(const struct encoder *e, const uint32_t *sizes, size_t n, float *u,
			float *h)
{
	for (size_t l = 0; l < e->n_layers; l++)
		encoder_run_layer(e, l, h, h, sizes, n, u, h, NULL);
}

void encoder_run(const struct encoder *e, const float *x, const uint32_t *sizes, size_t n, float *u,
		 float *h)
{
	size_t rows = 0;
	for (size_t k = 0; k < n; k++)
		rows += sizes[k];
	product_affine(&e->input, x, e->input_bias, h, rows);
	encoder_run_layers(e, sizes, n, u, h);
}
