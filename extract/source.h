/* Who may have said it: the subject before a verb, or after it where what was said stands in front. Ranges are of items. */
#ifndef DEMARCHE_EXTRACT_SOURCE_H
#define DEMARCHE_EXTRACT_SOURCE_H

#include "extract/relation.h"

/* The subject before a finite verb group that starts at `first`, with its apposition; `before` when the verb only goes on from
 * an earlier one ("and", a comma); RANGE_NONE when there is none. *who: last item of the name or antecedent where the range
 * goes on or is a relative word, else PHRASE_NONE. */
struct range source_left(const struct view *v, uint32_t first, struct range before, uint32_t *who);
/* "said Blinken": the phrase after the verb. */
struct range source_right(const struct view *v, uint32_t head);
/* "Trump on Tuesday": the item before an expression of time that ends at `last`, or `last`. */
uint32_t source_before_adjunct(const struct view *v, uint32_t last);

#endif
