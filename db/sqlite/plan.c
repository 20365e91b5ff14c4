/* The text of a plan. */
#include "db/sqlite/plan.h"

#include <string.h>

#include "db/id.h"
#include "db/packed_fields.h"

/* id_ordinal_key of a row `s`. */
#define ORDINAL_SQL "(s.place << 31 | (2147483647 - (s.id & 2147483647)))"

/* How each driver reads: its tables, the id, where the packed fields are, what a range binds. */
static const struct {
	const char *from, *id, *fields, *range;
	bool has_statement, has_article;
} drivers[] = {
	[BY_FACET] = {"facet f", "f.statement", "f.traits", "f.speaker = ? AND f.issue = ?", false,
		      false},
	[BY_TEXT] = {"statement_fts t", "t.rowid", "s.traits", "statement_fts MATCH ?", false,
		     false},
	[BY_ARTICLE] = {"statement s INDEXED BY statement_article", "s.id", "s.traits",
			"s.article = ?", true, false},
	[BY_TARGET] = {"statement s INDEXED BY statement_target", "s.id", "s.traits",
		       "s.target = ?", true, false},
	[BY_ADDRESSEE] = {"statement s INDEXED BY statement_addressee", "s.id", "s.traits",
			  "s.addressee = ?", true, false},
	[BY_OUTLET] = {"article a INDEXED BY article_outlet CROSS JOIN statement s INDEXED BY "
		       "statement_article ON s.article = a.id",
		       "s.id", "s.traits", "a.outlet = ? AND a.id >> 31 >= ? AND a.id >> 31 <= ?",
		       true, true},
	[BY_SOURCES] = {"statement s INDEXED BY statement_article", "s.id", "s.traits", "1", true,
			false},
	[BY_SAID] = {"statement s INDEXED BY statement_said", "s.id", "s.traits", "s.said_to >= ?",
		     true, false},
	[BY_SURE] = {"statement s INDEXED BY statement_sure", "s.id", "s.traits",
		     "(s.traits & 1023) >> 5 = ? AND s.traits >> 33 & 1023 >= ?", true, false},
	[BY_ID] = {"statement s NOT INDEXED", "s.id", "s.traits", "1", true, false},
	[BY_KEY] = {"statement s NOT INDEXED", "s.id", "s.traits", "s.id = ?", true, false},
};

void plan_walk(struct plan *p, enum driver driver)
{
	p->driver = driver;
	p->id = drivers[driver].id;
	p->fields = drivers[driver].fields;
}

bool plan_is_all(const struct plan *p)
{
	return p->driver == BY_ID && p->where_n == 0 && p->above == 0 && p->below == INT64_MAX &&
	       p->q->nested == NESTED_LEFT_OUT && !p->is_empty;
}

/* --- the statement --- */

/* One text of parts; every page asks, and printf costs ten times as much. */
static struct str join(struct arena *a, const char *const *parts, size_t n)
{
	size_t lengths[40], room = 1;
	for (size_t i = 0; i < n; i++)
		room += lengths[i] = strlen(parts[i]);
	char *text = arena_alloc(a, room), *p = text;
	for (size_t i = 0; i < n && text; i++, p += lengths[i - 1])
		memcpy(p, parts[i], lengths[i]);
	return text ? (struct str){text, room - 1} : (struct str){NULL, 0};
}

/* The list of columns; p is NULL when the arena is full. */
static struct str column_text(const struct plan *p, enum plan_columns columns)
{
	switch (columns) {
	case PLAN_IDS:
		return str_of(p->id);
	case PLAN_FIELDS:
		return join(p->a, (const char *[]){p->id, ", ", p->fields}, 3);
	case PLAN_ARTICLES:
		return join(p->a, (const char *[]){p->id, ", s.article"}, 2);
	case PLAN_STATEMENTS:
		break;
	}
	return STR(STATEMENT_COLUMNS);
}

_Static_assert(INT64_C(1) << FIELD_UNCOUNTED_SHIFT == 8796093022208 && FIELD_NESTED_SHIFT == 54 &&
		       FIELD_STATUS_SHIFT == 27 && FIELD_STATUS_MASK == 7 && STATUS_REJECTED == 3,
	       "as written below");
