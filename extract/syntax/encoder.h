/* From the words of a sentence to their states in it: a product of their inputs, then layers of
 * bidirectional simple recurrent units (Lei et al. 2018, with the softsign as gate). The networks
 * of syntax and of classifier have one each, of their own size. Pure. */
#ifndef DEMARCHE_EXTRACT_SYNTAX_ENCODER_H
#define DEMARCHE_EXTRACT_SYNTAX_ENCODER_H

#include "extract/syntax/product.h"

/* A layer with `half` units in each direction, as it lies in the file. A state is 2 half floats; a
 * row of products with `cell` has for each direction half floats of the cell, the forget gate and
 * the reset gate. */
enum { ENCODER_HALF_MAX = KERNEL_HALF_MAX, ENCODER_LAYERS_MAX = 3 };
#define ENCODER_LAYER(half)                                                                        \
	{                                                                                          \
		_Static_assert((half) + 0 <= ENCODER_HALF_MAX + 0, "a layer's cells have room");   \
		float cell[12 * (half) * (half)]; /* 2 half rows */                                \
		float forget_peep[2 * (half)], reset_peep[2 * (half)], forget_bias[2 * (half)],    \
			reset_bias[2 * (half)];                                                    \
	}

struct encoder {
	size_t half, n_layers;
	struct product input; /* a row of 2 half floats for each input */
	const float *input_bias;
	const float *layers; /* the first of them */
	struct product cells[ENCODER_LAYERS_MAX];
};
/* Of weights as they lie in the file, which must outlive it. */
struct encoder encoder_of(size_t half, size_t n_layers, size_t inputs, const float *input,
			  const float *input_bias, const float *layers);
/* Lists its products, to be packed; returns how many. */
size_t encoder_products(struct encoder *e, struct product **list);
enum { ENCODER_PRODUCTS_MAX = 1 + ENCODER_LAYERS_MAX };

struct encoder_layer {
	const float *cell, *forget_peep, *reset_peep, *forget_bias, *reset_bias;
};
struct encoder_layer encoder_layer(const struct encoder *e, size_t l);

/* Cells and gates of one layer, 2 half floats a token each, for the backward pass. */
struct encoder_trace {
	float *cells, *forget, *reset;
};
/* Layer l over n sentences that stand one after another, sizes[k] tokens each. in: what the
 * products are of; x: what the reset gate lets by, the same but for dropout. u: room for the
 * products, 6 half floats a token; h: the states, may be x. trace: may be NULL. */
void encoder_run_layer(const struct encoder *e, size_t l, const float *in, const float *x,
		       const uint32_t *sizes, size_t n, float *u, float *h,
		       const struct encoder_trace *trace);
/* All layers, over what the inputs gave. h: the states, before and after. */
void encoder_run_layers(const struct encoder *e, const uint32_t *sizes, size_t n, float *u,
			float *h);
/* All of it. x: the inputs of each token. */
void encoder_run(const struct encoder *e, const float *x, const uint32_t *sizes, size_t n, float *u,
		 float *h);

#endif
