/* The weights of the models of issues (hit_model.h, meaning.h), as they lie in data/issues.bin.
 * Immutable; any thread may read. */
#ifndef DEMARCHE_EXTRACT_ISSUE_HIT_WEIGHTS_H
#define DEMARCHE_EXTRACT_ISSUE_HIT_WEIGHTS_H

#include "base/err.h"
#include "extract/attribution/features.h"
#include "extract/issue/meaning.h"

#define HIT_KIND "DMissues"
enum { HIT_VERSION = 2 };

struct hit_weights {
	float scale, unused[7];
	int8_t v[FEATURE_PLACES]; /* times the scale */
};

/* The body of the file. */
struct issue_model {
	struct hit_weights hits;
	struct meaning_layers meaning;
};

/* The model inside the program; it needs no closing. NULL with *e set when it is damaged. */
const struct issue_model *issue_model_open(struct err *e) MUST_CHECK;
/* What the weights of the features come to. */
float hit_probability(const struct hit_weights *w, const struct features *f);

#endif
