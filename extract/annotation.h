/* What the steps found in an article, as lists of spans in code points. */
#ifndef DEMARCHE_EXTRACT_ANNOTATION_H
#define DEMARCHE_EXTRACT_ANNOTATION_H

#include "extract/analysis.h"

/* Fills in all but `found`, from an analysis whose statements are made. Lives in the arena of its
 * entities. 0, or -1 when that is full. */
int annotation_make(const struct analysis *an, struct annotation *out) MUST_CHECK;

#endif
