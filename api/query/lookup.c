/* What was asked is kept in the order in which it was asked: a question has some dozens of names,
 * and at most PHRASE_WORDS_MAX times PHRASE_NAME_WORDS_MAX of either kind. */
#include "api/query/lookup.h"

#include "base/fold.h"
#include "db/record_names.h"

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

static int store_outlet_named(void *context, struct str name, struct arena *a, struct str *out,
			      struct err *e)
{
	return store_find_outlet(context, name, a, out, e);
}

static int store_near(void *context, struct str name, struct arena *a, struct str *out,
		      struct err *e)
{
	return store_near_name(context, name, a, out, e);
}

static int store_initials(void *context, struct str name, struct arena *a, struct str *out,
			  struct err *e)
{
	return store_initials_name(context, name, a, out, e);
}

static int store_given(void *context, struct str name, struct arena *a, struct actor_matches *out,
		       struct err *e)
{
	return store_find_given(context, name, a, out, e);
}

static int store_word(void *context, struct str word, bool *out, struct err *e)
{
	return store_has_word(context, word, out, e);
}

struct lookup lookup_in_store(struct reader *r, struct arena *a)
{
	struct name_source source = {.actors = store_actors_named,
				     .issues = store_issues_named,
				     .outlet = store_outlet_named,
				     .near = store_near,
				     .initials = store_initials,
				     .given = store_given,
				     .has_word = store_word,
				     .context = r};
	return lookup_in(source, a);
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

static int fold(struct lookup *l, struct str name, struct str *out, struct err *e)
{
	*out = str_fold(l->arena, name);
	return out->p ? 0 : arena_full(e);
}

int lookup_outlet(struct lookup *l, struct str name, struct str *out, struct err *e)
{
	struct str folded;
	*out = STR_EMPTY;
	if (!l->source.outlet || fold(l, name, &folded, e))
		return l->source.outlet ? -1 : 0;
	return folded.n ? l->source.outlet(l->source.context, folded, l->arena, out, e) : 0;
}

int lookup_near(struct lookup *l, struct str name, struct str *out, struct err *e)
{
	struct str folded;
	*out = STR_EMPTY;
	if (!l->source.near || fold(l, name, &folded, e))
		return l->source.near ? -1 : 0;
	return folded.n ? l->source.near(l->source.context, folded, l->arena, out, e) : 0;
}

int lookup_initials(struct lookup *l, struct str name, struct str *out, struct err *e)
{
	struct str folded;
	*out = STR_EMPTY;
	if (!l->source.initials || fold(l, name, &folded, e))
		return l->source.initials ? -1 : 0;
	return folded.n ? l->source.initials(l->source.context, folded, l->arena, out, e) : 0;
}

int lookup_given(struct lookup *l, struct str name, struct actor_matches *out, struct err *e)
{
	struct str folded;
	*out = (struct actor_matches){0};
	if (!l->source.given || fold(l, name, &folded, e))
		return l->source.given ? -1 : 0;
	return folded.n ? l->source.given(l->source.context, folded, l->arena, out, e) : 0;
}

int lookup_word(struct lookup *l, struct str word, bool *out, struct err *e)
{
	struct str folded;
	*out = true;
	if (!l->source.has_word || fold(l, word, &folded, e))
		return l->source.has_word ? -1 : 0;
	return folded.n ? l->source.has_word(l->source.context, folded, out, e) : 0;
}
