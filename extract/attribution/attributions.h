/* The attributions of an article, as the later steps go on with them. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_ATTRIBUTIONS_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_ATTRIBUTIONS_H

#include "extract/attribution/attribution.h"
#include "extract/attribution/context.h"

/* In the order of their cues. 0, or -1 when the arena is full or its budget spent. */
int attributions_find(const struct context *ctx, struct attributions *out) MUST_CHECK;
/* Reads off the tree what the later steps want to know of one, whose cue, source and parts are set.
 */
void attribution_read_off(const struct context *ctx, struct attribution *at);

#endif
