/* The second pass over the names of a text: single names. */
#ifndef DEMARCHE_EXTRACT_ENTITY_LONE_NAMES_H
#define DEMARCHE_EXTRACT_ENTITY_LONE_NAMES_H

#include "extract/entity/entities.h"

/* Finds them when the full names are found, and brings all mentions into the order of the text. 0,
 * or -1 when the arena or the budget is used up. */
int lone_names_find(struct entities *es) MUST_CHECK;

#endif
