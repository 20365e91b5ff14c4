/* Random numbers that are the same on every machine (Marsaglia 2003, xorshift). A state
 * is never 0. */
#ifndef DEMARCHE_TRAIN_RANDOM_H
#define DEMARCHE_TRAIN_RANDOM_H

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

#endif
