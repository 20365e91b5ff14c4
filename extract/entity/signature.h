/* Who speaks or signs a whole text, by its own lines; RANGE_NONE where none tells. */
#ifndef DEMARCHE_EXTRACT_ENTITY_SIGNATURE_H
#define DEMARCHE_EXTRACT_ENTITY_SIGNATURE_H

#include "extract/entity/resolution.h"

/* Behind "Delivered by:" or "Speaker:", else the only name with a post in the first lines: "Ann
 * Lee, Minister for Ports", or "Ann Lee" above "Minister for Ports". */
struct range signature_head(const struct entities *es);
/* With a post in a line above the paragraph of token `at`: "FROM THE PRIME MINISTER, MR. HAROLD
 * HOLT". */
struct range signature_above(const struct entities *es, uint32_t at);
/* A name behind a farewell, or alone in the last two lines. */
struct range signature_below(const struct entities *es);

#endif
