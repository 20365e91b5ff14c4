/* Whom a statement is directed at, or is for or against. */
#ifndef DEMARCHE_EXTRACT_STANCE_TARGET_H
#define DEMARCHE_EXTRACT_STANCE_TARGET_H

#include "extract/stance/stance_input.h"

/* Sets in->target and the statement's target to who it may be: before the act. */
void target_find(struct stance_input *in);
/* With the act known, drops the target again where nothing says that it is meant, and else sets the
 * position towards it: nobody is made up. */
void target_keep(struct stance_input *in);

#endif
