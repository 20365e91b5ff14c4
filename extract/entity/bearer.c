/* The ranking of those who bear a name. */
#include "extract/entity/bearer.h"

#include "extract/syntax/labels.h"

enum { REACH = 100, MOST = 8 }; /* mentions back; persons of one name */

struct bearer {
	uint32_t entity, last; /* token of the last mention */
	uint32_t subject;      /* of the last one that was a subject, or MAP_NONE */
	uint32_t first;
	unsigned n; /* mentions */
};

struct bearers {
	struct bearer v[MOST];
	size_t n;
};

static bool is_fit(const struct entities *es, uint32_t entity, const struct lone_name *name)
{
	const struct entity *e = &es->v[entity];
	return (e->surname == name->key || e->given == name->key) &&
	       (!name->gender || !e->gender || e->gender == name->gender);
}

static bool is_subject(const struct text *t, const struct mention *m)
{
	for (uint32_t i = m->first; i <= m->last; i++)
		if (deprel_universal(t->tokens[i].deprel) == DEPREL_NSUBJ)
			return true;
	return m->is_subject;
}

/* Mentions come from the last one backwards. */
static void note(const struct entities *es, const struct mention *m, struct bearers *all)
{
	size_t i = 0;
	while (i < all->n && all->v[i].entity != m->entity)
		i++;
	if (i == MOST)
		return;
	struct bearer *b = &all->v[i];
	if (i == all->n) {
		*b = (struct bearer){m->entity, m->first, MAP_NONE, m->first, 0};
		all->n++;
	}
	b->n++;
	b->last = m->first > b->last ? m->first : b->last;
	b->first = m->first < b->first ? m->first : b->first;
	if ((b->subject == MAP_NONE || b->subject < m->first) && is_subject(es->t, m))
		b->subject = m->first;
}

static void look_back(const struct entities *es, const struct lone_name *name, size_t from,
		      size_t to, struct bearers *all)
{
	for (size_t i = to, steps = 0; i-- > from && steps < REACH; steps++)
		if (is_fit(es, es->mentions[i].entity, name))
			note(es, &es->mentions[i], all);
}

/* Set by hand on unseen news: whom the paragraph is about before whom it names in passing ("His
 * parents, Robert and Ruth Reed, ... Reed said"). */
static float score(const struct entities *es, const struct lone_name *name,
		   const struct bearers *all, const struct bearer *b)
{
	static const float GENDER = 4, SURNAME = 1, HERE = 1.2f, NEAR = 0.6f, LAST = 0.4f,
			   FIRST = 0.5f, OFTEN = 0.4f;
	const struct entity *e = &es->v[b->entity];
	uint32_t paragraph = text_paragraph(es->t, name->token);
	bool is_last = true, is_first = true;
	for (size_t i = 0; i < all->n; i++) {
		is_last = is_last && all->v[i].last <= b->last;
		is_first = is_first && all->v[i].first >= b->first;
	}
	uint32_t about = b->subject == MAP_NONE ? MAP_NONE : text_paragraph(es->t, b->subject);
	return (name->gender && e->gender == name->gender ? GENDER : 0) +
	       (e->surname == name->key ? SURNAME : 0) +
	       (about == paragraph	 ? HERE
		: about + 1 == paragraph ? NEAR
					 : 0) +
	       (is_last ? LAST : 0) + (is_first ? FIRST : 0) + OFTEN * (float)(b->n < 4 ? b->n : 4);
}

/* The one person of the text with the surname, though the given name made one think of the other
 * gender: "Ms. Epstein" where Lee Epstein is the only one. */
static uint32_t only_bearer(const struct entities *es, const struct lone_name *name, size_t to)
{
	uint32_t only = MAP_NONE;
	for (size_t i = 0; i < to && i < REACH; i++) {
		const struct entity *e = &es->v[es->mentions[i].entity];
		if (e->surname != name->key || es->mentions[i].entity == only)
			continue;
		if (only != MAP_NONE || e->known != MAP_NONE || es->mentions[i].has_title)
			return MAP_NONE;
		only = es->mentions[i].entity;
	}
	return only;
}

uint32_t bearer_of_lone_name(const struct entities *es, const struct lone_name *name, size_t n_full,
			     size_t from)
{
	uint32_t best = map_get(&es->by_surname, name->key);
	float most = -1;
	struct bearers all = {.n = 0};
	if (best == MAP_NONE)
		return MAP_NONE;
	if (name->gender && es->v[best].gender && es->v[best].gender != name->gender)
		best = MAP_NONE;
	look_back(es, name, 0, n_full, &all);
	look_back(es, name, from, es->n_mentions, &all);
	for (size_t i = n_full; all.n == 0 && i < from && i < n_full + REACH; i++)
		if (is_fit(es, es->mentions[i].entity, name))
			return es->mentions[i].entity; /* a headline's, named in full below it */
	if (all.n == 0 && best == MAP_NONE)
		return only_bearer(es, name, from);
	for (size_t i = 0; i < all.n; i++) {
		float x = score(es, name, &all, &all.v[i]);
		if (x > most) {
			most = x;
			best = all.v[i].entity;
		}
	}
	return best;
}