/* By a mask: to shift it first takes a tenth of the time in which a page's ids are found. */
#define IS_COUNTED(f) f " & 8796093022208 = 0"
#define IS_NESTED(f)  f " >> 54 & 1 = 1 AND " f " >> 27 & 7 <> 3"
#define BY_NESTED(f)                                                                               \
	{                                                                                          \
		[NESTED_LEFT_OUT] = " AND likelihood(" IS_COUNTED(f) ", 1.0)",                     \
		[NESTED_ALONE] = " AND likelihood(" IS_NESTED(f) ", 1.0)",                         \
		[NESTED_INCLUDED] = " AND likelihood(" IS_COUNTED(f) " OR " IS_NESTED(f) ", 1.0)"  \
	}

/* Which rows are asked for: those that are counted, or that are not for being nested. */
static const char *counted_text(const struct plan *p)
{
	static const char *const of_facet[] = BY_NESTED("f.traits"), *const of_statement[] =
									     BY_NESTED("s.traits");
	enum nested nested = p->q->nested;
	if (p->leaves_uncounted || (nested != NESTED_ALONE && p->lists_uncounted))
		return "";
	return p->driver == BY_FACET ? of_facet[nested] : of_statement[nested];
}

struct str plan_text(struct plan *p, enum plan_columns columns)
{
	const char *id = p->id, *counted = counted_text(p);
	bool by_ordinal = p->q->article != 0, by_outlet = p->driver == BY_OUTLET;
	bool only_counted = p->driver != BY_FACET && *counted;
	bool reads_statement = columns == PLAN_STATEMENTS || columns == PLAN_ARTICLES ||
			       only_counted || (columns == PLAN_FIELDS && p->driver == BY_TEXT) ||
			       p->needs_statement || p->needs_article;
	bool statement = !drivers[p->driver].has_statement && reads_statement;
	bool article = !drivers[p->driver].has_article && p->needs_article;
	const char *order = p->q->oldest_first ? " ASC" : " DESC";
	struct str list = column_text(p, columns);
	if (!list.p)
		return list;
	const char *const parts[] = {
		"SELECT ", list.p, " FROM ", drivers[p->driver].from,
		statement ? " CROSS JOIN statement s NOT INDEXED ON s.id = " : "",
		statement ? id : "",
		article ? " CROSS JOIN article a NOT INDEXED ON a.id = s.article" : "", " WHERE ",
		drivers[p->driver].range, " AND ", id, " > ? AND ", id, " < ?",
		by_ordinal ? " AND likelihood(" ORDINAL_SQL " > ?, 1.0)" : "", counted, p->where,
		" ORDER BY ",
		/* An outlet's articles stand in the order of their days, and so do the statements.
		 */
		by_outlet ? "a.id >> 31" : "", by_outlet ? order : "", by_outlet ? ", " : "",
		by_ordinal ? ORDINAL_SQL : id, by_ordinal ? "" : order, " LIMIT ?"};
	return join(p->a, parts, sizeof parts / sizeof parts[0]);
}

static void bind_range(const struct plan *p, const struct range *range, sqlite3_stmt *st, int *at)
{
	if (p->driver == BY_TEXT || p->driver == BY_OUTLET)
		sql_bind_str(st, ++*at, range->text);
	else if (p->driver != BY_ID && p->driver != BY_SOURCES)
		sqlite3_bind_int64(st, ++*at, range->speaker);
	if (p->driver == BY_FACET || p->driver == BY_SURE)
		sqlite3_bind_int64(st, ++*at, range->issue);
	if (p->driver == BY_OUTLET) {
		sqlite3_bind_int64(st, ++*at, p->above >> ID_DAY_SHIFT);
		sqlite3_bind_int64(st, ++*at, p->below >> ID_DAY_SHIFT);
	}
	sqlite3_bind_int64(st, ++*at, p->above);
	sqlite3_bind_int64(st, ++*at, p->below);
	if (p->q->article)
		sqlite3_bind_int64(st, ++*at, p->q->after);
}

void plan_bind(const struct plan *p, const struct range *range, sqlite3_stmt *st)
{
	int at = 0;
	bind_range(p, range, st, &at);
	for (size_t i = 0; i < p->n_binds; i++) {
		if (p->binds[i].is_text)
			sql_bind_str(st, ++at, p->binds[i].text);
		else
			sqlite3_bind_int64(st, ++at, p->binds[i].number);
	}
	sqlite3_bind_int64(st, ++at, p->limit + 1);
}

sqlite3_stmt *plan_open(struct reader *r, struct plan *p, const struct range *range,
			enum plan_columns columns, struct err *e)
{
	struct str text = plan_text(p, columns);
	if (!text.p) {
		arena_full(e);
		return NULL;
	}
	sqlite3_stmt *st = reader_prepare(r, text, e);
	if (!st)
		return NULL;
	plan_bind(p, range, st);
	return st;
}
