/* The body that a name means, by the countries of the text. */
#include "extract/entity/body_linking.h"

#include "base/fold.h"
#include "extract/tables/key.h"

/* "Central Bank of Turkey" tells its country itself. */
static bool names_country(const struct gazetteer *g, struct str name, struct str code)
{
	const struct actor *country = gazetteer_find(g, code);
	if (!country)
		return false;
	for (size_t i = 0; i < country->aliases.n; i++)
		if (country->aliases.v[i].n > 3 &&
		    str_find(name, country->aliases.v[i], 0) != SIZE_MAX)
			return true;
	return str_find(name, country->name, 0) != SIZE_MAX;
}

/* The body of that name in the country that the text is about, or MAP_NONE. */
static uint32_t body_of(const struct jurisdiction *j, struct str name)
{
	const struct holders *h = &j->es->g->holders;
	enum { SHORT = 6 }; /* bytes: an acronym counts as it is written */
	static const float SINGLE_LEAST = 0.25f;
	uint64_t key = holder_title_key(name);
	uint32_t at = 0, body, best = MAP_NONE;
	float best_share = 0;
	bool is_single = str_find(name, STR(" "), 0) == SIZE_MAX, is_short = name.n < SHORT;
	while ((body = holders_next(h, LOOKUP_BODIES, key, &at)) != UINT32_MAX) {
		struct str rest = body_names(h, body), one;
		struct str country = holders_country(h, h->bodies[body].country);
		float share =
			names_country(j->es->g, name, country) ? 1 : jurisdiction_share(j, country);
		bool bears_name = false;
		while (!bears_name && str_split(&rest, ';', &one))
			bears_name =
				holder_title_key(one) == key && (!is_short || str_eq(one, name));
		if (bears_name && share > best_share && (!is_single || share > SINGLE_LEAST)) {
			best_share = share;
			best = body;
		}
	}
	return best;
}

int body_link(struct jurisdiction *j, uint32_t index)
{
	struct entities *es = j->es;
	const struct holders *h = &es->g->holders;
	uint32_t body = body_of(j, es->v[index].actor->name);
	if (body == MAP_NONE)
		return 0;
	const struct body_row *row = &h->bodies[body];
	struct actor *a = es->v[index].actor;
	struct str names = body_names(h, body), first = names;
	(void)str_split(&names, ';', &first);
	struct str code = str_slug(es->a, holders_country(h, row->country)),
		   slug = str_slug(es->a, first);
	struct str id = code.p && slug.p
				? arena_printf(es->a, "%.*s-%.*s", STR_ARG(code), STR_ARG(slug))
				: STR_EMPTY;
	uint32_t *at = id.n ? map_at(&es->by_id, str_hash(id), es->a) : NULL;
	if (!at)
		return -1;
	if (*at != MAP_NONE) { /* named otherwise before */
		es->v[index].joined = *at + 1;
		es->v[index].actor = es->v[*at].actor;
		return 0;
	}
	*at = index;
	struct str written = a->name;
	a->id = id;
	a->name = first;
	a->kind = ACTOR_ORGANIZATION;
	es->v[index].kind = MENTION_ORGANIZATION;
	if (row->kind != BODY_KIND_PARTY)
		a->country = holders_country(h, row->country);
	if (row->wikidata)
		a->wikidata = arena_printf(es->a, "Q%u", (unsigned)row->wikidata);
	return entities_add_alias(es, &es->v[index], written);
}

/* The country or nationality right before a name, or NULL. */
static const struct mention *country_before(const struct entities *es, const struct mention *m)
{
	bool may_be = m->first > 0 && m->outer == m->first &&
		      !(es->t->tokens[m->first].flags & TOK_PARAGRAPH_START);
	const struct mention *before = may_be ? entities_mention(es, m->first - 1) : NULL;
	return before && es->v[before->entity].actor->kind == ACTOR_COUNTRY ? before : NULL;
}

static bool is_of_text_alone(const struct entity *e)
{
	return e->kind == MENTION_ORGANIZATION && e->actor->kind == ACTOR_ORGANIZATION &&
	       e->known == MAP_NONE && e->body == MAP_NONE && !e->joined &&
	       e->actor->wikidata.n == 0 && e->actor->country.n == 0;
}

static int rename_body(struct entities *es, uint32_t index, const struct mention *country,
		       const struct mention *m)
{
	struct entity *e = &es->v[index];
	struct str name = text_range(es->t, country->first, m->last), id = str_slug(es->a, name),
		   old = e->actor->name;
	uint32_t *at = id.n ? map_at(&es->by_id, str_hash(id), es->a) : NULL;
	if (!id.p || (id.n && !at))
		return -1;
	if (!at || *at != MAP_NONE)
		return 0;
	*at = index;
	e->actor->id = id;
	e->actor->name = name;
	e->actor->country = es->v[country->entity].actor->country;
	return entities_add_alias(es, e, old);
}

int bodies_take_countries(struct entities *es)
{
	enum { SEVERAL = UINT32_MAX };
	uint32_t *with = arena_array(es->a, es->n + 1, sizeof *with); /* 1 + the first mention */
	if (!with)
		return -1;
	for (size_t i = 0; i < es->n_mentions; i++) {
		const struct mention *m = &es->mentions[i], *country = country_before(es, m);
		uint32_t *first = &with[m->entity];
		if (!country || !is_of_text_alone(&es->v[m->entity]))
			continue;
		if (*first == 0)
			*first = (uint32_t)i + 1;
		else if (*first != SEVERAL &&
			 country_before(es, &es->mentions[*first - 1])->entity != country->entity)
			*first = SEVERAL;
	}
	for (uint32_t e = 0; e < es->n; e++) {
		const struct mention *m =
			with[e] && with[e] != SEVERAL ? &es->mentions[with[e] - 1] : NULL;
		if (m && rename_body(es, e, country_before(es, m), m) < 0)
			return -1;
	}
	return 0;
}
