/* A block of schema 8 had of each statement its numbers whole: a column of packed fields (64 bits),
 * one of all speakers, all member_of and all targets (32 each), of ids (64), of all outlets and all
 * days of what was said (32 each), of articles (64); and one of how many issues each has (16), all
 * issues (32) and all positions with their confidences (16). */
#include "db/sqlite/block_convert.h"

#include "db/sqlite/block_row.h"

enum { CHUNK_BYTES_MAX = 64 * 1024 * 1024 };
enum before { FIRST, FIELDS, ACTORS, PAIRS, IDS, SOURCES, ARTICLES, BEFORE_COLUMNS };

static int64_t wide(struct str column, size_t at)
{
	int64_t v;
	memcpy(&v, column.p + at * sizeof v, sizeof v);
	return v;
}

static uint32_t narrow(struct str column, size_t at)
{
	uint32_t v;
	memcpy(&v, column.p + at * sizeof v, sizeof v);
	return v;
}

static uint16_t half(const char *p, size_t at)
{
	uint16_t v;
	memcpy(&v, p + at * sizeof v, sizeof v);
	return v;
}

static int damaged(struct err *e)
{
	return err_set(e, ERR_DB, NULL, "a block of statements is damaged");
}

static int read_pairs(struct str in, struct block_entry *v, size_t n, struct arena *a,
		      struct err *e)
{
	size_t total = 0, at = 0;
	for (size_t i = 0; i < n && in.n >= n * sizeof(uint16_t); i++)
		total += v[i].n_pairs = half(in.p, i);
	if (in.n != n * sizeof(uint16_t) + total * (sizeof(uint32_t) + sizeof(uint16_t)))
		return damaged(e);
	struct block_pair *pairs = arena_room(a, total, sizeof *pairs);
	if (!pairs)
		return arena_full(e);
	const struct str issues = str_sub(in, n * sizeof(uint16_t), in.n);
	for (size_t i = 0; i < total; i++)
		pairs[i] = (struct block_pair){narrow(issues, i),
					       half(issues.p + total * sizeof(uint32_t), i)};
	for (size_t i = 0; i < n; at += v[i++].n_pairs)
		v[i].pairs = pairs + at;
	return 0;
}

static int read_entries(sqlite3_stmt *st, struct arena *a, struct block_entry **out, size_t *n,
			struct err *e)
{
	struct str c[BEFORE_COLUMNS];
	for (int i = FIELDS; i < BEFORE_COLUMNS; i++)
		c[i] = sql_column(st, i);
	*n = c[FIELDS].n / sizeof(int64_t);
	if (*n > BLOCK_STATEMENTS_MAX || c[FIELDS].n != *n * sizeof(int64_t) ||
	    c[IDS].n != c[FIELDS].n || c[ARTICLES].n != c[FIELDS].n ||
	    c[SOURCES].n != c[FIELDS].n || c[ACTORS].n != 3 * *n * sizeof(uint32_t))
		return damaged(e);
	struct block_entry *v = *out = arena_room(a, *n, sizeof *v);
	if (!v)
		return arena_full(e);
	for (size_t i = 0; i < *n; i++)
		v[i] = (struct block_entry){.id = wide(c[IDS], i),
					    .article = wide(c[ARTICLES], i),
					    .fields = wide(c[FIELDS], i),
					    .speaker = narrow(c[ACTORS], i),
					    .member_of = narrow(c[ACTORS], *n + i),
					    .target = narrow(c[ACTORS], 2 * *n + i),
					    .outlet = narrow(c[SOURCES], i),
					    .said = (day_t)(int32_t)narrow(c[SOURCES], *n + i)};
	return read_pairs(c[PAIRS], v, *n, a, e);
}

/* The row at hand. */
static int convert(sqlite3_stmt *from, sqlite3_stmt *drop, sqlite3_stmt *to, int64_t first,
		   struct err *e)
{
	struct arena a;
	struct block_entry *v = NULL;
	struct block b;
	size_t n = 0;
	arena_init(&a, CHUNK_BYTES_MAX);
	int rc = read_entries(from, &a, &v, &n, e) || block_make(v, n, &a, &b, e) ? -1 : 0;
	sqlite3_reset(from);
	if (rc == 0) {
		sqlite3_bind_int64(drop, 1, first);
		sqlite3_bind_int64(to, 1, first);
		block_bind(to, 2, &b);
		rc = sql_do(drop, e) || sql_do(to, e) ? -1 : 0;
	}
	arena_release(&a);
	return rc;
}

/* One at a time: a server would send all of them, and in a file the new one takes the pages of the
 * old one, which lie where the file is mapped. */
static int convert_all(sqlite3_stmt *from, sqlite3_stmt *drop, sqlite3_stmt *to, struct err *e)
{
	int row;
	sqlite3_bind_int64(from, 1, INT64_MIN);
	while ((row = sql_row(from, e)) > 0) {
		const int64_t first = sqlite3_column_int64(from, FIRST);
		if (convert(from, drop, to, first, e)) {
			sqlite3_reset(from);
			return -1;
		}
		sqlite3_bind_int64(from, 1, first);
	}
	return row;
}

int blocks_convert(sqlite3 *db, struct err *e)
{
	sqlite3_stmt *from = sql_prepare(db,
					 "SELECT first, fields, actors, pairs, ids, sources,"
					 " articles FROM statement_block_before WHERE first > ?1"
					 " ORDER BY first LIMIT 1",
					 e),
		     *to = from ? sql_prepare(db, BLOCK_INSERT, e) : NULL,
		     *drop = to ? sql_prepare(db,
					      "DELETE FROM statement_block_before WHERE first = ?1",
					      e)
				: NULL;
	int rc = drop ? convert_all(from, drop, to, e) : -1;
	sqlite3_finalize(from);
	sqlite3_finalize(drop);
	sqlite3_finalize(to);
	return rc || sql_once(db, "DROP TABLE statement_block_before", e) ? -1 : 0;
}
