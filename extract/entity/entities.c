/* How entities come to be, and what is asked of them. */
#include "extract/entity/entities.h"

/* --- entities --------------------------------------------------------------------------------- */

int entities_add_alias(struct entities *c, struct entity *m, struct str alias)
{
	if (alias.n == 0 || str_eq(alias, m->actor->name))
		return 0;
	for (size_t i = 0; i < m->n_aliases; i++)
		if (str_eq(m->aliases[i], alias))
			return 0;
	if (m->n_aliases >= 40)
		return 0;
	if (arena_grow(c->a, (void **)&m->aliases, &m->cap_aliases, m->n_aliases + 1,
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

static int add_entity(struct entities *c, struct actor a, uint32_t *index)
{
	if (arena_grow(c->a, (void **)&c->v, &c->cap, c->n + 1, sizeof *c->v) < 0)
		return -1;
	struct actor *copy = arena_alloc(c->a, sizeof *copy);
	uint32_t *at = copy ? map_at(&c->by_id, str_hash(a.id), c->a) : NULL;
	if (!at)
		return -1;
	*copy = a;
	*index = (uint32_t)c->n;
	*at = *index;
	struct entity *m = &c->v[c->n++];
	*m = (struct entity){
		.actor = copy, .known = MAP_NONE, .kind = (uint8_t)kind_of_actor(a.kind)};
	for (size_t i = 0; i < a.aliases.n; i++)
		if (entities_add_alias(c, m, a.aliases.v[i]) < 0)
			return -1;
	return 0;
}

int entities_of_known(struct entities *c, uint32_t known, uint32_t *index)
{
	uint32_t *at = map_at(&c->by_known, (uint64_t)known + 2, c->a);
	if (!at)
		return -1;
	if (*at != MAP_NONE) {
		*index = *at;
		return 0;
	}
	const struct person *p = &c->g->persons[known];
	if (add_entity(c, c->g->actors[known], index) < 0)
		return -1;
	*map_at(&c->by_known, (uint64_t)known + 2, c->a) = *index;
	struct entity *m = &c->v[*index];
	m->known = known;
	if (m->actor->kind == ACTOR_PERSON &&
	    !gazetteer_speaks_for_country(c->g, &c->g->actors[known], c->day))
		m->actor->country = STR_EMPTY;
	m->gender = p->gender;
	m->surname = p->surname;
	m->surname_text = p->surname_text;
	return 0;
}

int entities_get(struct entities *c, struct str id, struct str name, enum actor_kind kind,
		 struct str country, uint32_t *index)
{
	uint32_t at = map_get(&c->by_id, str_hash(id));
	if (at != MAP_NONE) {
		*index = at;
		return 0;
	}
	return add_entity(
		c, (struct actor){.id = id, .name = name, .kind = kind, .country = country}, index);
}

size_t entities_mention_after(const struct entities *c, uint32_t token)
{
	size_t low = 0, high = c->n_mentions;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (c->mentions[mid].first < token)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

int entities_finish(struct entities *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct entity *m = &c->v[i];
		if (m->surname_text.n && entities_add_alias(c, m, m->surname_text) < 0)
			return -1;
		m->actor->aliases = (struct strs){m->aliases, m->n_aliases};
	}
	return 0;
}
