/* Features of the attribution models: each is a template (what is looked at) with a value, hashed
 * to a place in its stage's table of weights (Weinberger and others 2009; no keys are kept). */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_FEATURES_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_FEATURES_H

#include <stdint.h>

enum { FEATURES_MAX = 160, FEATURE_PLACES = 1 << 19 };

/* The questions that are decided one after another; each has weights of its own. */
enum stage { STAGE_CUE, STAGE_CONTENT, STAGE_SOURCE, STAGE_EXTENT, STAGE_COUNT };

/* Of one candidate; those past FEATURES_MAX are dropped. */
struct features {
	uint32_t n;
	uint32_t at[FEATURES_MAX]; /* places in the stage's table */
	uint8_t template[FEATURES_MAX];
};

/* One value of two. */
static inline uint64_t feature_mix(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xBF58476D1CE4E5B9u;
	return h ^ (h >> 31);
}

/* Adds one. */
static inline void feature(struct features *f, unsigned template, uint64_t value)
{
	if (f->n == FEATURES_MAX)
		return;
	f->at[f->n] = (uint32_t)(feature_mix(template + 1, value) >> 20) & (FEATURE_PLACES - 1);
	f->template[f->n++] = (uint8_t) template;
}

#endif
