/* Links the persons and bodies of a text to the tables: not by a look-up of the name alone, but by
 * a ranking of all who bear it, over name, titles, office on the article's day, countries of the
 * text and importance. Whom the evidence does not reach stays the text's own. */
#ifndef DEMARCHE_EXTRACT_ENTITY_LINKING_H
#define DEMARCHE_EXTRACT_ENTITY_LINKING_H

#include "extract/entity/jurisdiction.h"
#include "extract/entity/post.h"

/* Gives the entities of a text that the gazetteer does not know their actors; posts are found
 * before (post.h). 0, or -1 when the arena is full, as below. */
int linking_link(struct jurisdiction *j) MUST_CHECK;
/* The same for somebody whom only a title, a byline or a label names, by a whole name, and with the
 * words before it. */
int linking_link_named(struct entities *es, uint32_t index, const struct text *t,
		       struct range name) MUST_CHECK;
/* The entity that is this person of the table, made when new; of the gazetteer where that has the
 * person, too. */
int linking_entity(struct entities *es, uint32_t holder, uint32_t *index) MUST_CHECK;
/* The id of this person of the table where it is not one of the gazetteer; p is NULL
 * when the arena is full. */
struct str linking_holder_id(const struct gazetteer *g, uint32_t holder,
			     struct arena *a) MUST_CHECK;
/* Does the actor by its roles hold such a post on the article's day, for the post's country where
 * that is told? */
bool linking_has_post(const struct entities *es, const struct actor *a, const struct post *post);
/* The person who held a post on the article's day; MAP_NONE where the tables do not name exactly
 * one for a post of exactly these words, body and country. *entity: the entity, made when new. */
int linking_holder_of(struct entities *es, const struct post *post, uint32_t *entity) MUST_CHECK;
/* The same by the key of a title (holders.h): in a country of the gazetteer, and where none is
 * told. The day must be known for the second. */
int linking_holder_in(struct entities *es, uint64_t key, uint32_t country,
		      uint32_t *entity) MUST_CHECK;
int linking_holder_at_home(struct entities *es, uint64_t key, uint32_t *entity) MUST_CHECK;
/* The same of who speaks in the text by the post: of the country of which it speaks far more than
 * of any other one where such a post was held. */
int linking_holder_who_speaks(struct entities *es, uint64_t key, uint32_t *entity) MUST_CHECK;
/* The country for which somebody (or NULL) holds an office on the day, of any kind, or held and
 * will hold all of theirs; MAP_NONE for none. */
uint32_t linking_country_of(const struct entities *es, const struct actor *who);

#endif
