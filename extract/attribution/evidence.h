/* What speaks for and against an attribution besides the choices that led to it, as numbers that
 * trees ask: its cue's features by kind, the make of its phrases, and what is said around it. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_EVIDENCE_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_EVIDENCE_H

#include "extract/attribution/attribution.h"
#include "extract/attribution/cue.h"
#include "extract/attribution/model.h"

/* Fills what an attribution tells by itself; `whole` is that of attribution_rank. */
void evidence_own(const struct context *ctx, const struct attribution *at,
		  const struct cue_sight *cue, const float whole[WHOLE_FEATURES],
		  float out[EVIDENCE_MAX]);

/* Of all attributions of an article that were ranked, in order, by their p: fills what each one's
 * neighbors tell. Nested ones have none and count for none. 0, or -1 when the budget gives out. */
int evidence_around(const struct context *ctx, const struct attributions *all,
		    float (*out)[EVIDENCE_MAX]);

/* What trees add to the log odds of an attribution. Nothing to one that lies in a likelier one's
 * content: the corpora mark none there, and it is told as nested. */
bool evidence_is_inner(const float evidence[EVIDENCE_MAX]);
float evidence_weight(const struct tree trees[TREES], const float evidence[EVIDENCE_MAX]);

#endif
