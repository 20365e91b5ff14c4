/* The same of a database on a PostgreSQL server (DEMARCHE_POSTGRESQL, tools/with-postgresql). */
#include "db/sqlite/migrate.h"
#include "tests/upgrade/answers.h"

/* Through psql: the tests have no client of their own. */
static void run_file(const char *address, const char *release)
{
	char command[768];
	snprintf(command, sizeof command,
		 "psql -qX -1 -v ON_ERROR_STOP=1 -f tests/upgrade/%s-server.sql '%s' >/dev/null",
		 release, address);
	ck_assert_msg(system(command) == 0, "%s", command); /* NOLINT(cert-env33-c) */
}

static void upgrade(const char *release, int schema)
{
	struct fixture f;
	fixture_make(&f);
	sqlite3 *db = sql_open(f.path, SQL_CREATE, 2, &f.e);
	ck_assert_msg(db != NULL, "%s", f.e.message);
	assert_ok(migrate_to(db, schema, &f.e), f.e);
	sqlite3_close(db);
	run_file(f.path, release);
	fixture_reopen(&f);
	answers_same(&f, release);
	fixture_close(&f);
}

START_TEST(database__of_0_10_0__answers_as_before)
{
	upgrade("0.10.0", 1);
}
END_TEST

START_TEST(database__of_0_13_0__answers_as_before)
{
	upgrade("0.13.0", 2);
}
END_TEST

UNIT_MAIN("upgrade of a server's database", database__of_0_10_0__answers_as_before,
	  database__of_0_13_0__answers_as_before)
