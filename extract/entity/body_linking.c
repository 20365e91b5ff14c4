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
