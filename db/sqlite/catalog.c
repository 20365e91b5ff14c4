/* Actors and issues: by key for a page of statements, by name, in lists. */
#include <stdlib.h>
#include <string.h>

#include "db/sqlite/reader.h"

/* --- what a reader remembers
 * --------------------------------------------------------------------------------------- */

/* Columns as one allocation that outlives the row; the views point into it. */
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
			    .cap_sub = sqlite3_column_int(st, 4)};
	i->is_open = sqlite3_column_int(st, 5);
	struct str *const views[] = {&i->id, &i->label, &i->parent};
	return keep_columns(st, (const int[]){0, 1, 2}, views, 3);
}

static int load(struct reader *r, struct remembered *m, int64_t key, bool is_issue, struct err *e)
{
	sqlite3_stmt *st = r->st[is_issue ? R_ISSUE_NAME : R_ACTOR_NAME];
	free(m->bytes);
	*m = (struct remembered){0};
	sqlite3_bind_int64(st, 1, key);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_DB, NULL, "%s %lld is missing",
					 is_issue ? "issue" : "actor", (long long)key);
	m->bytes = is_issue ? keep_issue(st, &m->is.issue) : keep_actor(st, &m->is.actor);
	sqlite3_reset(st);
	if (!m->bytes)
		return err_set(e, ERR_DB, NULL, "out of memory");
	m->key = key;
	m->generation = r->generation;
	return 0;
}

static struct remembered *remember(struct reader *r, int64_t key, bool is_issue, struct err *e)
{
	struct remembered *m = (is_issue ? r->issues : r->actors) + (uint64_t)key % NAMES;
	bool holds = m->key == key && ((r->knows_generation && m->generation == r->generation) ||
				       m->call == r->calls);
	if (!holds && load(r, m, key, is_issue, e))
		return NULL;
	/* An odd number never equals an even snapshot's: good for this call only. */
	if (!holds && !r->knows_generation)
		m->generation = UINT64_MAX;
	return m;
}

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

const struct actor *reader_actor(struct reader *r, int64_t key, struct arena *a, struct err *e)
{
	struct remembered *m = remember(r, key, false, e);
	if (!m || (m->copy && m->call == r->calls))
		return m ? m->copy : NULL;
	struct actor *copy = arena_alloc(a, sizeof *copy);
	if (copy)
		*copy = m->is.actor;
	if (!copy || !copy_views(a,
				 (struct str *const[]){&copy->id, &copy->name, &copy->country,
						       &copy->wikidata},
				 4)) {
		arena_full(e);
		return NULL;
	}
	m->copy = copy;
	m->call = r->calls;
	return copy;
}

const struct issue *reader_issue(struct reader *r, int64_t key, struct arena *a, struct err *e)
{
	struct remembered *m = remember(r, key, true, e);
	if (!m || (m->copy && m->call == r->calls))
		return m ? m->copy : NULL;
	struct issue *copy = arena_alloc(a, sizeof *copy);
	if (copy)
		*copy = m->is.issue;
	if (!copy ||
	    !copy_views(a, (struct str *const[]){&copy->id, &copy->label, &copy->parent}, 3)) {
		arena_full(e);
		return NULL;
	}
	m->copy = copy;
	m->call = r->calls;
	return copy;
}

/* --- rows of actors and issues
 * ------------------------------------------------------------------------------------- */

static int copy_column(sqlite3_stmt *st, int at, struct arena *a, struct str *out, struct err *e)
{
	*out = sql_copy(st, at, a);
	return out->p ? 0 : arena_full(e);
}

static int read_actor(sqlite3_stmt *st, struct arena *a, struct actor_match *m, struct err *e)
{
	*m = (struct actor_match){.key = sqlite3_column_int64(st, 0)};
	m->actor.kind = (enum actor_kind)sqlite3_column_int(st, 3);
	m->actor.statement_count = (uint32_t)sqlite3_column_int64(st, 6);
	return copy_column(st, 1, a, &m->actor.id, e) || copy_column(st, 2, a, &m->actor.name, e) ||
			       copy_column(st, 4, a, &m->actor.country, e) ||
			       copy_column(st, 5, a, &m->actor.wikidata, e) ||
			       copy_column(st, ACTOR_COLUMN_COUNT, a, &m->alias, e)
		       ? -1
		       : 0;
}

static int read_issue(sqlite3_stmt *st, struct arena *a, struct issue_match *m, struct err *e)
{
	*m = (struct issue_match){.key = sqlite3_column_int64(st, 0)};
	m->issue.cap_major = sqlite3_column_int(st, 4);
	m->issue.cap_sub = sqlite3_column_int(st, 5);
	m->issue.is_open = sqlite3_column_int(st, 6);
	m->issue.statement_count = (uint32_t)sqlite3_column_int64(st, 7);
	m->issue.is_edited = sqlite3_column_int(st, 8);
	return copy_column(st, 1, a, &m->issue.id, e) ||
			       copy_column(st, 2, a, &m->issue.label, e) ||
			       copy_column(st, 3, a, &m->issue.parent, e) ||
			       copy_column(st, ISSUE_COLUMN_COUNT, a, &m->alias, e)
		       ? -1
		       : 0;
}

