/* One step of fitting the network of extract/stance/act_network.h: forward with dropout, the loss,
 * and the gradient. Beside the act the network learns, in fitting only, which side is taken: what
 * is told from that is told from more lessons. */
#ifndef DEMARCHE_TRAIN_ACT_GRADIENT_H
#define DEMARCHE_TRAIN_ACT_GRADIENT_H

#include "extract/stance/act_network.h"
#include "train/backprop.h"

struct act_weights {
	struct act_deep deep;
	float side_out[AN_HIDDEN * POSITION_COUNT], side_bias[POSITION_COUNT];
};
enum { ACT_WEIGHTS = sizeof(struct act_weights) / sizeof(float) };

/* A statement to learn from: what should come out, as probabilities. */
struct act_lesson {
	const struct position_view *view;
	float acts[ACT_COUNT], sides[POSITION_COUNT];
};

struct act_gradient {
	const struct act_weights *w;
	struct act_network network; /* of w */
	const struct vectors *vectors;
	struct arena arena;
	struct backprop b; /* its d: sums, for the caller to clear */
	struct act_gradient_room *room;
};

/* Exits when memory is out. The seed decides what is dropped; it is not 0. */
void act_gradient_init(struct act_gradient *g, const struct act_weights *w, const struct vectors *v,
		       uint64_t seed);
void act_gradient_release(struct act_gradient *g);

/* Adds the gradient of one lesson; returns the loss of its act. */
double act_gradient_take(struct act_gradient *g, const struct act_lesson *x);

#endif
