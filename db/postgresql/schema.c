/* The schema's versions on a server, which count on their own: the table "schema_version". What
 * db/sqlite/migrate.h promises. */
#include "db/sqlite/migrate.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/embed.h"
#include "db/postgresql/connection.h"
#include "db/postgresql/postings.h"
#include "db/postgresql/schema.h"
#include "db/postgresql/statement_texts.h"
#include "db/sqlite/block_convert.h"

EMBED(server_migration_0001, "db/postgresql/migrations/0001_start.sql");
EMBED(server_migration_0002, "db/postgresql/migrations/0002_posting_blocks.sql");

static int add_words(void *db, int64_t statement, const struct str columns[POSTING_COLUMNS])
{
	return postings_add(db, statement, columns) == SQLITE_OK ? 0 : -1;
}

static int make_postings(sqlite3 *db, struct err *e)
{
	if (statement_texts_each(db, add_words, db, e) == 0) {
		if (postings_send(db) == SQLITE_OK && connection_wait(db, NULL) == SQLITE_OK)
			return 0;
		sql_fail(db, "cannot migrate", e);
	}
	postings_forget(db);
	return -1;
}

static int fill_0002(sqlite3 *db, struct err *e)
{
	return make_postings(db, e) || blocks_convert(db, e) ? -1 : 0;
}

/* `fill`: what SQL cannot make of the rows. */
static const struct {
	const char *sql;
	int (*fill)(sqlite3 *, struct err *);
} migrations[] = {{server_migration_0001, NULL}, {server_migration_0002, fill_0002}};

int migrate_newest(void)
{
	return (int)(sizeof migrations / sizeof migrations[0]);
}

static int run(sqlite3 *db, const char *text, struct err *e)
{
	/* Several commands: not in pipeline mode, which takes one at a time. */
	const struct libpq *pq = db->pq;
	if (db->n_pending && connection_wait(db, NULL) != SQLITE_OK)
		return sql_fail(db, "cannot migrate", e);
	PGresult *r = pq->PQexitPipelineMode(db->c) ? pq->PQexec(db->c, text) : NULL;
	bool is_done = pq->PQresultStatus(r) == PG_COMMAND_OK;
	if (!is_done)
		connection_fail(db, SQLITE_ERROR, pq->PQerrorMessage(db->c));
	pq->PQclear(r);
	return pq->PQenterPipelineMode(db->c) && is_done ? 0 : sql_fail(db, "cannot migrate", e);
}

/* 0 where there is nothing yet; -1 for a table of this name in the schema that is not ours. */
static int read_version(sqlite3 *db, int64_t *version, struct err *e)
{
	int64_t ours, all;
	*version = 0;
	if (sql_number(db,
		       "SELECT count(*) FROM pg_class WHERE relkind = 'r'"
		       " AND relname = 'schema_version'"
		       " AND relnamespace = current_schema()::regnamespace",
		       &ours, e) ||
	    sql_number(db,
		       "SELECT count(*) FROM pg_class WHERE relkind = 'r'"
		       " AND relnamespace = current_schema()::regnamespace",
		       &all, e))
		return -1;
	if (ours)
		return sql_number(db, "SELECT max(version) FROM schema_version", version, e);
	return all == 0 ? 0
			: err_set(e, ERR_DB, NULL,
				  "the database on the server has tables of another program");
}

/* Of a database that is being made. */
#define COPYING "1000000"

static int too_new(int64_t version, struct err *e)
{
	if (version == strtoll(COPYING, NULL, 10))
		return err_set(e, ERR_DB, NULL,
			       "the database on the server is a copy that is not finished: the "
			       "same demarche copy goes on with it");
	return err_set(e, ERR_DB, NULL,
		       "the database has schema version %lld and this program knows %d: use a "
		       "newer program",
		       (long long)version, migrate_newest());
}

int migrate_version(sqlite3 *db, int *version, struct err *e)
{
	int64_t number;
	if (read_version(db, &number, e))
		return -1;
	if (number == 0)
		return err_set(
			e, ERR_DB, NULL,
			"the database on the server is empty: demarche serve makes its tables");
	if (number > migrate_newest())
		return too_new(number, e);
	*version = (int)number;
	return 0;
}

static int apply(sqlite3 *db, int64_t version, int newest, struct err *e)
{
	if (version == 0 &&
	    run(db, "CREATE TABLE IF NOT EXISTS schema_version(version bigint PRIMARY KEY)", e))
		return -1;
	for (; version < newest; version++) {
		char stamp[80];
		snprintf(stamp, sizeof stamp, "INSERT INTO schema_version VALUES (%d)",
			 (int)version + 1);
		if (run(db, stamp, e) || run(db, migrations[version].sql, e) ||
		    (migrations[version].fill && migrations[version].fill(db, e)))
			return -1;
	}
	return 0;
}

/* All or nothing: of several that start at once the others find what they would make, and may look
 * again. */
int migrate_to(sqlite3 *db, int newest, struct err *e)
{
	struct err ignored = {0};
	int64_t version;
	if (read_version(db, &version, e))
		return -1;
	if (version > newest)
		return too_new(version, e);
	if (version == newest || (run(db, "BEGIN", e) == 0 && apply(db, version, newest, e) == 0 &&
				  run(db, "COMMIT", e) == 0))
		return 0;
	(void)run(db, "ROLLBACK", &ignored);
	return -1;
}

int migrate(sqlite3 *db, struct err *e)
{
	return migrate_to(db, migrate_newest(), e);
}

int schema_mark(sqlite3 *db, struct err *e)
{
	return sql_once(db, "INSERT INTO schema_version VALUES (" COPYING ")", e);
}

int schema_hold(sqlite3 *db, bool waits, struct err *e)
{
	static const char *const texts[] = {
		"SELECT version FROM schema_version WHERE version = " COPYING " FOR UPDATE NOWAIT",
		"SELECT version FROM schema_version WHERE version = " COPYING " FOR UPDATE"};
	return sql_once(db, texts[waits], e);
}

int schema_unmark(sqlite3 *db, struct err *e)
{
	return sql_once(db, "DELETE FROM schema_version WHERE version = " COPYING, e);
}
