/* The weights of the model of issues (hit_model.h), as they lie in data/issues.bin. Immutable; any
 * thread may read. */
#ifndef DEMARCHE_EXTRACT_ISSUE_HIT_WEIGHTS_H
#define DEMARCHE_EXTRACT_ISSUE_HIT_WEIGHTS_H

#include "base/err.h"
#include "extract/attribution/features.h"

#define HIT_KIND "DMissues"
enum { HIT_VERSION = 1 };

/* The body of the file. */
struct hit_weights {
	float scale, unused[7];
	int8_t v[FEATURE_PLACES]; /* times the scale */
};

/* The model inside the program; it needs no closing. NULL with *e set when it is damaged. */
const struct hit_weights *hit_weights_open(struct err *e) MUST_CHECK;
/* What the weights of the features come to. */
float hit_probability(const struct hit_weights *w, const struct features *f);

#endif
