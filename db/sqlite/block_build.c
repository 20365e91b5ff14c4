/* The truth about blocks, row by row. */
#include "db/sqlite/block_build.h"

#include "db/facets.h"
#include "db/sqlite/block_convert.h"
#include "db/sqlite/block_row.h"

enum { CHUNK_BYTES_MAX = 64 * 1024 * 1024, PAIRS_MAX = BLOCK_ISSUES_MAX };

/* Statements that have facets, in the order of their ids. */
struct rows {
	sqlite3_stmt *statements, *pair;
};

static int rows_open(struct rows *r, sqlite3 *db, struct err *e)
{
	r->statements = sql_prepare(
		db,
		"SELECT s.id, s.traits, coalesce(s.speaker, 0), coalesce(s.target, 0), s.facets,"
		" s.said_from, coalesce((SELECT o.key FROM outlet o WHERE o.name = a.outlet), 0),"
		" s.article"
		" FROM statement s CROSS JOIN article a ON a.id = s.article"
		" WHERE s.traits >> 43 & 1 = 0 OR (s.traits >> 54 & 1 = 1"
		" AND s.traits >> 27 & 7 <> 3) ORDER BY s.id",
		e);
	r->pair = r->statements
			  ? sql_prepare(db,
					"SELECT traits FROM facet WHERE speaker = 0 AND issue = ?1"
					" AND statement = ?2",
					e)
			  : NULL;
	return r->pair ? 0 : -1;
}

static void rows_close(struct rows *r)
{
	sqlite3_finalize(r->statements);
	sqlite3_finalize(r->pair);
}

/* A facet that is missing is a fault of its own: then the position is the statement's. */
static int read_pair(const struct rows *r, int64_t id, int64_t issue, int64_t own,
		     struct block_pair *out, struct err *e)
{
	sqlite3_bind_int64(r->pair, 1, issue);
	sqlite3_bind_int64(r->pair, 2, id);
	int row = sql_row(r->pair, e);
	int64_t fields = row > 0 ? sqlite3_column_int64(r->pair, 0) : own;
	*out = (struct block_pair){(uint32_t)issue, block_position(fields)};
	sqlite3_reset(r->pair);
	return row < 0 ? -1 : 0;
}

static int read_pairs(const struct rows *r, const struct facets *f, struct arena *a,
		      struct block_entry *out, struct err *e)
{
	struct block_pair *pairs = arena_array(a, f->n_issues, sizeof *pairs);
	if (!pairs)
		return arena_full(e);
	out->n_pairs = f->n_issues < PAIRS_MAX ? f->n_issues : PAIRS_MAX;
	out->pairs = pairs;
	for (size_t i = 0; i < out->n_pairs; i++)
		if (read_pair(r, out->id, f->issues[i], out->fields, &pairs[i], e))
			return -1;
	return 0;
}

/* 1 with the next one in *out, 0 at the end, -1 with *e. */
static int rows_next(const struct rows *r, struct arena *a, struct block_entry *out, struct err *e)
{
	sqlite3_stmt *st = r->statements;
	struct facets facets;
	int row = sql_row(st, e);
	if (row <= 0)
		return row;
	int64_t speaker = sqlite3_column_int64(st, 2);
	*out = (struct block_entry){.id = sqlite3_column_int64(st, 0),
				    .fields = sqlite3_column_int64(st, 1),
				    .target = (uint32_t)sqlite3_column_int64(st, 3),
				    .outlet = (uint32_t)sqlite3_column_int64(st, 6),
				    .article = sqlite3_column_int64(st, 7)};
	bool is_dated = sqlite3_column_type(st, 5) != SQLITE_NULL;
	out->said = is_dated ? (day_t)sqlite3_column_int64(st, 5) : DAY_NONE;
	if (facets_parse(sql_column(st, 4), a, &facets, e) || read_pairs(r, &facets, a, out, e))
		return -1;
	out->speaker = (uint32_t)facets_own_key(&facets, speaker);
	out->member_of = (uint32_t)facets_member_of(&facets);
	return 1;
}

/* --- building --- */

static int save(sqlite3_stmt *st, int64_t first, const struct block_entry *v, size_t n,
		struct arena *a, struct err *e)
{
	struct block b;
	if (block_make(v, n, a, &b, e))
		return -1;
	sqlite3_bind_int64(st, 1, first);
	block_bind(st, 2, &b);
	return sql_do(st, e);
}

/* The next block; *n is 0 when there is none. */
static int build_block(const struct rows *r, sqlite3_stmt *insert, bool is_first, size_t *n,
		       struct arena *a, struct err *e)
{
	struct block_entry *v = arena_room(a, BLOCK_STATEMENTS_MAX, sizeof *v);
	int more = 1;
	if (!v)
		return arena_full(e);
	for (*n = 0; *n < BLOCK_STATEMENTS_MAX && more > 0; *n += more > 0)
		more = rows_next(r, a, &v[*n], e);
	if (more < 0)
		return -1;
	return *n ? save(insert, is_first ? 0 : v[0].id, v, *n, a, e) : 0;
}

