/* Who may be the source of a cue: the phrases of its sentence, with and without what hangs on them,
 * and nobody. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_SOURCE_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_SOURCE_H

#include "extract/attribution/candidates.h"
#include "extract/attribution/cue.h"

/* Fills `out` with the sources of a cue whose head is this token: one at least. */
void sources_of(const struct context *ctx, uint32_t cue, struct candidates *out);
/* Fills the features of STAGE_SOURCE, which sees the content. */
void source_features(const struct context *ctx, const struct cue_head *cue,
		     const struct candidate *content, const struct candidate *c,
		     struct features *out);

#endif
