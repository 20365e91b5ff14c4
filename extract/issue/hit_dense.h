/* What is told of a candidate in numbers, for the small network of the model of issues
 * (hit_model.h): where its words stand, how much the article speaks of it, how near it is. */
#ifndef DEMARCHE_EXTRACT_ISSUE_HIT_DENSE_H
#define DEMARCHE_EXTRACT_ISSUE_HIT_DENSE_H

#include "extract/issue/hit_weights.h"
#include "extract/issue/open_issue.h"

/* Of l->v[i]. */
void hit_dense_of(const struct issue_content *c, const struct issue_candidates *l, size_t i,
		  float out[HIT_DENSE]);
/* Of an open issue, whose head stands so deep in its part. */
void open_dense_of(const struct issue_content *c, const struct issue_candidates *l,
		   const struct open_issue *o, unsigned depth, float out[HIT_DENSE]);

#endif
