/* Random numbers that are the same on every machine (Marsaglia 2003, xorshift). A state
 * is never 0. */
#ifndef DEMARCHE_TRAIN_RANDOM_H
#define DEMARCHE_TRAIN_RANDOM_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

static inline uint64_t random_next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* In [0, 1). */
static inline float random_unit(uint64_t *state)
{
	return (float)(random_next(state) >> 40) / 16777216.0f;
}

/* n numbers within `width` of 0. */
static inline void random_fill(float *w, size_t n, float width, uint64_t *state)
{
	for (size_t i = 0; i < n; i++)
		w[i] = (2 * random_unit(state) - 1) * width;
}

/* First weights of a layer, as wide as its sizes bear (Glorot and Bengio 2010). */
static inline void random_matrix(float *w, size_t inner, size_t columns, uint64_t *state)
{
	random_fill(w, inner * columns, sqrtf(6.0f / (float)(inner + columns)), state);
}

#endif
