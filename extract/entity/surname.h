/* Whom a surname that stands alone means: by a post or a country beside it, by an office that was
 * held on the article's day for a country of which the text speaks; never by fame. One thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_SURNAME_H
#define DEMARCHE_EXTRACT_ENTITY_SURNAME_H

#include "extract/entity/claim.h"

struct surname_bearer {
	uint32_t known;	 /* a person of the gazetteer, or MAP_NONE */
	uint32_t holder; /* a row of the table of holders, or MAP_NONE; given where it is found by
			    the name as a whole */
	bool by_office;	 /* nothing stood beside it */
};

void surname_bearer(const struct jurisdiction *j, const struct claim *c, const struct entity *e,
		    struct surname_bearer *b);

/* The same of a whole name that the tables write otherwise ("Geoffrey Hoon"), by
 * its surname and first letter: who held a post of more than a noun that day. */
void surname_bearer_in_post(const struct jurisdiction *j, const struct claim *c,
			    const struct entity *e, struct surname_bearer *b);

/* Is a name the end of a whole one, in whatever letters: "VAN HOLLEN" of Chris Van Hollen? */
bool surname_ends(struct str whole, struct str name);

#endif
