/* A database of each schema that a release had, with the rows that the release made, is opened by
 * this program: it answers as before. */
#include "db/sqlite/migrate.h"
#include "tests/upgrade/answers.h"

static void run_file(sqlite3 *db, const char *path)
{
	static char text[1 << 20];
	FILE *file = fopen(path, "rb");
	ck_assert_msg(file != NULL, "%s", path);
	size_t n = fread(text, 1, sizeof text - 1, file);
	ck_assert(feof(file) != 0);
	fclose(file);
	text[n] = '\0';
	ck_assert_msg(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK, "%s: %s", path,
		      sqlite3_errmsg(db));
}

static void upgrade(const char *release, int schema)
{
	struct fixture f;
	char path[128];
	snprintf(path, sizeof path, "tests/upgrade/%s.sql", release);
	fixture_make(&f);
	sqlite3 *db = sql_open(f.path, SQL_CREATE, 2, &f.e);
	ck_assert_ptr_nonnull(db);
	assert_ok(migrate_to(db, schema, &f.e), f.e);
	assert_ok(sql_once(db, "BEGIN", &f.e), f.e);
	run_file(db, path);
	assert_ok(sql_once(db, "COMMIT", &f.e), f.e);
	/* The index has no rows of its own. */
	assert_ok(sql_once(db, "INSERT INTO statement_fts(statement_fts) VALUES ('rebuild')", &f.e),
		  f.e);
	sqlite3_close(db);
	fixture_reopen(&f);
	answers_same(&f, release);
	fixture_close(&f);
}

START_TEST(database__of_0_9_0__answers_as_before)
{
	upgrade("0.9.0", 7);
}
END_TEST

START_TEST(database__of_0_10_0__answers_as_before)
{
	upgrade("0.10.0", 8);
}
END_TEST

START_TEST(database__of_0_13_0__answers_as_before)
{
	upgrade("0.13.0", 9);
}
END_TEST

UNIT_MAIN("upgrade of a file", database__of_0_9_0__answers_as_before,
	  database__of_0_10_0__answers_as_before, database__of_0_13_0__answers_as_before)
