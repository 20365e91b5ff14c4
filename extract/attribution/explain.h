/* Why a cue's attribution is what it is: the same steps as rank.c once more, with what each feature
 * counted. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_EXPLAIN_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_EXPLAIN_H

#include "extract/attribution/candidates.h"
#include "extract/attribution/context.h"
#include "extract/attribution/decision.h"

/* Fills in cue, content, source and whole for the cue whose head is this token, which may be any
 * word; `around` is what its attribution has by that name, or 0. Without a content among the
 * candidates, content.words is "" and only the cue is set. `memory` is the caller's, to work with.
 * 0, or -1 when the arena is full. */
int attribution_explain(const struct context *ctx, uint32_t head, float around,
			struct candidates memory[2], struct decisions *out) MUST_CHECK;

#endif