/* The strings of one column over all rows. */
static int read_strs(sqlite3_stmt *st, int64_t key, struct arena *a, struct strs *out,
		     struct err *e)
{
	struct str *v = NULL;
	size_t n = 0, cap = 0;
	sqlite3_bind_int64(st, 1, key);
	int row;
	while ((row = sql_row(st, e)) > 0) {
		if (arena_grow(a, (void **)&v, &cap, n + 1, sizeof *v) ||
		    copy_column(st, 0, a, &v[n], e)) {
			sqlite3_reset(st);
			return arena_full(e);
		}
		n++;
	}
	*out = (struct strs){v, n};
	return row;
}

static day_t column_day(sqlite3_stmt *st, int at)
{
	return sqlite3_column_type(st, at) == SQLITE_NULL ? DAY_NONE
							  : (day_t)sqlite3_column_int(st, at);
}

static int read_roles(struct reader *r, int64_t key, struct arena *a, struct actor *out,
		      struct err *e)
{
	sqlite3_stmt *st = r->st[R_ROLES];
	struct role *v = NULL;
	size_t n = 0, cap = 0;
	sqlite3_bind_int64(st, 1, key);
	int row;
	while ((row = sql_row(st, e)) > 0) {
		if (arena_grow(a, (void **)&v, &cap, n + 1, sizeof *v)) {
			sqlite3_reset(st);
			return arena_full(e);
		}
		v[n] = (struct role){.from = column_day(st, 2), .to = column_day(st, 3)};
		if (copy_column(st, 0, a, &v[n].title, e) ||
		    copy_column(st, 1, a, &v[n].country, e)) {
			sqlite3_reset(st);
			return -1;
		}
		n++;
	}
	out->roles = v;
	out->n_roles = n;
	return row;
}

static int complete_actors(struct reader *r, struct arena *a, struct actor_matches *m,
			   struct err *e)
{
	for (size_t i = 0; i < m->n; i++)
		if (read_strs(r->st[R_ALIASES], m->v[i].key, a, &m->v[i].actor.aliases, e) ||
		    read_roles(r, m->v[i].key, a, &m->v[i].actor, e))
			return -1;
	return 0;
}

/* What a user gave, line by line. */
static int edited_terms(struct reader *r, int64_t key, struct arena *a, struct strs *out,
			struct err *e)
{
	struct strs whole;
	struct str *v = NULL, term;
	size_t n = 0, cap = 0;
	if (read_strs(r->st[R_EDITED_TERMS], key, a, &whole, e))
		return -1;
	for (struct str rest = whole.n ? whole.v[0] : STR_EMPTY; str_split(&rest, '\n', &term);
	     n++) {
		if (arena_grow(a, (void **)&v, &cap, n + 1, sizeof *v))
			return arena_full(e);
		v[n] = term;
	}
	*out = (struct strs){v, n};
	return 0;
}

int complete_issues(struct reader *r, struct arena *a, struct issue_matches *m, struct err *e)
{
	for (size_t i = 0; i < m->n; i++) {
		struct issue *is = &m->v[i].issue;
		if (is->is_edited ? edited_terms(r, m->v[i].key, a, &is->terms, e)
				  : read_strs(r->st[R_TERMS], m->v[i].key, a, &is->terms, e))
			return -1;
	}
	return 0;
}

/* Runs a bound statement whose rows are ACTOR_COLUMNS and what matched. */
static int take_actors(sqlite3_stmt *st, struct arena *a, struct actor_matches *out, struct err *e)
{
	size_t cap = 0;
	*out = (struct actor_matches){0};
	int row;
	while ((row = sql_row(st, e)) > 0) {
		if (arena_grow(a, (void **)&out->v, &cap, out->n + 1, sizeof *out->v) ||
		    read_actor(st, a, &out->v[out->n], e)) {
			sqlite3_reset(st);
			return arena_full(e);
		}
		out->n++;
	}
	return row;
}

int take_issues(sqlite3_stmt *st, struct arena *a, struct issue_matches *out, struct err *e)
{
	size_t cap = 0;
	*out = (struct issue_matches){0};
	int row;
	while ((row = sql_row(st, e)) > 0) {
		if (arena_grow(a, (void **)&out->v, &cap, out->n + 1, sizeof *out->v) ||
		    read_issue(st, a, &out->v[out->n], e)) {
			sqlite3_reset(st);
			return arena_full(e);
		}
		out->n++;
	}
	return row;
}

int reader_known_issues(struct reader *r, struct arena *a, struct keys *out, struct err *e)
{
	int64_t *v = NULL;
	size_t n = 0, cap = 0;
	sqlite3_stmt *st = r->st[R_KNOWN_ISSUES];
	int row;
	while ((row = sql_row(st, e)) > 0) {
		if (arena_grow(a, (void **)&v, &cap, n + 1, sizeof *v)) {
			sqlite3_reset(st);
			return arena_full(e);
		}
		v[n++] = sqlite3_column_int64(st, 0);
	}
	*out = (struct keys){v, n};
	return row;
}

