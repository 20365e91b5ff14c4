/* The best attribution of each cue: the candidates of its content, its source and its own span are
 * scored by fitted weights, one after another; then one prediction says how likely the whole is. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_RANK_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_RANK_H

#include "extract/attribution/attribution.h"
#include "extract/attribution/candidates.h"
#include "extract/attribution/cue.h"
#include "extract/attribution/model.h"

/* The place of `whole` that holds what its network says. */
enum { WHOLE_READING = 0 };

/* How many of the contents that score best are tried with their sources. */
enum { CONTENTS_TRIED = 3 };

/* The candidate that scores best, how far ahead of the second it is (5 at most), its log
 * probability among all. */
struct choice {
	size_t best;
	float lead, log_p;
};
struct choice candidates_choose(const struct candidates *c);
/* Scores the contents of at->head; those that cannot be are dropped. */
void contents_score(const struct context *ctx, const struct attribution *at, struct candidates *c);
void sources_score(const struct context *ctx, uint32_t cue, const struct candidate *content,
		   struct candidates *c);

/* Words of which the features say less are no cues; their states are not asked. */
extern const float attribution_hopeless;
/* Log odds that at->head is the head of a cue, at least those of a signature where it is the dash
 * of one; fills `f` and at->is_nested. `times`, `learnt`: how often the features count, and the log
 * odds without that rule; both may be NULL. */
float attribution_score_cue(const struct context *ctx, struct attribution *at, struct features *f,
			    float *times, float *learnt);
/* Starts an attribution whose cue's head is this token. False for tokens that are no cue, more
 * likely than not by far. */
bool attribution_start(const struct context *ctx, uint32_t head, struct attribution *at,
		       struct cue_sight *cue);
/* Goes on to content, source, the cue's span and p: the best content, unless a runner-up with its
 * best source is likelier together; then the rest. False when there is no content. `memory` is the
 * caller's, to work with; `whole` is what the prediction of the whole looked at. */
bool attribution_rank(const struct context *ctx, struct attribution *at, float cue,
		      struct candidates memory[2], float whole[WHOLE_FEATURES]);
/* What a place of `whole` looks at, in words; NULL where it is not in use. */
const char *attribution_whole_text(unsigned place);

/* The attributions of all tokens that are not hopeless, of up to 32 a sentence, in the order of
 * their cues. 0, or -1 when the arena is full or its budget spent, which is asked before each
 * cue. */
int attributions_rank(const struct context *ctx, struct attributions *out) MUST_CHECK;

#endif
