/* Actors as persons gave them, put into the gazetteer beside those of the tables or in their place.
 *
 * A taught actor is what was said of it, whole: its name, kind, country, posts, and other names.
 * One of the tables loses the names that were taken from it and keeps what else these know.
 *
 * Its names link as carefully as those of the tables. A name that the tables give to another actor
 * stays with that one; one that several were taught means none of them by itself; a full name that
 * another one of the world's office holders bears is left to the ranking of linking.h. Of a person
 * a single word is a name where it cannot be a given name, anybody's surname, or a part of the
 * person's own full name; else it means the person where the text has the full name, too. */
#ifndef DEMARCHE_EXTRACT_ENTITY_TAUGHT_H
#define DEMARCHE_EXTRACT_ENTITY_TAUGHT_H

#include "extract/entity/gazetteer.h"

enum { TAUGHT_MAX = 2000 };

/* Right after gazetteer_open, with the same lexicon. The last n_yielding of the actors, which are
 * the same as others, take only names that nobody else bears. The actors must outlive the
 * gazetteer. 0, or -1 with *e: ERR_TOO_LARGE, for more than TAUGHT_MAX or a full arena. */
int gazetteer_teach(struct gazetteer *g, const struct lexicon *lx, const struct actor *v, size_t n,
		    size_t n_yielding, struct err *e) MUST_CHECK;

#endif
