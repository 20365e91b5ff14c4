/* Cues: the words by which a text says that somebody says, thinks, wants or promises something. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_CUE_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_CUE_H

#include "extract/attribution/context.h"

/* May this token be the head of a cue at all? */
bool cue_may_be(const struct context *ctx, uint32_t token);
/* Is it the dash of a signature under a quotation: "“...” — Ann Lee"? The corpora have too few to
 * learn from. */
bool cue_signs(const struct context *ctx, uint32_t token);
/* Fills the features of STAGE_CUE; with `is_nested`, of a word inside of speech as if its speaker
 * wrote it. */
void cue_features(const struct context *ctx, uint32_t token, bool is_nested, struct features *out);

#endif
