/* How probable it is that a content is about a candidate: a log-linear model over hashed features
 * of where its words stand, how often, and whether the topics fit; fitted on coded statements
 * (train/fit_issues.c). Immutable once open; any thread may ask. */
#ifndef DEMARCHE_EXTRACT_ISSUE_HIT_MODEL_H
#define DEMARCHE_EXTRACT_ISSUE_HIT_MODEL_H

#include "extract/issue/hit_weights.h"
#include "extract/issue/open_issue.h"

/* Of l->v[i]. */
void hit_features_of(const struct issue_content *c, const struct issue_candidates *l, size_t i,
		     struct features *out);
/* Adds to them what tells whether the content is about it most: what the article says again and
 * again, which alone tells it of many a statement. */
void main_features_of(const struct issue_content *c, const struct issue_candidate *k,
		      struct features *f);
/* Of an open issue. */
void open_features_of(const struct issue_content *c, const struct issue_candidates *l,
		      const struct open_issue *o, struct features *out);

#endif
