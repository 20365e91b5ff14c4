/* What both passes over the names of a text share: the parts, titles and gender of a name, and the
 * mention that is made of it. One thread; -1 where the arena is full. */
#ifndef DEMARCHE_EXTRACT_ENTITY_NAME_MENTION_H
#define DEMARCHE_EXTRACT_ENTITY_NAME_MENTION_H

#include "extract/entity/entities.h"

/* First and last token of the name that hyphens join to the one at i: "Ocasio-Cortez" is one
 * surname. */
uint32_t name_joint_first(const struct text *t, uint32_t i);
uint32_t name_joint_last(const struct text *t, uint32_t i);
uint64_t name_key_of(const struct text *t, uint32_t first, uint32_t last);
/* First token of the titles (and nationality) right before a name, none before `low`: "spokesman
 * Ned Price", "Chinese Foreign Minister Wang Yi". */
uint32_t name_titles_before(const struct entities *es, uint32_t first, uint32_t low);
/* 'm', 'f' or 0: a title from `outer` on tells it ("Queen", "Sister Mary"), else the given name. */
char name_gender(const struct entities *es, uint32_t outer, uint32_t first, uint32_t last);
/* What a name is by its weights (name_type.h). */
enum actor_kind name_actor_kind(const float *w);

/* From here on this word alone means the entity. */
int name_note_full(struct entities *es, uint32_t entity, uint64_t surname) MUST_CHECK;
/* Adds a mention behind those that are there; tells from the tags around whether it is a subject.
 */
int name_add_mention(struct entities *es, struct mention m) MUST_CHECK;

#endif
