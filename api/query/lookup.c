/* What was asked is kept in the order in which it was asked: a question has some dozens of names,
 * and at most PHRASE_WORDS_MAX times PHRASE_NAME_WORDS_MAX of either kind. */
#include "api/query/lookup.h"

#include "base/fold.h"

struct lookup_entry {
	uint64_t hash; /* of the folded name */
	struct str name;
	bool is_issue;
	struct actor_matches actors;
	struct issue_matches issues;
};

static int store_actors_named(void *context, struct str name, struct arena *a,
			      struct actor_matches *out, struct err *e)
{
	return store_find_actors(context, name, a, out, e);
}

static int store_issues_named(void *context, struct str name, struct arena *a,
			      struct issue_matches *out, struct err *e)
{
	return store_find_issues(context, name, a, out, e);
}

struct lookup lookup_in_store(struct reader *r, struct arena *a)
{
	return lookup_in((struct name_source){store_actors_named, store_issues_named, r}, a);
}

struct lookup lookup_in(struct name_source source, struct arena *a)
{
	return (struct lookup){.source = source, .arena = a};
}

static const struct lookup_entry *recall(const struct lookup *l, const struct lookup_entry *asked)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->v[i].hash == asked->hash && l->v[i].is_issue == asked->is_issue &&
		    str_eq(l->v[i].name, asked->name))
			return &l->v[i];
	return NULL;
}

/* Fills in what `asked` lacks: its matches. */
static int look_up(struct lookup *l, struct str name, struct lookup_entry *asked, struct err *e)
{
	asked->name = str_fold(l->arena, name);
	if (!asked->name.p)
		return arena_full(e);
	if (asked->name.n == 0)
		return 0;
	asked->hash = str_hash(asked->name);
	const struct lookup_entry *known = recall(l, asked);
	if (known) {
		*asked = *known;
		return 0;
	}
	const struct name_source *s = &l->source;
	if (asked->is_issue ? s->issues(s->context, asked->name, l->arena, &asked->issues, e)
			    : s->actors(s->context, asked->name, l->arena, &asked->actors, e))
		return -1;
	if (arena_grow(l->arena, (void **)&l->v, &l->cap, l->n + 1, sizeof *l->v))
		return arena_full(e);
	l->v[l->n++] = *asked;
	return 0;
}

int lookup_actors(struct lookup *l, struct str name, struct actor_matches *out, struct err *e)
{
	struct lookup_entry asked = {.is_issue = false};
	int rc = look_up(l, name, &asked, e);
	*out = asked.actors;
	return rc;
}

int lookup_issues(struct lookup *l, struct str name, struct issue_matches *out, struct err *e)
{
	struct lookup_entry asked = {.is_issue = true};
	int rc = look_up(l, name, &asked, e);
	*out = asked.issues;
	return rc;
}
