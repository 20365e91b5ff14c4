/* The act of a statement: what the speaker does by saying it. The cue speaks first ("denied",
 * "urged"), then the content ("we condemn", "they must withdraw"). */
#ifndef DEMARCHE_EXTRACT_STANCE_ACT_H
#define DEMARCHE_EXTRACT_STANCE_ACT_H

#include "extract/stance/choice.h"
#include "extract/stance/stance_input.h"

/* The rules' own act (in->rule_act), which the choice is told, and the features of the choice. */
void stance_describe(struct stance_input *in, struct choice_input *x);
/* Sets the act and in->acts by the choice; numbers of x tell of them afterwards. */
void stance_choose_act(const struct choice_weights *w, struct choice_input *x,
		       struct stance_input *in);
/* The position that an act takes by itself: who accuses is against. */
enum position act_position(enum act act);

#endif
