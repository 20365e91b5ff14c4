/* The record of a legislature's sitting, in which members go by surname alone ("Mr. OBEY. Mr.
 * Speaker, ..."): of which country it is, and which member a name means there. One thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_SITTING_H
#define DEMARCHE_EXTRACT_ENTITY_SITTING_H

#include "extract/entity/jurisdiction.h"

/* Tells es->is_sitting; calls `link` for each entity that a label of the text's turns names, or a
 * member's title with the surname alone, and that `is_linked` says is nobody yet, with the one
 * member whom it means, if the text is such a record. 0, or -1 when `link` fails or the budget is
 * spent. */
int sitting_link(const struct jurisdiction *j, bool (*is_linked)(const struct entity *),
		 int (*link)(struct entities *, uint32_t index, uint32_t holder)) MUST_CHECK;

/* Is it the noun of "my hon. Friend", "the noble Lord"? */
bool sitting_is_colleague(const struct text *t, uint32_t head);

#endif
