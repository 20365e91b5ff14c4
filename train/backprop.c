/* Back-propagation through an encoder, written out by hand. */
#include "train/backprop.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "extract/syntax/matrix.h"
#include "train/random.h"
#include "train/room.h"

static float *floats(struct arena *a, size_t n)
{
	return room_for(a, n, sizeof(float));
}

void backprop_init(struct backprop *b, const struct encoder *e, const float *w, size_t n,
		   size_t rows, size_t sentences, uint64_t seed, struct arena *a)
{
	size_t state = 2 * e->half, inputs = e->input.inner,
	       deepest = inputs > state ? inputs : state;
	assert(e->n_layers <= BACKPROP_LAYERS && e->half <= ENCODER_HALF_MAX);
	*b = (struct backprop){.e = *e, .w = w, .d = floats(a, n), .seed = seed};
	b->x = floats(a, rows * inputs);
	b->d_x = floats(a, rows * inputs);
	b->input_mask = floats(a, sentences * inputs);
	b->d_h = floats(a, rows * state);
	b->d_below = floats(a, rows * state);
	b->d_u = floats(a, rows * 3 * state);
	b->turned = floats(a, rows * deepest);
	b->turned_weights = floats(a, 3 * state * deepest);
	for (size_t l = 0; l < e->n_layers; l++) {
		struct backprop_layer *y = &b->layers[l];
		y->h = floats(a, rows * state);
		y->mask = floats(a, sentences * state);
		y->masked = floats(a, rows * state);
		y->u = floats(a, rows * 3 * state);
		y->trace = (struct encoder_trace){floats(a, rows * state), floats(a, rows * state),
						  floats(a, rows * state)};
	}
	b->layers[e->n_layers].h = floats(a, rows * state);
}

void backprop_transpose(const float *x, size_t x_step, float *y, size_t rows, size_t columns)
{
	enum { BLOCK = 16 };
	for (size_t i = 0; i < rows; i += BLOCK)
		for (size_t j = 0; j < columns; j += BLOCK)
			for (size_t a = i; a < rows && a < i + BLOCK; a++)
				for (size_t b = j; b < columns && b < j + BLOCK; b++)
					y[b * rows + a] = x[a * x_step + b];
}

void backprop_add_rows(float *sum, const float *x, size_t rows, size_t columns)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t c = 0; c < columns; c++)
			sum[c] += x[i * columns + c];
}

void backprop_product(struct backprop *b, const float *x, size_t inner, const float *w,
		      const float *d_y, size_t columns, size_t rows, float *d_x)
{
	backprop_transpose(x, inner, b->turned, rows, inner);
	matrix_multiply(b->turned, rows, d_y, columns, backprop_slope(b, w), columns, inner, rows,
			columns);
	backprop_transpose(w, columns, b->turned_weights, inner, columns);
	matrix_multiply(d_y, columns, b->turned_weights, inner, d_x, inner, rows, columns, inner);
}

void backprop_draw_mask(struct backprop *b, float *mask, size_t n, float share)
{
	for (size_t d = 0; d < n; d++)
		mask[d] = random_unit(&b->seed) < share ? 0 : 1 / (1 - share);
}

void backprop_hide(const float *x, const float *masks, float *y, size_t size, const uint32_t *sizes,
		   size_t n)
{
	size_t at = 0;
	for (size_t k = 0; k < n; k++)
		for (size_t end = at + sizes[k]; at < end; at++)
			for (size_t d = 0; d < size; d++)
				y[at * size + d] = x[at * size + d] * masks[k * size + d];
}

double backprop_loss(float *logits, size_t n, size_t gold)
{
	matrix_softmax(logits, n);
	double loss = -log((double)logits[gold] + 1e-20);
	logits[gold] -= 1;
	return loss;
}

const float *backprop_run(struct backprop *b, const uint32_t *sizes, size_t n, float drop_input,
			  float drop_state)
{
	const struct encoder *e = &b->e;
	size_t state = 2 * e->half, inputs = e->input.inner;
	b->sizes = sizes;
	b->n = n;
	b->rows = 0;
	for (size_t k = 0; k < n; k++)
		b->rows += sizes[k];
	backprop_draw_mask(b, b->input_mask, n * inputs, drop_input);
	backprop_hide(b->x, b->input_mask, b->x, inputs, sizes, n);
	product_affine(&e->input, b->x, e->input_bias, b->layers[0].h, b->rows);
	for (size_t l = 0; l < e->n_layers; l++) {
		struct backprop_layer *y = &b->layers[l];
		backprop_draw_mask(b, y->mask, n * state, drop_state);
		backprop_hide(y->h, y->mask, y->masked, state, sizes, n);
		encoder_run_layer(e, l, y->masked, y->h, sizes, n, y->u, y[1].h, &y->trace);
	}
	return b->layers[e->n_layers].h;
}

