/* The names of a text, and the entities that they belong to. */
#ifndef DEMARCHE_EXTRACT_ENTITY_NAMES_H
#define DEMARCHE_EXTRACT_ENTITY_NAMES_H

#include "extract/entity/entities.h"

/* Fills in the mentions of names in the order of the text, and their entities. 0, or -1 when the
 * arena is full. */
int names_find(struct entities *es) MUST_CHECK;

#endif
