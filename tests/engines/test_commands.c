/* The connection of a store on a server, below its contract: commands that go out without being
 * waited for, and how long one of a write may take. */
#include "tests/conformance/fixture.h"

#include "db/postgresql/connection.h"
#include "db/sqlite/sql.h"

/* Tables, and a connection to them that may write. */
static sqlite3 *open_tables(struct fixture *f)
{
	fixture_open(f);
	store_close(f->store);
	f->store = NULL;
	sqlite3 *db = sql_open(f->path, SQL_WRITE, 1, &f->e);
	ck_assert_msg(db != NULL, "%s", f->e.message);
	return db;
}

static void once(sqlite3 *db, const char *text)
{
	struct err e = {0};
	assert_ok(sql_once(db, text, &e), e);
}

static int64_t number(sqlite3 *db, const char *text)
{
	struct err e = {0};
	int64_t out = 0;
	assert_ok(sql_number(db, text, &out, &e), e);
	return out;
}

/* Changes, and then a question, with about as many on their way as there is room for, and as where
 * room is made: the question has its row each time. */
START_TEST(question__any_number_of_changes_awaited__has_its_row)
{
	enum { AROUND = 6, TOGETHER = 32 };
	struct fixture f;
	sqlite3 *db = open_tables(&f);
	sqlite3_stmt *change = sql_prepare(db, "UPDATE state SET commits = 9 WHERE id = 2", &f.e);
	sqlite3_stmt *ask = sql_prepare(db, "SELECT id FROM state WHERE id = 1", &f.e);
	ck_assert(change && ask);
	once(db, "BEGIN IMMEDIATE");
	for (int turn = 0; turn < 2 * AROUND; turn++) {
		int n = PENDING_MAX - turn % AROUND + 2 - (turn < AROUND ? 0 : TOGETHER);
		for (int i = 0; i < n; i++)
			assert_ok(sql_do(change, &f.e), f.e);
		ck_assert_msg(sql_row(ask, &f.e) == 1, "%d changes before: no row; %s", n,
			      f.e.message);
		ck_assert_int_eq(sqlite3_column_int64(ask, 0), 1);
		sqlite3_reset(ask);
	}
	once(db, "COMMIT");
	sqlite3_finalize(change);
	sqlite3_finalize(ask);
	sqlite3_close(db);
	fixture_close(&f);
}
END_TEST

#define LIMITED_TO(ms)                                                                             \
	"SELECT count(*) FROM pg_settings WHERE name = 'statement_timeout' AND setting = '" ms "'"

START_TEST(write__its_commands__end_after_a_minute_each)
{
	struct fixture f;
	sqlite3 *db = open_tables(&f);
	ck_assert_int_eq(number(db, LIMITED_TO("0")), 1);
	once(db, "BEGIN IMMEDIATE");
	ck_assert_int_eq(number(db, LIMITED_TO("60000")), 1);
	once(db, "COMMIT");
	/* What takes its time may: a migration, say. */
	once(db, "BEGIN");
	ck_assert_int_eq(number(db, LIMITED_TO("0")), 1);
	once(db, "COMMIT");
	sqlite3_close(db);
	fixture_close(&f);
}
END_TEST

/* A row that another's transaction holds: the server ends the change that waits for it, no later
 * one is done, and the connection is as good as before once that was undone. */
START_TEST(write__a_command_is_ended__fails_whole_and_the_next_one_works)
{
	struct fixture f;
	struct err e = {0};
	sqlite3 *db = open_tables(&f), *other = sql_open(f.path, SQL_WRITE, 1, &f.e);
	ck_assert_ptr_nonnull(other);
	int64_t before = number(db, "SELECT knowledge FROM state WHERE id = 1");
	once(other, "BEGIN IMMEDIATE");
	once(other, "UPDATE state SET commits = commits WHERE id = 1");
	number(other, "SELECT commits FROM state WHERE id = 1");
	once(db, "BEGIN IMMEDIATE");
	once(db, "SET LOCAL statement_timeout = 50");
	once(db, "UPDATE reread SET failed = 77 WHERE id = 1");
	once(db, "UPDATE state SET knowledge = knowledge + 1 WHERE id = 1");
	assert_fails(sql_once(db, "COMMIT", &e), e, ERR_DEADLINE);
	once(db, "ROLLBACK");
	ck_assert_int_ne(number(db, "SELECT failed FROM reread WHERE id = 1"), 77);
	once(other, "COMMIT");
	once(db, "BEGIN IMMEDIATE");
	once(db, "UPDATE state SET knowledge = knowledge + 1 WHERE id = 1");
	once(db, "COMMIT");
	ck_assert_int_eq(number(db, "SELECT knowledge FROM state WHERE id = 1"), before + 1);
	sqlite3_close(other);
	sqlite3_close(db);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("commands", question__any_number_of_changes_awaited__has_its_row,
	  write__its_commands__end_after_a_minute_each,
	  write__a_command_is_ended__fails_whole_and_the_next_one_works)
