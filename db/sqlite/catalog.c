/* Rows of actors and issues. */
#include "db/sqlite/catalog.h"

#include "db/edit.h"
#include "db/record_names.h"

/* --- rows of actors and issues --- */

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
	m->actor.edit = sqlite3_column_int64(st, 7);
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
	m->issue.kind = (enum issue_kind)sqlite3_column_int(st, 9);
	m->issue.edit = sqlite3_column_int64(st, 10);
	return copy_column(st, 1, a, &m->issue.id, e) ||
			       copy_column(st, 2, a, &m->issue.label, e) ||
			       copy_column(st, 3, a, &m->issue.parent, e) ||
			       copy_column(st, ISSUE_COLUMN_COUNT, a, &m->alias, e)
		       ? -1
		       : 0;
}

int catalog_read_strs(sqlite3_stmt *st, int64_t key, struct arena *a, struct strs *out,
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

static int read_names(struct reader *r, struct arena *a, struct actor_matches *m, struct err *e)
{
	for (size_t i = 0; i < m->n; i++)
		if (catalog_read_strs(r->st[R_ALIASES], m->v[i].key, a, &m->v[i].actor.aliases,
				      e) ||
		    catalog_read_strs(r->st[R_ACTORS_MERGED], m->v[i].key, a, &m->v[i].actor.merged,
				      e) ||
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
	if (catalog_read_strs(r->st[R_EDITED_TERMS], key, a, &whole, e))
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

int catalog_read_terms(struct reader *r, struct arena *a, struct issue_matches *m, struct err *e)
{
	for (size_t i = 0; i < m->n; i++) {
		struct issue *is = &m->v[i].issue;
		if (is->is_edited
			    ? edited_terms(r, m->v[i].key, a, &is->terms, e)
			    : catalog_read_strs(r->st[R_TERMS], m->v[i].key, a, &is->terms, e))
			return -1;
		if (catalog_read_strs(r->st[R_ISSUES_MERGED], m->v[i].key, a, &is->merged, e))
			return -1;
	}
	return 0;
}

/* Runs a bound statement whose rows are ACTOR_COLUMNS and what matched. */
static int read_actors(sqlite3_stmt *st, struct arena *a, struct actor_matches *out, struct err *e)
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

int catalog_read_issues(sqlite3_stmt *st, struct arena *a, struct issue_matches *out, struct err *e)
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

int catalog_known_issues(struct reader *r, struct arena *a, struct keys *out, struct err *e)
{
	return sql_keys(r->st[R_KNOWN_ISSUES], a, out, e);
}

bool catalog_has_key(struct keys rising, int64_t key)
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

/* --- by name --- */

int store_find_actors(struct reader *r, struct str name, struct arena *a, struct actor_matches *out,
		      struct err *e)
{
	if (reader_call(r, e))
		return -1;
	int known = lookup_cache_actors(&r->lookups, name, a, out, e);
	if (known)
		return known < 0 ? -1 : 0;
	sql_bind_str(r->st[R_FIND_ACTORS], 1, name);
	if (read_actors(r->st[R_FIND_ACTORS], a, out, e))
		return -1;
	/* Those that are merged lead to one, which comes as often in a row. */
	size_t n = 0;
	for (size_t i = 0; i < out->n; i++)
		if (i == 0 || out->v[i].key != out->v[i - 1].key)
			out->v[n++] = out->v[i];
	out->n = n;
	lookup_cache_put_actors(&r->lookups, name, out);
	return 0;
}

int store_find_given(struct reader *r, struct str given, struct arena *a, struct actor_matches *out,
		     struct err *e)
{
	enum { OFTENER = 4 };
	sqlite3_stmt *st = r->st[R_FIND_GIVEN];
	size_t next = 0;
	*out = (struct actor_matches){0};
	if (reader_call(r, e))
		return -1;
	/* Names that go on after a blank: "!" is the mark behind it. */
	struct str from = arena_printf(a, "%.*s ", STR_ARG(given));
	struct str to = arena_printf(a, "%.*s!", STR_ARG(given));
	if (!from.p || !to.p)
		return arena_full(e);
	sql_bind_str(st, 1, from);
	sql_bind_str(st, 2, to);
	sqlite3_bind_int64(st, 3, ACTOR_PERSON);
	if (read_actors(st, a, out, e))
		return -1;
	while (next < out->n && out->v[next].key == out->v[0].key)
		next++;
	bool is_clear = next == out->n || out->v[0].actor.statement_count / OFTENER >=
						  out->v[next].actor.statement_count;
	out->n = out->n && is_clear;
	return 0;
}

int store_find_issues(struct reader *r, struct str name, struct arena *a, struct issue_matches *out,
		      struct err *e)
{
	if (reader_call(r, e))
		return -1;
	int known = lookup_cache_issues(&r->lookups, LOOKUP_ISSUES, name, a, out, e);
	if (known)
		return known < 0 ? -1 : 0;
	sql_bind_str(r->st[R_FIND_ISSUES], 1, name);
	if (catalog_read_issues(r->st[R_FIND_ISSUES], a, out, e))
		return -1;
	size_t n = 0;
	for (size_t i = 0; i < out->n; i++)
		if (i == 0 || out->v[i].key != out->v[i - 1].key)
			out->v[n++] = out->v[i];
	out->n = n;
	lookup_cache_put_issues(&r->lookups, LOOKUP_ISSUES, name, out);
	return 0;
}

int store_issues_by_cap(struct reader *r, int code, struct arena *a, struct issue_matches *out,
			struct err *e)
{
	enum { FIRST_SUB = 100 };
	if (reader_call(r, e))
		return -1;
	sqlite3_stmt *st = r->st[code < FIRST_SUB ? R_ISSUES_OF_MAJOR : R_ISSUES_OF_SUB];
	sqlite3_bind_int64(st, 1, code);
	return catalog_read_issues(st, a, out, e);
}

int store_actor(struct reader *r, struct str id, struct arena *a, struct actor_match *out,
		struct err *e)
{
	struct actor_matches found;
	if (reader_call(r, e))
		return -1;
	sql_bind_str(r->st[R_ACTOR], 1, id);
	if (read_actors(r->st[R_ACTOR], a, &found, e) || read_names(r, a, &found, e))
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
	if (catalog_read_issues(r->st[R_ISSUE], a, &found, e) ||
	    catalog_read_terms(r, a, &found, e))
		return -1;
	if (!found.n)
		return err_set(e, ERR_NOT_FOUND, NULL, "there is no issue \"%.*s\"", STR_ARG(id));
	*out = found.v[0];
	return 0;
}

int store_edited_actors(struct reader *r, struct arena *a, struct actor **out, size_t *n,
			size_t *n_merged, struct err *e)
{
	struct actor_matches found;
	*n = *n_merged = 0;
	if (reader_call(r, e) || read_actors(r->st[R_EDITED_ACTORS], a, &found, e) ||
	    read_names(r, a, &found, e))
		return -1;
	*out = arena_array(a, found.n, sizeof **out);
	if (!*out)
		return arena_full(e);
	for (; *n < found.n; (*n)++) {
		(*out)[*n] = found.v[*n].actor;
		*n_merged += str_eq(found.v[*n].alias, STR("1"));
	}
	return 0;
}

/* --- lists --- */

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
	if (reader_call(r, e) || bind_list(st, q, a, e) || read_actors(st, a, out, e))
		return -1;
	size_t limit = (size_t)list_limit(q);
	*next = out->n > limit ? out->v[limit - 1].actor.id : STR_EMPTY;
	out->n = out->n > limit ? limit : out->n;
	return read_names(r, a, out, e);
}

int store_issues(struct reader *r, const struct name_query *q, struct arena *a,
		 struct issue_matches *out, struct str *next, struct err *e)
{
	sqlite3_stmt *st = r->st[q->text.n ? R_ISSUES_NAMED : R_ISSUES];
	if (reader_call(r, e) || bind_list(st, q, a, e) || catalog_read_issues(st, a, out, e))
		return -1;
	size_t limit = (size_t)list_limit(q);
	*next = out->n > limit ? out->v[limit - 1].issue.id : STR_EMPTY;
	out->n = out->n > limit ? limit : out->n;
	return catalog_read_terms(r, a, out, e);
}
