/* The names that a phrase may use, asked of the store. */
#include "api/query/phrase.h"

#include "base/fold.h"

struct store_names {
	struct reader *r;
	struct arena *a;
};

static int has_actor(void *context, struct str name, struct err *e)
{
	struct store_names *s = context;
	struct actor_matches found = {0};
	struct str folded = str_fold(s->a, name);
	if (!folded.p)
		return arena_full(e);
	if (folded.n && store_find_actors(s->r, folded, s->a, &found, e))
		return -1;
	return found.n ? NAME_ESTABLISHED : NAME_UNKNOWN;
}

static int has_issue(void *context, struct str name, struct err *e)
{
	struct store_names *s = context;
	struct issue_matches found = {0};
	struct str folded = str_fold(s->a, name);
	if (!folded.p)
		return arena_full(e);
	if (folded.n && store_find_issues(s->r, folded, s->a, &found, e))
		return -1;
	int known = NAME_UNKNOWN;
	for (size_t i = 0; i < found.n && known != NAME_ESTABLISHED; i++)
		known = found.v[i].issue.is_open ? NAME_OPEN : NAME_ESTABLISHED;
	return known;
}

int phrase_names_of_store(struct reader *r, struct arena *a, struct phrase_names *out,
			  struct err *e)
{
	struct store_names *s = arena_alloc(a, sizeof *s);
	if (!s)
		return arena_full(e);
	*s = (struct store_names){r, a};
	*out = (struct phrase_names){has_actor, has_issue, s};
	return 0;
}
