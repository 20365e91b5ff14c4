/* Inside of the entities: names.c finds the names of a text and asks entities.c for the entities
 * that they belong to. */
#ifndef DEMARCHE_EXTRACT_ENTITY_NAMES_H
#define DEMARCHE_EXTRACT_ENTITY_NAMES_H

#include "extract/entity/entities.h"

/* Fills in the mentions of names in the order of the text, and their entities. 0, or -1 when the
 * arena is full, as all of these. */
int names_find(struct entities *c) MUST_CHECK;

/* The entity that is this actor of the gazetteer, made when new. */
int entities_of_known(struct entities *c, uint32_t known, uint32_t *index) MUST_CHECK;
/* Nothing happens where the entity is known to have that name. */
int entities_add_alias(struct entities *c, struct entity *m, struct str alias) MUST_CHECK;

#endif