/* The slope of the gate at the value y: its argument x has 1 / (1 + |x|) = 1 - |2y - 1|. */
static inline float gate_slope(float y)
{
	float s = 1 - fabsf(2 * y - 1);
	return 0.5f * s * s;
}

/* One way over the n tokens from `first` on. */
static void recur_back(struct backprop *b, size_t l, size_t way, size_t first, size_t n)
{
	static const float nothing[ENCODER_HALF_MAX];
	const struct backprop_layer *y = &b->layers[l];
	const struct encoder_layer w = encoder_layer(&b->e, l);
	size_t half = b->e.half, state = 2 * half, from = way * half;
	const float *fp = w.forget_peep + from, *rp = w.reset_peep + from;
	float *d_fp = backprop_slope(b, fp), *d_rp = backprop_slope(b, rp),
	      *d_fb = backprop_slope(b, w.forget_bias + from),
	      *d_rb = backprop_slope(b, w.reset_bias + from);
	float d_cell[ENCODER_HALF_MAX] = {0};
	for (size_t k = n; k-- > 0;) {
		size_t i = first + (way ? n - 1 - k : k), at = i * state + from,
		       products = (i * 2 + way) * 3 * half;
		const float *cell = y->trace.cells + at, *before = k == 0 ? nothing
								   : way  ? cell + state
									  : cell - state;
		const float *forget = y->trace.forget + at, *reset = y->trace.reset + at,
			    *z = y->u + products, *x = y->h + at, *d_h = b->d_h + at;
		float *d_z = b->d_u + products, *d_f = d_z + half, *d_r = d_f + half,
		      *d_x = b->d_below + at;
		for (size_t d = 0; d < half; d++) {
			float dc = d_cell[d] + d_h[d] * reset[d];
			float dr = d_h[d] * (cell[d] - x[d]) * gate_slope(reset[d]);
			float df = dc * (before[d] - z[d]) * gate_slope(forget[d]);
			d_x[d] = d_h[d] * (1 - reset[d]);
			d_z[d] = dc * (1 - forget[d]);
			d_f[d] = df;
			d_r[d] = dr;
			d_cell[d] = dc * forget[d] + dr * rp[d] + df * fp[d];
			d_fp[d] += df * before[d];
			d_rp[d] += dr * before[d];
			d_fb[d] += df;
			d_rb[d] += dr;
		}
	}
}

/* d_h: of what comes out of the layer; afterwards of what goes in. */
static void layer_back(struct backprop *b, size_t l)
{
	size_t state = 2 * b->e.half, all = b->rows * state;
	for (size_t k = 0, at = 0; k < b->n; at += b->sizes[k++])
		for (size_t way = 0; way < 2; way++)
			recur_back(b, l, way, at, b->sizes[k]);
	memset(b->d_h, 0, all * sizeof *b->d_h);
	backprop_product(b, b->layers[l].masked, state, encoder_layer(&b->e, l).cell, b->d_u,
			 3 * state, b->rows, b->d_h);
	backprop_hide(b->d_h, b->layers[l].mask, b->d_h, state, b->sizes, b->n);
	for (size_t i = 0; i < all; i++)
		b->d_h[i] += b->d_below[i];
}

void backprop_back(struct backprop *b)
{
	size_t inputs = b->e.input.inner, state = 2 * b->e.half;
	for (size_t l = b->e.n_layers; l-- > 0;)
		layer_back(b, l);
	backprop_add_rows(backprop_slope(b, b->e.input_bias), b->d_h, b->rows, state);
	memset(b->d_x, 0, b->rows * inputs * sizeof *b->d_x);
	backprop_product(b, b->x, inputs, b->e.input.w, b->d_h, state, b->rows, b->d_x);
	backprop_hide(b->d_x, b->input_mask, b->d_x, inputs, b->sizes, b->n);
}
