/* What speaks for a candidate of a content. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_CONTENT_FEATURES_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_CONTENT_FEATURES_H

#include "extract/attribution/candidates.h"
#include "extract/attribution/cue.h"

/* Fills the features of STAGE_CONTENT. */
void content_features(const struct context *ctx, const struct cue_head *cue,
		      const struct candidate *c, struct features *out);
/* How a span goes with quotation marks: seven bits. */
unsigned content_marks(const struct context *ctx, struct range r);

#endif
