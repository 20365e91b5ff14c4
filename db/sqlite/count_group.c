/* Groups named. */
#include "db/sqlite/count_group.h"

static int read_actor(struct reader *r, int64_t key, struct arena *a, const struct actor **out,
		      struct err *e)
{
	*out = key ? name_cache_actor(&r->names, key, a, e) : NULL;
	return key && !*out ? -1 : 0;
}

int count_group_fill(struct reader *r, const struct group_count *g, const struct outlet_numbers *o,
		     struct arena *a, struct count_group *out, struct err *e)
{
	const struct group_key *k = &g->key;
	*out = (struct count_group){.outlet = outlet_name(o, k->outlet),
				    .position = k->position,
				    .act = k->act,
				    .kind = k->kind,
				    .polarity = k->polarity,
				    .from = k->from,
				    .count = g->count};
	if (read_actor(r, k->speaker, a, &out->speaker, e) ||
	    read_actor(r, k->country, a, &out->country, e) ||
	    read_actor(r, k->target, a, &out->target, e))
		return -1;
	out->issue = k->issue ? name_cache_issue(&r->names, k->issue, a, e) : NULL;
	return k->issue && !out->issue ? -1 : 0;
}
