/* Texts that one person speaks or signs from end to end: remarks, a statement, a column. Who that
 * is stands in the title ("Remarks by Ann Lee") or in the article's field `author`. */
#ifndef DEMARCHE_EXTRACT_ENTITY_MONOLOGUE_H
#define DEMARCHE_EXTRACT_ENTITY_MONOLOGUE_H

#include "extract/entity/resolution.h"

/* Whose words all of a text is; out->actor is NULL unless it is told and the text speaks in the
 * first person, or its author holds an office and is nowhere spoken of. 0, or -1 when the arena is
 * full. */
int monologue_find(struct entities *es, const struct article *article,
		   struct referent *out) MUST_CHECK;
/* The public body that issues a text, its author or outlet; out->actor is NULL where neither is one
 * or several issue it. 0 or -1 as above. */
int issuer_find(struct entities *es, const struct article *article,
		struct referent *out) MUST_CHECK;

#endif
