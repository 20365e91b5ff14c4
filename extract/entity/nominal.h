/* Descriptions without a name: "the officer", "his wife", "U.S. officials", "a company". In the
 * article's arena; one thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_NOMINAL_H
#define DEMARCHE_EXTRACT_ENTITY_NOMINAL_H

#include "extract/entity/entities.h"

/* If a description has its head at token i: fills in *out with its span and whom it means, and
 * returns 1; 0 when there is none, -1 when the arena is full. To be called for each token in the
 * order of the text; pronouns before it have their references. */
int nominal_at(struct entities *es, uint32_t i, struct reference *out) MUST_CHECK;

#endif
