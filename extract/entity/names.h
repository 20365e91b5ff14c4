/* Inside of the cast: names.c finds the names of a text and asks cast.c for the members that they
 * belong to. */
#ifndef DEMARCHE_EXTRACT_ENTITY_NAMES_H
#define DEMARCHE_EXTRACT_ENTITY_NAMES_H

#include "extract/entity/entities.h"

/* Fills in the mentions of names in the order of the text, and their members. 0, or -1 when the
 * arena is full, as all of these. */
int names_find(struct cast *c) MUST_CHECK;

/* The member that is this actor of the gazetteer, made when new. */
int cast_member_of_known(struct cast *c, uint32_t known, uint32_t *index) MUST_CHECK;
/* Nothing happens where the member is known to have that name. */
int cast_add_alias(struct cast *c, struct member *m, struct str alias) MUST_CHECK;

#endif
