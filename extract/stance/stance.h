/* The stance of a statement: what the speaker does by saying it, for or against what, towards whom.
 */
#ifndef DEMARCHE_EXTRACT_STANCE_STANCE_H
#define DEMARCHE_EXTRACT_STANCE_STANCE_H

#include "extract/entity/entities.h"
#include "extract/stance/classifier.h"

/* Fills ->stance, ->polarity, ->modality and the target's span of *out. 0, or -1 when the arena is
 * full. */
int stance_find(const struct classifier *cl, const struct entities *es,
		const struct attribution *at, struct statement *out, struct arena *a) MUST_CHECK;
/* The same, and what its confidence goes by: for the programs that fit and measure. *why is set
 * where it returns 0. */
int stance_find_why(const struct classifier *cl, const struct entities *es,
		    const struct attribution *at, struct statement *out, struct arena *a,
		    struct stance_facts *why) MUST_CHECK;

#endif
