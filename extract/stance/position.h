/* The position of a statement towards its best issue, and how strongly it takes it. */
#ifndef DEMARCHE_EXTRACT_STANCE_POSITION_H
#define DEMARCHE_EXTRACT_STANCE_POSITION_H

#include "extract/stance/stance_input.h"

/* Of a statement whose act is known; sets the rule that decided, too. */
enum position position_find(struct stance_input *in);
/* How strongly a position is taken, above 0 to 1: a half, more for more words and for strong ones.
 */
float position_strength(const struct stance_input *in);
/* What the cue alone says of its content: "welcomed", "feared", "openly admires". */
enum position position_of_cue(const struct stance_input *in);

#endif
