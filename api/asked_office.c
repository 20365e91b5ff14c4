/* The newest statements that the reading finds; those who are known to be another's are excluded by
 * name, and the answer shows it. */
#include "api/asked_office.h"

enum { LOOKED_AT = 60, EXCLUDED_MAX = 12 };

int asked_office_country(struct asked *k, const struct phrase *p, struct str *country,
			 struct err *e)
{
	struct actor_matches found;
	*country = STR_EMPTY;
	if (!p->office.name.n)
		return 0;
	if (lookup_actors(&k->names, p->office.name, &found, e))
		return -1;
	if (found.n && found.v[0].actor.kind == ACTOR_COUNTRY)
		*country = found.v[0].actor.id;
	return 0;
}

static bool is_foreign(const struct actor *a, struct str country)
{
	struct str own = a->kind == ACTOR_COUNTRY ? a->id : a->country;
	return own.n && !str_eq(own, country);
}

static bool is_excluded(const struct phrase *p, struct str value)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->terms[i].given.value, value))
			return true;
	return false;
}

int asked_office(struct request *rq, struct reader *r, struct asked *k, struct phrase *p,
		 struct err *e)
{
	struct statement_list list = {0};
	struct str country;
	int64_t next;
	if (asked_take(rq, r, k, p, e) || asked_office_country(k, p, &country, e))
		return -1;
	struct statement_query some = k->filter.q;
	some.limit = LOOKED_AT;
	if (!country.n || some.is_void)
		return 0;
	if (store_statements(r, &some, rq->arena, &list, &next, e))
		return -1;
	size_t n = p->n;
	for (size_t i = 0; i < list.n && p->n < n + EXCLUDED_MAX && p->n < PHRASE_TERMS_MAX; i++) {
		const struct actor *a = list.v[i].speaker;
		if (!a || !is_foreign(a, country))
			continue;
		struct str value = arena_printf(rq->arena, "!%.*s", STR_ARG(a->id));
		if (!value.p)
			return arena_full(e);
		if (!is_excluded(p, value))
			p->terms[p->n++] = (struct phrase_term){STR("speaker"), {.value = value}};
	}
	return p->n > n ? asked_take(rq, r, k, p, e) : 0;
}
