/* What a question may name besides the names themselves: names that are spelled otherwise, outlets,
 * words, and the newest day. */
#include "db/record_names.h"

#include <stdio.h>

#include "base/fold.h"
#include "db/id.h"
#include "db/sqlite/catalog.h"
#include "db/sqlite/outlet_name.h"

int store_find_outlet(struct reader *r, struct str name, struct arena *a, struct str *out,
		      struct err *e)
{
	struct str at = STR_EMPTY;
	*out = STR_EMPTY;
	if (reader_call(r, e))
		return -1;
	for (;;) {
		int row = outlet_next(r, at, a, &at, e);
		if (row <= 0)
			return row;
		struct str folded = str_fold(a, at);
		if (!folded.p)
			return arena_full(e);
		if (!str_eq(folded, name))
			continue;
		*out = at;
		return 0;
	}
}

enum { SHORT = 4, LONG = 8 }; /* letters of a name */

/* One edit in a short name; a slip more in a long one. */
static size_t edits_allowed(struct str name)
{
	return name.n < SHORT ? 0 : name.n < LONG ? 1 : 2;
}

int store_near_name(struct reader *r, struct str name, struct arena *a, struct str *out,
		    struct err *e)
{
	sqlite3_stmt *st = r->st[R_NEAR_NAMES];
	size_t least = edits_allowed(name) + 1;
	int64_t most = -1;
	char first[2] = {name.n ? name.p[0] : ' ', '\0'}, next[2] = {(char)(first[0] + 1), '\0'};
	*out = STR_EMPTY;
	if (reader_call(r, e))
		return -1;
	if (least == 1 || (unsigned char)first[0] >= 0x7F)
		return 0;
	sql_bind_str(st, 1, (struct str){first, 1});
	sql_bind_str(st, 2, (struct str){next, 1});
	sqlite3_bind_int64(st, 3, (int64_t)(name.n - (least - 1)));
	sqlite3_bind_int64(st, 4, (int64_t)(name.n + (least - 1)));
	int row;
	while ((row = sql_row(st, e)) > 0) {
		struct str folded = sql_column(st, 0);
		int64_t count = sqlite3_column_int64(st, 1);
		size_t d = str_distance(name, folded);
		if (d == 0 || d > least || (d == least && (count <= most || !out->n)))
			continue;
		if (count == 0 && name.n < LONG)
			continue;
		least = d;
		most = count;
		*out = arena_str(a, folded);
		if (!out->p) {
			sqlite3_reset(st);
			return arena_full(e);
		}
	}
	return row;
}

static bool is_small(struct str word)
{
	static const char *const small[] = {"of", "the", "and", "for", "on", "in"};
	for (size_t i = 0; i < sizeof small / sizeof small[0]; i++)
		if (str_eq(word, str_of(small[i])))
			return true;
	return false;
}

static bool has_initials(struct str name, struct str initials, bool with_small)
{
	struct str word;
	size_t n = 0;
	while (str_split(&name, ' ', &word)) {
		if (!word.n || (!with_small && is_small(word)))
			continue;
		if (n == initials.n || word.p[0] != initials.p[n++])
			return false;
	}
	return n == initials.n;
}

int store_initials_name(struct reader *r, struct str initials, struct arena *a, struct str *out,
			struct err *e)
{
	enum { LETTERS_LEAST = 3, NAME_MOST = 200 };
	sqlite3_stmt *st = r->st[R_NEAR_NAMES];
	char first[2] = {initials.n ? initials.p[0] : ' ', '\0'},
	     next[2] = {(char)(first[0] + 1), '\0'};
	int64_t most = -1;
	int row;
	*out = STR_EMPTY;
	if (reader_call(r, e))
		return -1;
	if (initials.n < LETTERS_LEAST || (unsigned char)first[0] >= 0x7F)
		return 0;
	sql_bind_str(st, 1, (struct str){first, 1});
	sql_bind_str(st, 2, (struct str){next, 1});
	sqlite3_bind_int64(st, 3, (int64_t)(2 * initials.n - 1));
	sqlite3_bind_int64(st, 4, NAME_MOST);
	while ((row = sql_row(st, e)) > 0) {
		struct str folded = sql_column(st, 0);
		int64_t count = sqlite3_column_int64(st, 1);
		if (count <= most || (!has_initials(folded, initials, false) &&
				      !has_initials(folded, initials, true)))
			continue;
		most = count;
		*out = arena_str(a, folded);
		if (!out->p) {
			sqlite3_reset(st);
			return arena_full(e);
		}
	}
	return row;
}

int store_has_word(struct reader *r, struct str word, bool *out, struct err *e)
{
	sqlite3_stmt *st = r->st[R_HAS_WORD];
	char quoted[80];
	*out = true;
	if (reader_call(r, e))
		return -1;
	if (word.n + 3 > sizeof quoted) /* nobody mends so long a word */
		return 0;
	/* Folded: there is no quotation mark in it. */
	snprintf(quoted, sizeof quoted, "\"%.*s\"", STR_ARG(word));
	sql_bind_str(st, 1, str_of(quoted));
	int row = sql_row(st, e);
	sqlite3_reset(st);
	*out = row > 0;
	return row < 0 ? -1 : 0;
}

int store_newest_day(struct reader *r, day_t *out, struct err *e)
{
	sqlite3_stmt *st = r->st[R_NEWEST];
	if (reader_call(r, e))
		return -1;
	int row = sql_row(st, e);
	bool has_one = row > 0 && sqlite3_column_type(st, 0) != SQLITE_NULL;
	*out = has_one ? id_day(sqlite3_column_int64(st, 0)) : DAY_NONE;
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

static int append(struct issue_matches *to, size_t *cap, const struct issue_matches *more,
		  struct arena *a, struct err *e)
{
	if (arena_grow(a, (void **)&to->v, cap, to->n + more->n, sizeof *to->v))
		return arena_full(e);
	for (size_t i = 0; i < more->n; i++)
		to->v[to->n++] = more->v[i];
	return 0;
}

int store_issues_below(struct reader *r, struct str parent, struct arena *a,
		       struct issue_matches *out, struct err *e)
{
	enum { BELOW_MAX = 1000 }; /* a circle of parents ends there */
	sqlite3_stmt *st = r->st[R_ISSUES_BELOW];
	size_t cap = 0, next = 0;
	*out = (struct issue_matches){0};
	if (reader_call(r, e))
		return -1;
	int known = lookup_cache_issues(&r->lookups, LOOKUP_BELOW, parent, a, out, e);
	if (known)
		return known < 0 ? -1 : 0;
	for (struct str at = parent; at.n; at = out->v[next++].issue.id) {
		struct issue_matches children;
		sql_bind_str(st, 1, at);
		if (catalog_read_issues(st, a, &children, e) || append(out, &cap, &children, a, e))
			return -1;
		if (next == out->n || out->n > BELOW_MAX)
			break;
	}
	lookup_cache_put_issues(&r->lookups, LOOKUP_BELOW, parent, out);
	return 0;
}

int store_actor_names(struct reader *r, int64_t key, struct arena *a, struct strs *out,
		      struct err *e)
{
	return reader_call(r, e) || catalog_read_strs(r->st[R_ALIASES], key, a, out, e) ? -1 : 0;
}
