/* How probable it is that a content is about a candidate: a log-linear model over hashed features
 * of where its words stand, how often, and whether the topics fit; fitted on coded statements
 * (train/fit_issues.c). Immutable once open; any thread may ask. */
#ifndef DEMARCHE_EXTRACT_ISSUE_HIT_MODEL_H
#define DEMARCHE_EXTRACT_ISSUE_HIT_MODEL_H

#include "extract/attribution/features.h"
#include "extract/issue/open_issue.h"

#define HIT_KIND "DMissues"
enum { HIT_VERSION = 1 };

/* The body of data/issues.bin. */
struct hit_weights {
	float scale, unused[7];
	int8_t v[FEATURE_PLACES]; /* times the scale */
};

/* The model inside the program; it needs no closing. NULL with *e set when it is damaged. */
const struct hit_weights *hit_model_open(struct err *e) MUST_CHECK;
/* Of l->v[i]. */
void hit_features_of(const struct issue_content *c, const struct issue_candidates *l, size_t i,
		     struct features *out);
/* Of an open issue. */
void open_features_of(const struct issue_content *c, const struct issue_candidates *l,
		      const struct open_issue *o, struct features *out);
float hit_probability(const struct hit_weights *w, const struct features *f);

#endif
