/* Texts that one person speaks or signs from end to end: remarks, a statement, a column. Who that
 * is stands in the title ("Remarks by Ann Lee") or in the article's field `author`. */
#ifndef DEMARCHE_EXTRACT_ENTITY_MONOLOGUE_H
#define DEMARCHE_EXTRACT_ENTITY_MONOLOGUE_H

#include "extract/entity/resolution.h"

enum monologue_form { MONOLOGUE_NONE, MONOLOGUE_SPOKEN, MONOLOGUE_WRITTEN };

/* Is all of a text one person's, and whose? Spoken: it is told and the text is in the first person,
 * or its author holds an office and is nowhere spoken of; or it opens as a speech does ("Madam
 * Speaker, I rise"). Written: in the first person, and signed or without the words of others. Where
 * nobody is told out->actor is the country that says "we", or NULL. *first: the token with which it
 * starts. -1 when the arena is full. */
int monologue_find(struct entities *es, const struct article *article, struct referent *out,
		   uint32_t *first) MUST_CHECK;
/* The public body that issues a text, its author or outlet; out->actor is NULL where neither is one
 * or several issue it. 0 or -1 as above. */
int issuer_find(struct entities *es, const struct article *article,
		struct referent *out) MUST_CHECK;

#endif
