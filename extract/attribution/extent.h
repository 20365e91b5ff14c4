/* The span of a cue around its head: auxiliaries before it, particles, prepositions and the nouns
 * it only carries after it. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_EXTENT_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_EXTENT_H

#include "extract/attribution/candidates.h"
#include "extract/attribution/cue.h"

/* Fills `out` with the spans of a cue whose head is this token: one at least, none in the content.
 */
void extents_of(const struct context *ctx, uint32_t cue, const struct candidate *content,
		struct candidates *out);
/* Fills the features of STAGE_EXTENT, which sees content and source. */
void extent_features(const struct context *ctx, const struct cue_head *cue,
		     const struct candidate *content, const struct candidate *source,
		     const struct candidate *c, struct features *out);

#endif
