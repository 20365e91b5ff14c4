/* Persons as labels, titles and bylines write them, which are no sentences and have no trees. */
#ifndef DEMARCHE_EXTRACT_ENTITY_PERSON_WORDS_H
#define DEMARCHE_EXTRACT_ENTITY_PERSON_WORDS_H

#include "extract/entity/resolution.h"

/* Words of a name, at most. */
enum { PERSON_WORDS_MAX = 5 };

/* A word of a title or post, or an article: "the", "Prime", "Mr." */
bool person_word_is_title(const struct text *t, uint32_t i);
/* May a word stand before a surname: "Ned" or "J." before "Price"? */
bool person_word_is_given(const struct entities *es, const struct text *t, uint32_t i);
/* The name that starts at token i: two capital words or more, no post, the first of them a given
 * name or an initial, or any word of no language behind a post, "by" or a colon. RANGE_NONE else.
 */
struct range person_words_at(const struct entities *es, const struct text *t, uint32_t i);
/* First token from i on that is neither a title nor what stands between titles and a name. */
uint32_t person_words_behind_titles(const struct text *t, uint32_t i);
/* Sets out->actor to the person with a full name or a surname, `t` being the text that it stands in
 * (the article's, or its title's): made when new, with a name in capitals written small. 1, 0 where
 * nothing of a name is left, or -1 when the arena is full. */
int person_words_name(struct entities *es, const struct text *t, struct range r,
		      struct referent *out) MUST_CHECK;
/* The same for the words of a post, whose holder nobody names: an actor without a name. */
int person_words_post(struct entities *es, const struct text *t, struct range r,
		      struct referent *out) MUST_CHECK;

#endif
