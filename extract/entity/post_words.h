/* Posts in titles, bylines and outlets, which are no sentences and have no trees: "Statement by the
 * Prime Minister", "PM's closing remarks", "Office of the President of Kenya". */
#ifndef DEMARCHE_EXTRACT_ENTITY_POST_WORDS_H
#define DEMARCHE_EXTRACT_ENTITY_POST_WORDS_H

#include "extract/entity/resolution.h"

/* Who held the post whose words start at token i of t, on the article's day, in the country that
 * stands with it, else at home; *end: the token behind post and country, i for none. 1, 0 for
 * nobody whom the tables know, or -1 when the arena is full. */
int post_words_holder(struct entities *es, const struct text *t, uint32_t i, struct referent *out,
		      uint32_t *end) MUST_CHECK;
/* Whose speech a title tells that names a post and no person: who held it, else the post itself;
 * nobody's where it is somebody else's ("by the President's spokesman"). As above. */
int post_words_in_title(struct entities *es, const struct text *t, struct referent *out) MUST_CHECK;
/* The same of an outlet or author that is somebody's office. */
int post_words_as_outlet(struct entities *es, const struct text *t,
			 struct referent *out) MUST_CHECK;

#endif
