/* How far the name of a body goes on: "Progressive Party of Working People", "Ministry of Trade and
 * Industry". */
#ifndef DEMARCHE_EXTRACT_ENTITY_BODY_NAME_H
#define DEMARCHE_EXTRACT_ENTITY_BODY_NAME_H

#include "extract/entity/entities.h"

/* The end of the longest name in the table of bodies (holders.h) that begins at token i, of two
 * words or more; i for none. */
uint32_t body_name_known(const struct entities *es, uint32_t i);
/* The end of a name whose words in capitals end at `end`: further on where they end in a noun for
 * bodies that "of", "for" or "on" goes on from. */
uint32_t body_name_end(const struct entities *es, uint32_t first, uint32_t end);

#endif
