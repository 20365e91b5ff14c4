/* Where the content of a cue may start and end. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_CONTENT_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_CONTENT_H

#include "extract/attribution/candidates.h"
#include "extract/attribution/context.h"

/* Fills `out` with the contents of a cue whose head is this token: none twice, perhaps none. */
void contents_of(const struct context *ctx, uint32_t cue, struct candidates *out);

#endif
