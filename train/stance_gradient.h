/* One step of fitting the network of extract/stance/classifier_network.h: forward with dropout, the
 * loss, and the gradient. */
#ifndef DEMARCHE_TRAIN_STANCE_GRADIENT_H
#define DEMARCHE_TRAIN_STANCE_GRADIENT_H

#include "extract/stance/classifier_network.h"
#include "train/backprop.h"

struct stance_example {
	const struct stance_features *features;
	uint8_t label;
	float weight;
};

/* What one thread works with. */
struct stance_gradient {
	const struct classifier_weights *w;
	struct classifier_network network; /* of w */
	const struct vectors *vectors;
	struct arena arena;
	struct backprop b; /* its d: sums, for the caller to clear */
	struct stance_room *room;
};

/* Exits when memory is out. The seed decides what is dropped; it is not 0. */
void stance_gradient_init(struct stance_gradient *g, const struct classifier_weights *w,
			  const struct vectors *v, uint64_t seed);
void stance_gradient_release(struct stance_gradient *g);

/* Adds the gradient of one example's stance (all but what is fitted for acts); returns its loss. */
double stance_gradient_take(struct stance_gradient *g, const struct stance_example *l);
/* Adds the gradient of one example's act, for the act's own weights alone. x: A_ACT_INPUT floats.
 */
double stance_gradient_act(struct stance_gradient *g, const struct stance_example *l,
			   const float *x);

#endif
