/* Which posts the actors of the gazetteer hold on a day, and who holds a post. */
#include "extract/entity/gazetteer.h"

bool role_is_held(const struct role *r, day_t day)
{
	return day == DAY_NONE ||
	       ((r->from == DAY_NONE || r->from <= day) && (r->to == DAY_NONE || day <= r->to));
}

bool actor_has_role(const struct actor *a, struct str title, day_t day)
{
	for (size_t i = 0; i < a->n_roles; i++)
		if (role_is_held(&a->roles[i], day) &&
		    str_find(a->roles[i].title, title, 0) != SIZE_MAX)
			return true;
	return false;
}

/* A post speaks for a country that it is held in, or through one of its bodies; an ambassador's
 * does wherever it is held. */
static bool post_speaks(const struct gazetteer *g, const struct role *r, struct str country)
{
	if (str_starts(r->title, STR("opposition")) || str_starts(r->title, STR("labour")))
		return false;
	if (str_eq(r->country, country) || str_starts(r->title, STR("ambassador")))
		return true;
	const struct actor *body = gazetteer_find(g, r->country);
	return body && str_eq(body->country, country);
}

bool gazetteer_speaks_for_country(const struct gazetteer *g, const struct actor *a, day_t day)
{
	for (size_t i = 0; i < a->n_roles; i++)
		if (role_is_held(&a->roles[i], day) && post_speaks(g, &a->roles[i], a->country))
			return true;
	return false;
}

struct str actor_post(const struct actor *a, day_t day)
{
	for (size_t i = 0; day != DAY_NONE && i < a->n_roles; i++)
		if (role_is_held(&a->roles[i], day))
			return a->roles[i].title;
	return STR_EMPTY;
}

const struct actor *gazetteer_holder(const struct gazetteer *g, struct str title, struct str of,
				     day_t day)
{
	const struct actor *found = NULL;
	if (day == DAY_NONE)
		return NULL;
	for (size_t i = 0; i < g->n_actors; i++) {
		const struct actor *a = &g->actors[i];
		for (size_t k = 0; k < a->n_roles; k++) {
			const struct role *r = &a->roles[k];
			if (!str_eq(r->title, title) || !str_eq(r->country, of) ||
			    !role_is_held(r, day) || found == a)
				continue;
			if (found)
				return NULL;
			found = a;
		}
	}
	return found;
}

uint32_t gazetteer_titled(const struct gazetteer *g, uint64_t surname, const struct text *t,
			  struct range post, day_t day)
{
	uint32_t found = MAP_NONE;
	struct str title = STR_EMPTY;
	for (uint32_t i = post.first; range_is(post) && i <= post.last; i++)
		if (text_is_in(t, i, SET_POST_IN_TITLE))
			title = text_lower(t, i);
	for (uint32_t k = 0; title.n && k < g->n_actors; k++) {
		if (g->persons[k].surname != surname || !actor_has_role(&g->actors[k], title, day))
			continue;
		if (found != MAP_NONE)
			return MAP_NONE;
		found = k;
	}
	return found;
}
