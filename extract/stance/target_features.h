/* The actors in sight of a statement, and their features for the choice of its target: where each
 * stands, what it is said to do or what is done to it, and how far away. */
#ifndef DEMARCHE_EXTRACT_STANCE_TARGET_FEATURES_H
#define DEMARCHE_EXTRACT_STANCE_TARGET_FEATURES_H

#include "extract/stance/choice.h"
#include "extract/stance/stance_input.h"

enum { TARGETS_MAX = 12, TARGET_PLACES = 4 };

struct target_candidate {
	const struct actor *who;
	struct range span;		/* its first place in the content, else its first one */
	uint32_t places[TARGET_PLACES]; /* tokens, in the order of the text */
	uint32_t n;
};

/* Persons, groups, countries and organizations but the speaker's side, in the content, in the
 * sentence of the cue, and whom pronouns there mean. */
struct target_candidates {
	struct target_candidate v[TARGETS_MAX];
	size_t n;
};

/* Of an input whose act is chosen. Pure. */
void target_candidates(const struct stance_input *in, struct target_candidates *out);
/* Of candidate i, or for i == n, of nobody. `statement`: its features (statement_features.h). */
void target_features(const struct stance_input *in, const struct target_candidates *c, size_t i,
		     const struct choice_input *statement, struct choice_input *out);

#endif
