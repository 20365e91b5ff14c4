/* Migrations: PRAGMA user_version counts those that were applied. */
#include "db/sqlite/migrate.h"

#include <stdio.h>

#include "base/embed.h"
#include "db/sqlite/block_build.h"

EMBED(migration_0001, "db/sqlite/migrations/0001_start.sql");
EMBED(migration_0002, "db/sqlite/migrations/0002_edited_issues.sql");
EMBED(migration_0003, "db/sqlite/migrations/0003_tally.sql");
EMBED(migration_0004, "db/sqlite/migrations/0004_clock_and_edition.sql");
EMBED(migration_0005, "db/sqlite/migrations/0005_pairs.sql");
EMBED(migration_0006, "db/sqlite/migrations/0006_nearby.sql");
EMBED(migration_0007, "db/sqlite/migrations/0007_edits_facets_feeds.sql");
EMBED(migration_0008, "db/sqlite/migrations/0008_blocks.sql");
EMBED(migration_0009, "db/sqlite/migrations/0009_narrow_blocks.sql");

/* `fill`: what SQL cannot make of the rows. */
static const struct {
	const char *name, *sql;
	int (*fill)(sqlite3 *, struct err *);
} migrations[] = {
	{"0001_start", migration_0001, NULL},
	{"0002_edited_issues", migration_0002, NULL},
	{"0003_tally", migration_0003, NULL},
	{"0004_clock_and_edition", migration_0004, NULL},
	{"0005_pairs", migration_0005, NULL},
	{"0006_nearby", migration_0006, NULL},
	{"0007_edits_facets_feeds", migration_0007, NULL},
	{"0008_blocks", migration_0008, NULL}, /* the next one fills what it leaves empty */
	{"0009_narrow_blocks", migration_0009, blocks_narrow},
};

int migrate_newest(void)
{
	return (int)(sizeof migrations / sizeof migrations[0]);
}

static int apply(sqlite3 *db, int version, struct err *e)
{
	char stamp[64];
	snprintf(stamp, sizeof stamp, "PRAGMA user_version = %d", version);
	if (sqlite3_exec(db, migrations[version - 1].sql, NULL, NULL, NULL))
		return sql_fail(db, migrations[version - 1].name, e);
	if (migrations[version - 1].fill && migrations[version - 1].fill(db, e))
		return -1;
	return sql_once(db, stamp, e);
}

/* Whose file is it? A fresh one (version 0, no tables) gets our mark; any other without it is not
 * ours. */
static int claim(sqlite3 *db, int64_t version, struct err *e)
{
	int64_t mark, tables;
	if (sql_number(db, "PRAGMA application_id", &mark, e) ||
	    sql_number(db, "SELECT count(*) FROM sqlite_schema", &tables, e))
		return -1;
	if (mark == SQL_APPLICATION_ID)
		return 0;
	if (mark || version || tables)
		return err_set(e, ERR_DB, NULL, "the file is a database of another program");
	char stamp[64];
	snprintf(stamp, sizeof stamp, "PRAGMA application_id = %d", SQL_APPLICATION_ID);
	return sql_once(db, stamp, e);
}

static int too_new(int64_t version, int newest, struct err *e)
{
	return err_set(e, ERR_DB, NULL,
		       "the database has schema version %lld and this program knows %d: use a "
		       "newer program",
		       (long long)version, newest);
}

int migrate_version(sqlite3 *db, int *version, struct err *e)
{
	int64_t mark, number;
	if (sql_number(db, "PRAGMA application_id", &mark, e) ||
	    sql_number(db, "PRAGMA user_version", &number, e))
		return -1;
	if (mark == 0 && number == 0)
		return err_set(e, ERR_DB, NULL,
			       "the file is no database of this program, or one without content");
	if (mark != SQL_APPLICATION_ID || number < 1)
		return err_set(e, ERR_DB, NULL, "the file is a database of another program");
	if (number > migrate_newest())
		return too_new(number, migrate_newest(), e);
	*version = (int)number;
	return 0;
}

/* Inside one immediate transaction: the version is read under the lock, so that two processes may
 * start at once. */
static int step(sqlite3 *db, int newest, bool *more, struct err *e)
{
	int64_t version;
	if (sql_number(db, "PRAGMA user_version", &version, e) || claim(db, version, e))
		return -1;
	if (version > newest)
		return too_new(version, newest, e);
	*more = version < newest;
	return *more ? apply(db, (int)version + 1, e) : 0;
}

int migrate_to(sqlite3 *db, int newest, struct err *e)
{
	for (bool more = true; more;) {
		if (sql_once(db, "BEGIN IMMEDIATE", e))
			return -1;
		if (step(db, newest, &more, e) || sql_once(db, "COMMIT", e)) {
			struct err ignored = {0};
			if (!sqlite3_get_autocommit(db) && sql_once(db, "ROLLBACK", &ignored))
				return -1;
			return -1;
		}
	}
	return 0;
}

int migrate(sqlite3 *db, struct err *e)
{
	return migrate_to(db, migrate_newest(), e);
}
