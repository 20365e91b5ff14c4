/* The act of a statement: what the speaker does by saying it. A fitted choice, which is told what
 * rules say of the cue ("denied", "urged") and of the content ("we condemn", "they must
 * withdraw"); where they know a denial or a refusal to comment, they decide. */
#ifndef DEMARCHE_EXTRACT_STANCE_ACT_H
#define DEMARCHE_EXTRACT_STANCE_ACT_H

#include "extract/stance/choice.h"
#include "extract/stance/stance_input.h"

/* Describes the statement for the choice of its act: evaluates the content, and sets in->rule_act,
 * what the rules alone say. */
void act_describe(struct stance_input *in, struct choice_input *x);
/* The act that rules know for sure of a described statement, or -1. */
int act_settled(const struct stance_input *in);
/* That one, else the likeliest. */
enum act act_settle(int settled, const float *shares);
/* Sets the act, in->acts and whether it is the cue's. */
void act_choose(const struct choice_weights *w, const struct choice_input *x,
		struct stance_input *in);
/* The position that an act takes by itself: who accuses is against. */
enum position act_position(enum act act);

#endif
