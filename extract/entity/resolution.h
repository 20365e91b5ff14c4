/* Whom a phrase means: names, posts, descriptions and pronouns as sources and addressees. */
#ifndef DEMARCHE_EXTRACT_ENTITY_RESOLUTION_H
#define DEMARCHE_EXTRACT_ENTITY_RESOLUTION_H

#include "extract/entity/named_phrase.h"

/* `head`: the last token of the name where the phrase goes on with an apposition or a relative, or
 * TOKEN_NONE. `inside`: the speaker of the quotation that the phrase stands in, or NULL. */
int entities_resolve(struct entities *es, struct range phrase, uint32_t head,
		     const struct actor *inside, struct referent *out) MUST_CHECK;
/* An actor named within a phrase, for targets: a country, an organization or a person; NULL when
 * there is none. */
const struct actor *entities_named(const struct entities *es, struct range phrase,
				   struct range *where);
/* May this actor of the entities be spoken of as he ('m') or she ('f')? */
bool entities_gender_fits(const struct entities *es, const struct actor *a, char gender);

#endif