static int build_all(const struct rows *r, sqlite3_stmt *insert, struct err *e)
{
	size_t n = BLOCK_STATEMENTS_MAX;
	int rc = 0;
	for (bool is_first = true; rc == 0 && n == BLOCK_STATEMENTS_MAX; is_first = false) {
		struct arena a;
		arena_init(&a, CHUNK_BYTES_MAX);
		rc = build_block(r, insert, is_first, &n, &a, e);
		arena_release(&a);
	}
	return rc;
}

int blocks_build(sqlite3 *db, struct err *e)
{
	struct rows r = {0};
	if (sql_once(db,
		     "INSERT OR IGNORE INTO outlet(name) SELECT DISTINCT outlet FROM article"
		     " WHERE outlet <> '' ORDER BY 1",
		     e) ||
	    sql_once(db, "DELETE FROM statement_block", e))
		return -1;
	sqlite3_stmt *insert = sql_prepare(db, BLOCK_INSERT, e);
	int rc = insert && rows_open(&r, db, e) == 0 ? build_all(&r, insert, e) : -1;
	rows_close(&r);
	sqlite3_finalize(insert);
	return rc;
}

int blocks_narrow(sqlite3 *db, struct err *e)
{
	int64_t blocks;
	if (sql_number(db, "SELECT count(*) FROM statement_block_before", &blocks, e) ||
	    blocks_convert(db, e))
		return -1;
	return blocks ? 0 : blocks_build(db, e);
}

/* --- comparing --- */

static bool is_same(const struct block_entry *a, const struct block_entry *b)
{
	bool same = a->id == b->id && a->article == b->article && a->fields == b->fields &&
		    a->speaker == b->speaker && a->member_of == b->member_of &&
		    a->target == b->target && a->outlet == b->outlet && a->said == b->said &&
		    a->n_pairs == b->n_pairs;
	for (size_t i = 0; same && i < a->n_pairs; i++)
		same = a->pairs[i].issue == b->pairs[i].issue &&
		       a->pairs[i].position == b->pairs[i].position;
	return same;
}

/* A block whose first id is in column 0, and the next block's in column 1. */
static int compare_block(const struct rows *r, sqlite3_stmt *st, struct arena *a, bool *are_same,
			 struct err *e)
{
	int64_t first = sqlite3_column_int64(st, 0);
	bool has_next = sqlite3_column_type(st, 1) != SQLITE_NULL;
	int64_t after = has_next ? sqlite3_column_int64(st, 1) : INT64_MAX;
	struct block b;
	struct block_entry *v, row;
	struct err damaged = {0};
	*are_same = block_of_row(st, 2, BLOCK_ALL, &b, &damaged) == 0;
	if (!*are_same)
		return 0;
	if (block_entries(&b, a, &v, e))
		return -1;
	for (size_t i = 0; i < b.n && *are_same; i++) {
		int more = rows_next(r, a, &row, e);
		if (more < 0)
			return -1;
		*are_same = more && v[i].id >= first && v[i].id < after && is_same(&v[i], &row);
	}
	/* Nothing of a statement is read there. */
	struct block again;
	if (block_make(v, b.n, a, &again, e))
		return -1;
	*are_same &= str_eq(b.columns[BLOCK_BY_ISSUE], again.columns[BLOCK_BY_ISSUE]);
	return 0;
}

static int compare_all(const struct rows *r, sqlite3_stmt *st, bool *are_same, struct err *e)
{
	int row = 1, rc = 0;
	struct block_entry rest;
	struct arena a;
	*are_same = true;
	while (rc == 0 && *are_same && (row = sql_row(st, e)) > 0) {
		arena_init(&a, CHUNK_BYTES_MAX);
		rc = compare_block(r, st, &a, are_same, e);
		arena_release(&a);
	}
	if (rc || row < 0 || !*are_same)
		return rc || row < 0 ? -1 : 0;
	arena_init(&a, CHUNK_BYTES_MAX);
	row = rows_next(r, &a, &rest, e);
	arena_release(&a);
	*are_same = row == 0;
	return row < 0 ? -1 : 0;
}

int blocks_compare(sqlite3 *db, bool *are_same, struct err *e)
{
	struct rows r = {0};
	sqlite3_stmt *st = sql_prepare(db,
				       "SELECT b.first, (SELECT min(n.first) FROM statement_block n"
				       " WHERE n.first > b.first), " BLOCK_COLUMN_NAMES
				       " FROM statement_block b ORDER BY b.first",
				       e);
	int rc = st && rows_open(&r, db, e) == 0 ? compare_all(&r, st, are_same, e) : -1;
	rows_close(&r);
	sqlite3_finalize(st);
	return rc;
}
