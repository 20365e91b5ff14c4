/* Blocks of schema 8 become those that there are now. */
#include "db/sqlite/block_convert.h"

#include "base/buf.h"
#include "db/sqlite/block_row.h"
#include "tests/unit/db/block_entry.h"
#include "tests/unit/unit.h"

static struct err e;

static const struct block_pair pairs[] = {{7, 3}, {300000, 8 * 999 + 2}, {9, 0}};
static const struct block_entry entries[] = {
	{.id = 5, .article = 4, .fields = 77, .speaker = 9, .member_of = 4, .said = DAY_NONE},
	{.id = 6,
	 .article = 4,
	 .fields = (int64_t)1 << 55 | (int64_t)1 << 43 | 12345,
	 .target = BLOCK_KEY_MAX,
	 .outlet = 3,
	 .said = -4,
	 .n_pairs = 3,
	 .pairs = pairs},
	{.id = (int64_t)1 << 52, .article = 8, .n_pairs = 1, .pairs = pairs + 1},
};
enum { N = sizeof entries / sizeof entries[0], BEFORE_COLUMNS = 6 };

static void put(struct buf *out, const void *v, size_t n)
{
	buf_add(out, (struct str){v, n});
}

#define PUT(column, type, value)                                                                   \
	for (size_t i = 0; i < N; i++)                                                             \
	put(&(column), &(type){(type)(value)}, sizeof(type))

/* Fields, actors, pairs, ids, sources, articles. */
static void make_before(struct buf c[BEFORE_COLUMNS])
{
	PUT(c[0], int64_t, entries[i].fields);
	PUT(c[1], uint32_t, entries[i].speaker);
	PUT(c[1], uint32_t, entries[i].member_of);
	PUT(c[1], uint32_t, entries[i].target);
	PUT(c[2], uint16_t, entries[i].n_pairs);
	for (size_t i = 0; i < N; i++)
		for (size_t k = 0; k < entries[i].n_pairs; k++)
			put(&c[2], &entries[i].pairs[k].issue, sizeof(uint32_t));
	for (size_t i = 0; i < N; i++)
		for (size_t k = 0; k < entries[i].n_pairs; k++)
			put(&c[2], &entries[i].pairs[k].position, sizeof(uint16_t));
	PUT(c[3], int64_t, entries[i].id);
	PUT(c[4], uint32_t, entries[i].outlet);
	PUT(c[4], int32_t, entries[i].said);
	PUT(c[5], int64_t, entries[i].article);
}

/* `cut` bytes short in one of the columns. */
static sqlite3 *make_database(int cut_column, size_t cut)
{
	struct buf c[BEFORE_COLUMNS];
	sqlite3 *db;
	ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_ok(sql_once(db,
			   "CREATE TABLE statement_block_before(first INTEGER PRIMARY KEY,"
			   " fields, actors, pairs, ids, sources, articles)",
			   &e),
		  e);
	assert_ok(sql_once(db,
			   "CREATE TABLE statement_block(first INTEGER PRIMARY"
			   " KEY, " BLOCK_COLUMN_NAMES ")",
			   &e),
		  e);
	for (int first = 0; first < 2; first++) {
		sqlite3_stmt *st = sql_prepare(db,
					       "INSERT INTO statement_block_before"
					       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
					       &e);
		for (int i = 0; i < BEFORE_COLUMNS; i++)
			buf_init(&c[i], 1 << 16);
		make_before(c);
		sqlite3_bind_int64(st, 1, first);
		for (int i = 0; i < BEFORE_COLUMNS; i++)
			sqlite3_bind_blob64(st, i + 2, c[i].p, c[i].n - (i == cut_column ? cut : 0),
					    SQLITE_TRANSIENT);
		assert_ok(sql_do(st, &e), e);
		sqlite3_finalize(st);
		for (int i = 0; i < BEFORE_COLUMNS; i++)
			buf_release(&c[i]);
	}
	return db;
}

START_TEST(blocks_convert__of_all_columns__are_the_same_statements)
{
	sqlite3 *db = make_database(0, 0);
	struct arena a;
	struct block b;
	struct block_entry *v;
	int64_t blocks = 0;
	arena_init(&a, 1 << 20);
	assert_ok(blocks_convert(db, &e), e);
	assert_ok(sql_number(db, "SELECT count(*) FROM sqlite_schema", &blocks, &e), e);
	ck_assert_int_eq(blocks, 1);
	sqlite3_stmt *st = sql_prepare(
		db, "SELECT first, " BLOCK_COLUMN_NAMES " FROM statement_block ORDER BY first", &e);
	for (blocks = 0; sql_row(st, &e) > 0; blocks++) {
		ck_assert_int_eq(sqlite3_column_int64(st, 0), blocks);
		assert_ok(block_of_row(st, 1, BLOCK_ALL, &b, &e), e);
		assert_ok(block_entries(&b, &a, &v, &e), e);
		ck_assert_uint_eq(b.n, N);
		for (size_t i = 0; i < N; i++)
			assert_same_entry(&v[i], &entries[i]);
	}
	ck_assert_int_eq(blocks, 2);
	sqlite3_finalize(st);
	sqlite3_close(db);
	arena_release(&a);
}
END_TEST

START_TEST(blocks_convert__of_a_column_that_is_short__is_damage)
{
	for (int column = 0; column < BEFORE_COLUMNS; column++) {
		sqlite3 *db = make_database(column, 3);
		e = (struct err){0};
		assert_fails(blocks_convert(db, &e), e, ERR_DB);
		sqlite3_close(db);
		e = (struct err){0};
	}
}
END_TEST

UNIT_MAIN("block_convert", blocks_convert__of_all_columns__are_the_same_statements,
	  blocks_convert__of_a_column_that_is_short__is_damage)
