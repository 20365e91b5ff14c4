/* Groups named. */
#include "db/sqlite/count_group.h"

static int read_actor(struct reader *r, int64_t key, struct arena *a, const struct actor **out,
		      struct err *e)
{
	*out = key ? name_cache_actor(&r->names, key, a, e) : NULL;
	return key && !*out ? -1 : 0;
}

static int read_outlet(struct reader *r, int64_t key, struct arena *a, struct str *out,
		       struct err *e)
{
	sqlite3_stmt *st = r->st[R_OUTLET_NAME];
	if (!key)
		return 0;
	sqlite3_bind_int64(st, 1, key);
	int row = sql_row(st, e);
	if (row > 0)
		*out = sql_copy(st, 0, a);
	sqlite3_reset(st);
	return row < 0 ? -1 : out->p ? 0 : arena_full(e);
}

int count_group_fill(struct reader *r, const struct group_count *g, struct arena *a,
		     struct count_group *out, struct err *e)
{
	const struct group_key *k = &g->key;
	*out = (struct count_group){.outlet = STR_EMPTY,
				    .position = k->position,
				    .act = k->act,
				    .kind = k->kind,
				    .polarity = k->polarity,
				    .from = k->from,
				    .count = g->count};
	if (read_actor(r, k->speaker, a, &out->speaker, e) ||
	    read_actor(r, k->country, a, &out->country, e) ||
	    read_actor(r, k->target, a, &out->target, e) ||
	    read_outlet(r, k->outlet, a, &out->outlet, e))
		return -1;
	out->issue = k->issue ? name_cache_issue(&r->names, k->issue, a, e) : NULL;
	return k->issue && !out->issue ? -1 : 0;
}
