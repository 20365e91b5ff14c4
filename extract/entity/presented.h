/* Whom a release presents before it gives his words: "Congressman Lee took to the floor today. His
 * full remarks are below." */
#ifndef DEMARCHE_EXTRACT_ENTITY_PRESENTED_H
#define DEMARCHE_EXTRACT_ENTITY_PRESENTED_H

#include "extract/entity/resolution.h"

/* The one person that the title starts with, where the head of the text names her in full, speaks
 * of her words (remarks, a letter), and does not come back to her; or whom the title calls by a
 * post or with a colon behind the name, and the text not at all. *first: the token with which her
 * words start. 1, 0 for nobody (`out` and *first are as they were), or -1 when the arena is full.
 */
int presented_find(struct entities *es, const struct text *title, struct referent *out,
		   uint32_t *first) MUST_CHECK;

#endif
