/* From struct statement_query to a plan. */
#include "db/sqlite/planner.h"

#include "db/facets.h"
#include "db/id.h"
#include "db/sqlite/plan_conditions.h"
#include "db/sqlite/plan_driver.h"

enum { LIMIT_MAX = 10000 };

/* An article's list has the uncounted statements, too, but most have no facets to be asked by. */
static bool lists_uncounted(const struct statement_query *q)
{
	return q->article && !q->changed_after && !q->speakers.n && !q->issues.n &&
	       !q->not_speakers.n && !q->not_issues.n;
}

/* Of an actor without members the actor alone is the same (db/facets.h). */
static int plain_speakers(struct reader *r, struct keys *v, struct arena *a, struct err *e)
{
	int64_t *plain = arena_array(a, v->n, sizeof *plain);
	if (!plain)
		return arena_full(e);
	for (size_t i = 0; i < v->n; i++) {
		plain[i] = v->v[i];
		if (!(v->v[i] & 1))
			continue;
		struct err unknown = {0};
		const struct actor *actor = name_cache_actor(&r->names, v->v[i] / 2, a, &unknown);
		if (actor && !facets_has_members(actor))
			plain[i]--;
	}
	v->v = plain;
	return 0;
}

int plan_make_by(struct reader *r, const struct statement_query *q, enum driver driver,
		 struct arena *a, struct plan *p, struct err *e)
{
	struct statement_query *own = arena_alloc(a, sizeof *own);
	if (!own)
		return arena_full(e);
	*own = *q;
	*p = (struct plan){
		.q = own, .a = a, .is_empty = q->is_void, .lists_uncounted = lists_uncounted(q)};
	plan_walk(p, driver);
	p->leaves_uncounted =
		driver == BY_TEXT && q->nested == NESTED_LEFT_OUT && !p->lists_uncounted;
	p->limit = q->limit < 1 ? 1 : q->limit > LIMIT_MAX ? LIMIT_MAX : q->limit;
	/* An article's list goes by ordinals: what it comes after is no id. */
	id_bounds(q->published_after, q->published_before, q->oldest_first,
		  q->article ? 0 : q->after, &p->above, &p->below);
	return plan_find_sources(r, q, &p->asks_sources, e) ||
			       plain_speakers(r, &own->speakers, a, e) ||
			       plain_speakers(r, &own->not_speakers, a, e) ||
			       plan_set_ranges(p, e) || plan_add_conditions(p, e)
		       ? -1
		       : 0;
}

int plan_make(struct reader *r, const struct statement_query *q, struct arena *a, struct plan *p,
	      struct err *e)
{
	enum driver driver;
	return plan_choose_driver(r, q, &driver, e) || plan_make_by(r, q, driver, a, p, e) ? -1 : 0;
}
