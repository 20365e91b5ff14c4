/* When a thing was said: the time expression in the clause of a cue. */
#ifndef DEMARCHE_EXTRACT_ATTRIBUTION_SAID_ON_H
#define DEMARCHE_EXTRACT_ATTRIBUTION_SAID_ON_H

#include "extract/attribution/attribution.h"
#include "extract/time/time.h"

/* Looks between the cue, its source and the ends of its clause; never inside the content. *where is
 * RANGE_NONE when nothing is found. Strings in *out point into the text and into `times`, which
 * must live as long. */
/* Is a phrase nothing but a time expression? "spoke on Friday" says nothing. */
bool time_covers(const struct text *t, const struct time_list *times, struct range phrase);
void said_on_find(const struct text *t, const struct time_list *times, const struct attribution *r,
		  struct said_on *out, struct range *where);

#endif
