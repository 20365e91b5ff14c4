/* What was not said: "has not condemned", "never said", "no official said", "refused to rule out",
 * "would not say whether". Who tells that something was not said tells of no side. Not so where an
 * attitude is negated: "does not support" is against. */
#ifndef DEMARCHE_EXTRACT_STANCE_UNSAID_H
#define DEMARCHE_EXTRACT_STANCE_UNSAID_H

#include "extract/stance/stance_input.h"

/* Of an input whose cue is known (stance_begin). Pure. */
bool unsaid_find(const struct stance_input *in);

#endif
