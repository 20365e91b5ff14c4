/* Posts without a name beside them ("the Ugandan energy minister", "the minister"): whom they mean,
 * and the actor that a post is where nobody can be told: one for a post, country and body, however
 * the text words it. In the article's arena; one thread. */
#ifndef DEMARCHE_EXTRACT_ENTITY_ROLE_H
#define DEMARCHE_EXTRACT_ENTITY_ROLE_H

#include "extract/entity/entities.h"

/* Is the noun at a token that of a post? */
bool role_is_noun(const struct text *t, uint32_t head);
/* Whom a post means whose words begin at `first` and whose noun is at `head`: the person that the
 * text names in it, before or after; else who held exactly it on the article's day; else who it was
 * called so before; else the post itself. A post at a place means the same whenever it is asked
 * for. *entity: MAP_NONE where nothing is left of it. 0, or -1 when the arena is full. */
int role_resolve(struct entities *es, uint32_t first, uint32_t head, uint32_t *entity) MUST_CHECK;

#endif
