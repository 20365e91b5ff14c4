/* When a statement was made: the time expression in the clause of its cue. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_SAID_ON_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_SAID_ON_H

#include "extract/attribution/attribution.h"
#include "extract/time/time.h"

/* Finds the expression between the cue, its source and the ends of its clause that belongs to the
 * cue by the tree, never inside of the content and never after the day the text was written on.
 * *where is RANGE_NONE when there is none. Strings in *out point into the text and into `times`,
 * which must live as long. Pure. */
void said_on_find(const struct text *t, const struct time_list *times, const struct attribution *at,
		  struct said_on *out, struct range *where);
/* Is a phrase nothing but time expressions and prepositions? "spoke on Friday" says nothing. */
bool time_covers(const struct text *t, const struct time_list *times, struct range phrase);

#endif
