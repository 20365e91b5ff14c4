/* The act of a statement: what the speaker does by saying it. The cue speaks first ("denied",
 * "urged"), then the content ("we condemn", "they must withdraw"). */
#ifndef DEMARCHE_EXTRACT_STANCE_ACT_H
#define DEMARCHE_EXTRACT_STANCE_ACT_H

#include "extract/stance/stance_input.h"

/* Sets the act, the rule that decided it, and whether it is the cue's; the target need not be
 * final. */
void act_find(struct stance_input *in);
/* The position that an act takes by itself: who accuses is against. */
enum position act_position(enum act act);

#endif
