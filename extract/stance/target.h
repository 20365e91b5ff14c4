/* Whose act, plan or conduct a statement praises or blames: a fitted choice among the actors in
 * sight and nobody. The victim, the hearer and the partner are never the target. */
#ifndef DEMARCHE_EXTRACT_STANCE_TARGET_H
#define DEMARCHE_EXTRACT_STANCE_TARGET_H

#include "extract/stance/target_features.h"

/* A target is named from this probability on: 73 % right on folds of the coded corpus's train part,
 * 83 % on its dev part. At 0.6 a quarter more are named and as many are right, but who is named
 * hangs on which countries a sentence is about (test_swap). */
#define TARGET_SURE 0.65f

/* Sets the target, in->target and the position towards it, once the act is chosen. `statement`: its
 * features. */
void target_choose(const struct choice_weights *w, const struct choice_input *statement,
		   struct stance_input *in);

#endif
