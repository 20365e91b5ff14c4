/* The stance of a statement: what the speaker does by saying it, for or against what, towards whom. */
#ifndef DEMARCHE_EXTRACT_STANCE_H
#define DEMARCHE_EXTRACT_STANCE_H

#include "extract/entity/cast.h"

/* Fills ->stance, ->polarity, ->modality and the target's span of *out. 0, or -1 when the arena is full. */
int stance_find(const struct cast *c, const struct relation *r, struct statement *out, struct arena *a) MUST_CHECK;

#endif
