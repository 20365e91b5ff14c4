/* Lists of points: "The minister called for: | - an end to the war; | - new elections." */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_POINTS_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_POINTS_H

#include "extract/attribution/attribution.h"
#include "extract/attribution/context.h"

/* Adds an attribution for each point behind a paragraph that ends in a cue and a colon, in place of
 * one of the few words before the colon. In the order of heads. 0, or -1 when the arena is full or
 * its budget spent. */
int attributions_add_points(const struct context *ctx, struct attributions *all) MUST_CHECK;

#endif
