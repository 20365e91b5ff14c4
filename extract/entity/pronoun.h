/* Whom "it" and "they" mean, among the entities and references before them. One thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_PRONOUN_H
#define DEMARCHE_EXTRACT_ENTITY_PRONOUN_H

#include "extract/entity/entities.h"

/* Does the "it" at a token stand for nobody: "it is clear that"? */
bool pronoun_is_empty(const struct text *t, uint32_t i);
/* The entity that "they" or "it" at a token means, or MAP_NONE. */
uint32_t pronoun_they(const struct entities *es, uint32_t i);
uint32_t pronoun_it(const struct entities *es, uint32_t i);

#endif
