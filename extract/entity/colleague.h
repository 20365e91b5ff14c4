/* "My hon. Friend", "the noble Lord", "the hon. Lady" in a parliament: whom it means. Any thread.
 */
#ifndef DEMARCHE_EXTRACT_ENTITY_COLLEAGUE_H
#define DEMARCHE_EXTRACT_ENTITY_COLLEAGUE_H

#include "extract/entity/entities.h"

/* The entity who spoke in the turn before, for a friend near the beginning of this one; MAP_NONE
 * where the phrase is none such, or says itself whom it means. */
uint32_t colleague_meant(const struct entities *es, uint32_t first, uint32_t head);

#endif
