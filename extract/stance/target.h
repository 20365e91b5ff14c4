/* Whose act, plan or conduct a statement praises or blames: a fitted choice among the actors in
 * sight and nobody. The victim, the hearer and the partner are never the target. */
#ifndef DEMARCHE_EXTRACT_STANCE_TARGET_H
#define DEMARCHE_EXTRACT_STANCE_TARGET_H

#include "extract/stance/target_features.h"

/* A target is named from this probability on: about three in four of those named are right, 71 % on
 * folds of the coded corpus's train part, 79 % on its dev part. */
#define TARGET_SURE 0.6f

/* Sets the target, in->target and the position towards it, once the act is chosen. `statement`: its
 * features. */
void target_choose(const struct choice_weights *w, const struct choice_input *statement,
		   struct stance_input *in);

#endif
