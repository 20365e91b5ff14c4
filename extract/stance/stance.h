/* The stance of a statement: what the speaker does by saying it, for or against what, towards whom.
 */
#ifndef DEMARCHE_EXTRACT_STANCE_STANCE_H
#define DEMARCHE_EXTRACT_STANCE_STANCE_H

#include "extract/entity/entities.h"
#include "extract/stance/classifier.h"

/* Fills ->stance, ->polarity, ->modality and the target's span of *out, and *facts by what decided.
 * The position is what the rules say, the intensity how strongly, and the confidence goes by them:
 * positions.h has the last word on all three. 0, or -1 when the arena is full. */
int stance_find(const struct classifier *cl, const struct entities *es,
		const struct attribution *at, struct statement *out, struct arena *a,
		struct stance_facts *facts) MUST_CHECK;

#endif
