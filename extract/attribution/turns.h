/* What the speaker of a turn says: its sentences, each a statement of its own, and which of the
 * reports in them stand beside them. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_TURNS_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_TURNS_H

#include "extract/attribution/attribution.h"
#include "extract/attribution/context.h"

/* Adds the sentences of turns to the attributions that cues gave, and takes out those that only say
 * again who is speaking. Both are in the order of their heads. Prose is left alone. 0, or -1 when
 * the arena is full or its budget spent. */
int attributions_add_turns(const struct context *ctx, struct attributions *all) MUST_CHECK;

#endif
