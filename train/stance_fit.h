/* Fits the network of extract/stance/classifier. What comes out depends on the examples and the
 * seed alone. */
#ifndef DEMARCHE_TRAIN_STANCE_FIT_H
#define DEMARCHE_TRAIN_STANCE_FIT_H

#include "train/stance_gradient.h"

/* An example of the first fit has two sides: the features of the two actors, and the same turned
 * round (NULL where it cannot be). */
struct stance_sides {
	struct stance_example side[2];
};

/* By cross-validation and the development part. */
enum { STANCE_ROUNDS = 20, STANCE_ACT_ROUNDS = 30, STANCE_SEED = 11 };

/* Called after each round with the weights so far, averaged. */
typedef void stance_watch(void *context, size_t round, double loss,
			  const struct classifier_weights *w);

struct classifier_weights *stance_weights_new(uint64_t seed);
/* All but the act's own weights. */
void stance_fit(struct classifier_weights *w, const struct vectors *v,
		const struct stance_sides *examples, size_t n, size_t rounds, uint64_t seed,
		stance_watch *watch, void *context);
/* The act's own weights, from nothing. inputs: A_ACT_INPUT floats a example. */
void stance_fit_acts(struct classifier_weights *w, const struct vectors *v,
		     const struct stance_example *examples, const float *inputs, size_t n,
		     uint64_t seed);
/* The inputs of stance_fit_acts, for the caller to free. */
float *stance_act_inputs(const struct classifier_weights *w, const struct vectors *v,
			 const struct stance_example *examples, size_t n);

#endif
