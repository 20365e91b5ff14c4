/* Attributions inside of others: "Lee said [that Fox had warned of the winter]". */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_NESTING_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_NESTING_H

#include "extract/attribution/attribution.h"

/* Marks those whose cue and content lie within the content of a likelier one. 0, or -1 when the
 * arena is full or its budget spent. */
int attributions_mark_nested(const struct text *t, struct arena *a,
			     struct attributions *all) MUST_CHECK;

#endif
