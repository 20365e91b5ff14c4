/* How entities come to be, and what is asked of them. */
#include "extract/entity/entities.h"

/* --- entities --------------------------------------------------------------------------------- */

int entities_add_alias(struct entities *es, struct entity *m, struct str alias)
{
	if (alias.n == 0 || str_eq(alias, m->actor->name))
		return 0;
	for (size_t i = 0; i < m->n_aliases; i++)
		if (str_eq(m->aliases[i], alias))
			return 0;
	if (m->n_aliases >= 40)
		return 0;
	if (arena_grow(es->a, (void **)&m->aliases, &m->cap_aliases, m->n_aliases + 1,
		       sizeof *m->aliases) < 0)
		return -1;
	m->aliases[m->n_aliases++] = alias;
	return 0;
}

static enum mention_kind kind_of_actor(enum actor_kind k)
{
	return k == ACTOR_PERSON || k == ACTOR_ANONYMOUS ? MENTION_PERSON
	       : k == ACTOR_COUNTRY			 ? MENTION_COUNTRY
	       : k == ACTOR_GROUP			 ? MENTION_GROUP
							 : MENTION_ORGANIZATION;
}

static int add_entity(struct entities *es, struct actor a, uint32_t *index)
{
	if (arena_grow(es->a, (void **)&es->v, &es->cap, es->n + 1, sizeof *es->v) < 0)
		return -1;
	struct actor *copy = arena_alloc(es->a, sizeof *copy);
	uint32_t *at = copy ? map_at(&es->by_id, str_hash(a.id), es->a) : NULL;
	if (!at)
		return -1;
	*copy = a;
	*index = (uint32_t)es->n;
	*at = *index;
	struct entity *m = &es->v[es->n++];
	*m = (struct entity){.actor = copy,
			     .known = MAP_NONE,
			     .holder = MAP_NONE,
			     .body = MAP_NONE,
			     .kind = (uint8_t)kind_of_actor(a.kind)};
	for (size_t i = 0; i < a.aliases.n; i++)
		if (entities_add_alias(es, m, a.aliases.v[i]) < 0)
			return -1;
	return 0;
}

int entities_of_known(struct entities *es, uint32_t known, uint32_t *index)
{
	uint32_t *at = map_at(&es->by_known, (uint64_t)known + 2, es->a);
	if (!at)
		return -1;
	if (*at != MAP_NONE) {
		*index = *at;
		return 0;
	}
	const struct person *p = &es->g->persons[known];
	if (add_entity(es, es->g->actors[known], index) < 0)
		return -1;
	*map_at(&es->by_known, (uint64_t)known + 2, es->a) = *index;
	struct entity *m = &es->v[*index];
	m->known = known;
	if (m->actor->kind == ACTOR_PERSON &&
	    !gazetteer_speaks_for_country(es->g, &es->g->actors[known], es->day))
		m->actor->country = STR_EMPTY;
	m->gender = p->gender;
	m->surname = p->surname;
	m->surname_text = p->surname_text;
	return 0;
}

int entities_get(struct entities *es, struct str id, struct str name, enum actor_kind kind,
		 struct str country, uint32_t *index)
{
	uint32_t at = map_get(&es->by_id, str_hash(id));
	if (at != MAP_NONE) {
		*index = at;
		return 0;
	}
	return add_entity(es,
			  (struct actor){.id = id, .name = name, .kind = kind, .country = country},
			  index);
}

size_t entities_mention_after(const struct entities *es, uint32_t token)
{
	size_t low = 0, high = es->n_mentions;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (es->mentions[mid].first < token)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

int entities_finish(struct entities *es)
{
	for (size_t i = 0; i < es->n; i++) {
		struct entity *m = &es->v[i];
		if (m->joined)
			continue;
		if (m->surname_text.n && entities_add_alias(es, m, m->surname_text) < 0)
			return -1;
		m->actor->aliases = (struct strs){m->aliases, m->n_aliases};
	}
	return 0;
}