bool keys_have(struct keys rising, int64_t key)
{
	size_t from = 0, to = rising.n;
	while (from < to) {
		size_t mid = (from + to) / 2;
		if (rising.v[mid] < key)
			from = mid + 1;
		else
			to = mid;
	}
	return from < rising.n && rising.v[from] == key;
}

/* --- by name
 * -------------------------------------------------------------------------------------------------
 */

int store_find_actors(struct reader *r, struct str name, struct arena *a, struct actor_matches *out,
		      struct err *e)
{
	if (reader_call(r, e))
		return -1;
	sql_bind_str(r->st[R_FIND_ACTORS], 1, name);
	return take_actors(r->st[R_FIND_ACTORS], a, out, e);
}

int store_find_issues(struct reader *r, struct str name, struct arena *a, struct issue_matches *out,
		      struct err *e)
{
	if (reader_call(r, e))
		return -1;
	sql_bind_str(r->st[R_FIND_ISSUES], 1, name);
	return take_issues(r->st[R_FIND_ISSUES], a, out, e);
}

int store_issues_by_cap(struct reader *r, int code, struct arena *a, struct issue_matches *out,
			struct err *e)
{
	enum { FIRST_SUB = 100 };
	if (reader_call(r, e))
		return -1;
	sqlite3_stmt *st = r->st[code < FIRST_SUB ? R_ISSUES_OF_MAJOR : R_ISSUES_OF_SUB];
	sqlite3_bind_int64(st, 1, code);
	return take_issues(st, a, out, e);
}

int store_actor(struct reader *r, struct str id, struct arena *a, struct actor_match *out,
		struct err *e)
{
	struct actor_matches found;
	if (reader_call(r, e))
		return -1;
	sql_bind_str(r->st[R_ACTOR], 1, id);
	if (take_actors(r->st[R_ACTOR], a, &found, e) || complete_actors(r, a, &found, e))
		return -1;
	if (!found.n)
		return err_set(e, ERR_NOT_FOUND, NULL, "there is no actor \"%.*s\"", STR_ARG(id));
	*out = found.v[0];
	return 0;
}

int store_issue(struct reader *r, struct str id, struct arena *a, struct issue_match *out,
		struct err *e)
{
	struct issue_matches found;
	if (reader_call(r, e))
		return -1;
	sql_bind_str(r->st[R_ISSUE], 1, id);
	if (take_issues(r->st[R_ISSUE], a, &found, e) || complete_issues(r, a, &found, e))
		return -1;
	if (!found.n)
		return err_set(e, ERR_NOT_FOUND, NULL, "there is no issue \"%.*s\"", STR_ARG(id));
	*out = found.v[0];
	return 0;
}

/* --- lists
 * -------------------------------------------------------------------------------------------------
 */

enum { LIST_MAX = 1000 };

static int list_limit(const struct name_query *q)
{
	return q->limit < 1 ? 1 : q->limit > LIST_MAX ? LIST_MAX : q->limit;
}

/* One row more than asked for tells whether there is a next page. */
static int bind_list(sqlite3_stmt *st, const struct name_query *q, struct arena *a, struct err *e)
{
	struct str text = arena_printf(a, " %.*s", STR_ARG(q->text));
	if (!text.p)
		return arena_full(e);
	sql_bind_str(st, 1, q->after);
	sqlite3_bind_int64(st, 2, q->kind);
	sql_bind_str(st, 3, q->country);
	sqlite3_bind_int64(st, 4, q->with_statements);
	sql_bind_str(st, 5, text);
	sqlite3_bind_int64(st, 6, list_limit(q) + 1);
	return 0;
}

int store_actors(struct reader *r, const struct name_query *q, struct arena *a,
		 struct actor_matches *out, struct str *next, struct err *e)
{
	sqlite3_stmt *st = r->st[q->text.n ? R_ACTORS_NAMED : R_ACTORS];
	if (reader_call(r, e) || bind_list(st, q, a, e) || take_actors(st, a, out, e))
		return -1;
	size_t limit = (size_t)list_limit(q);
	*next = out->n > limit ? out->v[limit - 1].actor.id : STR_EMPTY;
	out->n = out->n > limit ? limit : out->n;
	return complete_actors(r, a, out, e);
}

int store_issues(struct reader *r, const struct name_query *q, struct arena *a,
		 struct issue_matches *out, struct str *next, struct err *e)
{
	sqlite3_stmt *st = r->st[q->text.n ? R_ISSUES_NAMED : R_ISSUES];
	if (reader_call(r, e) || bind_list(st, q, a, e) || take_issues(st, a, out, e))
		return -1;
	size_t limit = (size_t)list_limit(q);
	*next = out->n > limit ? out->v[limit - 1].issue.id : STR_EMPTY;
	out->n = out->n > limit ? limit : out->n;
	return complete_issues(r, a, out, e);
}
