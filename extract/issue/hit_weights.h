/* The weights of the model of issues (hit_model.h), as they lie in data/issues.bin. Immutable; any
 * thread may read. */
#ifndef DEMARCHE_EXTRACT_ISSUE_HIT_WEIGHTS_H
#define DEMARCHE_EXTRACT_ISSUE_HIT_WEIGHTS_H

#include "base/err.h"
#include "extract/attribution/features.h"

#define HIT_KIND "DMissues"
enum { HIT_VERSION = 2, HIT_DENSE = 56, HIT_UNITS = 16 };

/* What is known of a candidate. */
struct hit_features {
	struct features hashed;
	float dense[HIT_DENSE]; /* hit_dense.h */
};

/* A layer of rectified units (Glorot, Bordes and Bengio 2011) over the numbers, and the numbers
 * themselves. */
struct hit_layers {
	float in[HIT_UNITS][HIT_DENSE], in_bias[HIT_UNITS], out[HIT_UNITS];
	float straight[HIT_DENSE];
};

/* The body of the file. */
struct hit_weights {
	float scale, unused[7];
	struct hit_layers layers;
	int8_t v[FEATURE_PLACES]; /* of hashed features, times the scale */
};

/* The model inside the program; it needs no closing. NULL with *e set when it is damaged. */
const struct hit_weights *hit_weights_open(struct err *e) MUST_CHECK;
/* What the layers make of the numbers; into `units`, or NULL, what goes into each unit. */
float hit_layers_sum(const struct hit_layers *l, const float dense[HIT_DENSE],
		     float units[HIT_UNITS]);
/* What layers and weights of the features come to. */
float hit_probability(const struct hit_weights *w, const struct hit_features *f);

#endif
