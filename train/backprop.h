/* What fitting the networks of syntax and of classifier shares: an encoder
 * (extract/syntax/encoder.h) forward with dropout (one mask a sentence, Gal and Ghahramani 2016),
 * and the way back through it and through products. d_ is the derivative of the loss. */
#ifndef DEMARCHE_TRAIN_BACKPROP_H
#define DEMARCHE_TRAIN_BACKPROP_H

#include "base/arena.h"
#include "extract/syntax/encoder.h"

enum { BACKPROP_LAYERS = 3 }; /* at most */

struct backprop {
	struct encoder e;
	const float *w; /* all weights of the network */
	float *d;	/* one for each: sums, for the caller to clear */
	uint64_t seed;	/* decides what is dropped; never 0 */
	const uint32_t *sizes;
	size_t n, rows; /* sentences and tokens of this pass */
	float *x, *d_x; /* inputs, and what they become by their mask */
	float *d_h;	/* of the states */
	/* h goes into the layer, as masked; that of the one after the last layer comes out. */
	struct backprop_layer {
		float *h, *mask, *masked, *u;
		struct encoder_trace trace;
	} layers[BACKPROP_LAYERS + 1];
	float *input_mask, *d_below, *d_u, *turned, *turned_weights;
};

/* For passes over at most `rows` tokens in `sentences` sentences; w has n floats. Exits when the
 * arena is full. */
void backprop_init(struct backprop *b, const struct encoder *e, const float *w, size_t n,
		   size_t rows, size_t sentences, uint64_t seed, struct arena *a);

/* From b->x to the states, which are returned. `sizes` stays in use by the way back. */
const float *backprop_run(struct backprop *b, const uint32_t *sizes, size_t n, float drop_input,
			  float drop_state);
/* From b->d_h to b->d_x, and to the derivatives of the encoder's weights. */
void backprop_back(struct backprop *b);

/* Where a weight's derivative goes. */
static inline float *backprop_slope(const struct backprop *b, const float *weight)
{
	return b->d + (weight - b->w);
}
/* For y += x w: adds to the derivatives of w and of x. No side of w may be wider than the encoder's
 * widest. */
void backprop_product(struct backprop *b, const float *x, size_t inner, const float *w,
		      const float *d_y, size_t columns, size_t rows, float *d_x);
void backprop_transpose(const float *x, size_t x_step, float *y, size_t rows, size_t columns);
void backprop_add_rows(float *sum, const float *x, size_t rows, size_t columns);

/* Zeros for a share of n numbers; the others make up for them (Srivastava et al. 2014). */
void backprop_draw_mask(struct backprop *b, float *mask, size_t n, float share);
/* y = x with each sentence's rows of `size` numbers hidden by its mask. */
void backprop_hide(const float *x, const float *masks, float *y, size_t size, const uint32_t *sizes,
		   size_t n);
/* Logits become their derivatives under the log-loss of `gold`, which is returned. */
double backprop_loss(float *logits, size_t n, size_t gold);

#endif
