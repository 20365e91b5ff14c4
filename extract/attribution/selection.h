/* Which of the ranked attributions are statements. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_SELECTION_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_SELECTION_H

#include "extract/attribution/attribution.h"
#include "extract/attribution/context.h"

/* Keeps those that are likely enough and that no neighbor has better, and ends their contents where
 * the next report begins. 0, or -1 when the arena is full or its budget spent. */
int attributions_select(const struct context *ctx, struct attributions *all) MUST_CHECK;

#endif
