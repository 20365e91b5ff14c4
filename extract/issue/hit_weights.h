/* The weights of the model of issues (hit_model.h), as they lie in data/issues.bin. Immutable; any
 * thread may read. */
#ifndef DEMARCHE_EXTRACT_ISSUE_HIT_WEIGHTS_H
#define DEMARCHE_EXTRACT_ISSUE_HIT_WEIGHTS_H

#include "base/err.h"
#include "extract/attribution/features.h"
#include "extract/attribution/trees.h"

#define HIT_KIND "DMissues"
enum { HIT_VERSION = 4, FIRST_TREES = 160 };

struct hit_weights {
	float scale, unused[7];
	int8_t v[FEATURE_PLACES]; /* times the scale */
};

/* The body of the file. */
struct issue_weights {
	struct hit_weights about;	/* is a content about a candidate? */
	struct hit_weights main;	/* and which one of all is it about most? */
	struct tree first[FIRST_TREES]; /* the same, by all statements (first_issue.h) */
};

/* The model inside the program; it needs no closing. NULL with *e set when it is damaged. */
const struct issue_weights *issue_weights_open(struct err *e) MUST_CHECK;
/* What the weights of the features come to, and the probability that it is the log odds of. */
float hit_score(const struct hit_weights *w, const struct features *f);
float hit_probability(const struct hit_weights *w, const struct features *f);

#endif
