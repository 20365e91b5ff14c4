/* Who of a text's persons bears a surname or a first name that stands alone. One thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_BEARER_H
#define DEMARCHE_EXTRACT_ENTITY_BEARER_H

#include "extract/entity/entities.h"

/* A name that stands alone. */
struct lone_name {
	uint64_t key;
	uint32_t token; /* its first */
	char gender;	/* m or f where a title tells it, else 0 */
};

/* The bearer among those named so far: the one whose gender is the title's, who is spoken of in the
 * paragraph or the one before, and who is spoken of most; a surname goes before a first name. Looks
 * at the mentions before `n_full`, which are in the order of the text, and at those from `from` on;
 * then at those between, the next one first, and at whoever was named so anywhere. MAP_NONE for
 * nobody. */
uint32_t bearer_of_lone_name(const struct entities *es, const struct lone_name *name, size_t n_full,
			     size_t from);

#endif
