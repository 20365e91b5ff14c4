/* Fits the network of the reader of positions. What comes out depends on the examples and the seed
 * alone. */
#ifndef DEMARCHE_TRAIN_POSITION_FIT_H
#define DEMARCHE_TRAIN_POSITION_FIT_H

#include "train/position_gradient.h"

/* By cross-validation. */
enum { POSITION_ROUNDS = 8, POSITION_SEED = 11 };

/* Fitted weights, for the caller to free. Exits when memory is out. */
struct position_weights *position_fit(const struct vectors *v, const struct position_example *x,
				      size_t n, size_t rounds, uint64_t seed);

#endif
