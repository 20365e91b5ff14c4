/* What a reader remembers between its snapshots, and what it has copied in this call. */
#include "db/sqlite/name_cache.h"

#include <stdlib.h>
#include <string.h>

struct cached_name {
	int64_t key;
	uint64_t generation; /* of the store's names, when it was read */
	uint64_t call;	     /* the call for which `copy` was made */
	void *copy;	     /* in that call's arena */
	char *bytes;	     /* ours: all strings of the row */
	union {
		struct actor actor;
		struct issue issue;
	} is;
};

int name_cache_init(struct name_cache *c, size_t slots, sqlite3_stmt *actor, sqlite3_stmt *issue,
		    struct err *e)
{
	*c = (struct name_cache){.actor = actor, .issue = issue, .slots = slots};
	c->actors = calloc(slots, sizeof *c->actors);
	c->issues = calloc(slots, sizeof *c->issues);
	return c->actors && c->issues ? 0 : err_set(e, ERR_DB, NULL, "out of memory");
}

static void release(struct cached_name *v, size_t slots)
{
	for (size_t i = 0; v && i < slots; i++)
		free(v[i].bytes);
	free(v);
}

void name_cache_release(struct name_cache *c)
{
	release(c->actors, c->slots);
	release(c->issues, c->slots);
	*c = (struct name_cache){0};
}

void name_cache_snapshot(struct name_cache *c, uint64_t before, uint64_t after)
{
	c->generation = before;
	c->knows_generation = before % 2 == 0 && after == before;
}

void name_cache_call(struct name_cache *c)
{
	c->calls++;
}

/* --- rows that outlive their statement --- */

/* Columns as one allocation; the views point into it. */
static char *keep_columns(sqlite3_stmt *st, const int *columns, struct str *const *views, int n)
{
	size_t room = 1;
	for (int i = 0; i < n; i++)
		room += sql_column(st, columns[i]).n;
	char *bytes = malloc(room), *p = bytes;
	for (int i = 0; i < n && bytes; i++) {
		struct str s = sql_column(st, columns[i]);
		memcpy(p, s.p, s.n);
		*views[i] = (struct str){p, s.n};
		p += s.n;
	}
	return bytes;
}

static char *keep_actor(sqlite3_stmt *st, struct actor *a)
{
	*a = (struct actor){.kind = (enum actor_kind)sqlite3_column_int(st, 2)};
	struct str *const views[] = {&a->id, &a->name, &a->country, &a->wikidata};
	return keep_columns(st, (const int[]){0, 1, 3, 4}, views, 4);
}

static char *keep_issue(sqlite3_stmt *st, struct issue *i)
{
	*i = (struct issue){.cap_major = sqlite3_column_int(st, 3),
			    .cap_sub = sqlite3_column_int(st, 4),
			    .is_open = sqlite3_column_int(st, 5),
			    .kind = (enum issue_kind)sqlite3_column_int(st, 6)};
	struct str *const views[] = {&i->id, &i->label, &i->parent};
	return keep_columns(st, (const int[]){0, 1, 2}, views, 3);
}

static int load(struct name_cache *c, struct cached_name *n, int64_t key, bool is_issue,
		struct err *e)
{
	sqlite3_stmt *st = is_issue ? c->issue : c->actor;
	free(n->bytes);
	*n = (struct cached_name){0};
	sqlite3_bind_int64(st, 1, key);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_DB, NULL, "%s %lld is missing",
					 is_issue ? "issue" : "actor", (long long)key);
	n->bytes = is_issue ? keep_issue(st, &n->is.issue) : keep_actor(st, &n->is.actor);
	sqlite3_reset(st);
	if (!n->bytes)
		return err_set(e, ERR_DB, NULL, "out of memory");
	n->key = key;
	n->generation = c->generation;
	return 0;
}

static struct cached_name *slot(const struct name_cache *c, int64_t key, bool is_issue)
{
	return (is_issue ? c->issues : c->actors) + (uint64_t)key % c->slots;
}

bool name_cache_holds(const struct name_cache *c, int64_t key, bool is_issue)
{
	const struct cached_name *n = slot(c, key, is_issue);
	bool is_current = c->knows_generation && n->generation == c->generation;
	return n->key == key && (is_current || n->call == c->calls);
}

static struct cached_name *find(struct name_cache *c, int64_t key, bool is_issue, struct err *e)
{
	struct cached_name *n = slot(c, key, is_issue);
	bool holds = name_cache_holds(c, key, is_issue);
	if (!holds && load(c, n, key, is_issue, e))
		return NULL;
	/* An odd number never equals an even snapshot's: good for this call only. */
	if (!holds && !c->knows_generation)
		n->generation = UINT64_MAX;
	return n;
}

/* --- copies --- */

static bool copy_views(struct arena *a, struct str *const *views, int n)
{
	for (int i = 0; i < n; i++) {
		if (views[i]->n)
			*views[i] = arena_str(a, *views[i]);
		if (!views[i]->p)
			return false;
	}
	return true;
}

static struct actor *copy_actor(const struct actor *from, struct arena *a)
{
	struct actor *copy = arena_alloc(a, sizeof *copy);
	if (!copy)
		return NULL;
	*copy = *from;
	struct str *const views[] = {&copy->id, &copy->name, &copy->country, &copy->wikidata};
	return copy_views(a, views, 4) ? copy : NULL;
}

static struct issue *copy_issue(const struct issue *from, struct arena *a)
{
	struct issue *copy = arena_alloc(a, sizeof *copy);
	if (!copy)
		return NULL;
	*copy = *from;
	struct str *const views[] = {&copy->id, &copy->label, &copy->parent};
	return copy_views(a, views, 3) ? copy : NULL;
}

static void *remember_copy(struct name_cache *c, struct cached_name *n, void *copy, struct err *e)
{
	if (!copy) {
		arena_full(e);
		return NULL;
	}
	n->copy = copy;
	n->call = c->calls;
	return copy;
}

const struct actor *name_cache_actor(struct name_cache *c, int64_t key, struct arena *a,
				     struct err *e)
{
	struct cached_name *n = find(c, key, false, e);
	if (!n || (n->copy && n->call == c->calls))
		return n ? n->copy : NULL;
	return remember_copy(c, n, copy_actor(&n->is.actor, a), e);
}

const struct issue *name_cache_issue(struct name_cache *c, int64_t key, struct arena *a,
				     struct err *e)
{
	struct cached_name *n = find(c, key, true, e);
	if (!n || (n->copy && n->call == c->calls))
		return n ? n->copy : NULL;
	return remember_copy(c, n, copy_issue(&n->is.issue, a), e);
}
