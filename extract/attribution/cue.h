/* Cues: the words by which a text says that somebody says, thinks, wants or promises something. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_CUE_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_CUE_H

#include "extract/attribution/context.h"

/* The head of a cue, with what of it the features of all its candidates ask. */
struct cue_head {
	uint32_t token;
	uint64_t class, lemma, act; /* as context.h has them; `act` with the class in it */
	uint32_t subject;	    /* or FOREST_NONE */
	enum subject_link link;
};
struct cue_head cue_head_of(const struct context *ctx, uint32_t token);

/* May this token be the head of a cue at all? */
bool cue_may_be(const struct context *ctx, uint32_t token);
/* Is it the dash of a signature under a quotation: "“...” — Ann Lee"? The corpora have too few to
 * learn from. */
bool cue_signs(const struct context *ctx, uint32_t token);
/* Fills the features of STAGE_CUE; with `is_nested`, of a word inside of speech as if its speaker
 * wrote it. */
void cue_features(const struct context *ctx, uint32_t token, bool is_nested, struct features *out);

/* What a cue was judged by, and its log odds. */
struct cue_sight {
	struct features features;
	float score;
};

#endif
