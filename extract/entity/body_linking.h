/* Links the names of bodies to the table of holders: of several that bear a name that of the
 * country which the text is about. In the article's arena; one thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_BODY_LINKING_H
#define DEMARCHE_EXTRACT_ENTITY_BODY_LINKING_H

#include "extract/entity/jurisdiction.h"

/* Gives an entity the body of the table that it names, if there is one; a body that was named
 * otherwise before takes it in. 0, or -1 when the arena is full. */
int body_link(struct jurisdiction *j, uint32_t index) MUST_CHECK;
/* Bodies of the text's own go by the country right before their names, too: "Press Agency" is the
 * Saudi Press Agency where it is called so, and the text names none of another country by these
 * words. 0, or -1 when the arena is full. */
int bodies_take_countries(struct entities *es) MUST_CHECK;

#endif
