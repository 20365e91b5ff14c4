/* Quotations that no cue in their own sentence has taken. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_QUOTATION_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_QUOTATION_H

#include "extract/attribution/attribution.h"

/* Joins them to attributions: as further parts of one, or as attributions of their own that carry
 * the speaker of another on. Then puts all in the order of the text. 0, or -1 when the arena is
 * full or its budget spent. */
int attributions_join_quotes(const struct text *t, struct arena *a,
			     struct attributions *all) MUST_CHECK;

#endif
