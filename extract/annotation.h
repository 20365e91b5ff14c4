/* What was read of an article as lists of spans in code points, for those who look at the reading
 * itself. */
#ifndef DEMARCHE_EXTRACT_ANNOTATION_H
#define DEMARCHE_EXTRACT_ANNOTATION_H

#include "extract/analysis.h"

/* Fills in all but `found`, from a reading whose statements are made. 0, or -1 when the arena is
 * full. */
int annotation_make(struct analysis *r, struct annotation *out) MUST_CHECK;

#endif
