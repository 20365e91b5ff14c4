/* One step of fitting the network of extract/stance/position_network.h: forward with dropout, the
 * loss, and the gradient. */
#ifndef DEMARCHE_TRAIN_POSITION_GRADIENT_H
#define DEMARCHE_TRAIN_POSITION_GRADIENT_H

#include "extract/stance/position_network.h"
#include "train/backprop.h"

/* A statement to learn from. */
struct position_example {
	const struct position_view *view;
	float weight;
	/* What should come out, in the order of position_pass.p: probabilities. */
	const float *want;
	bool is_sign_alone; /* of the candidate that `want` has something for, the side alone */
};

/* The derivative of a hashed feature's scores. */
struct position_wide_slope {
	uint32_t at;
	float d[SIDES];
};

/* What one thread works with. */
struct position_gradient {
	const struct position_weights *w;
	struct position_network network; /* of w */
	const struct vectors *vectors;
	struct arena arena;
	struct backprop b; /* its d: sums, for the caller to clear; those of `wide` stay 0 */
	struct position_wide_slope *wide; /* the same of `wide`, in the order of the examples */
	size_t n_wide, cap_wide;
	struct gradient_room *room;
};

/* Exits when memory is out. The seed decides what is dropped; it is not 0. */
void position_gradient_init(struct position_gradient *g, const struct position_weights *w,
			    const struct vectors *v, uint64_t seed);
void position_gradient_release(struct position_gradient *g);

/* Adds the gradient of one example; returns its loss. */
double position_gradient_take(struct position_gradient *g, const struct position_example *x);

#endif
