/* A database on a server that no program takes, since its version is one that none knows. */
#include "db/sqlite/new_database.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "db/postgresql/schema.h"
#include "db/sqlite/migrate.h"

struct new_database {
	sqlite3 *db;
};

/* Those that no condition has brought. */
#define LEFT_OUT                                                                                   \
	"SELECT convert_to(indexname, 'UTF8') AS name, convert_to(indexdef, 'UTF8') AS sql FROM "  \
	"pg_indexes i"                                                                             \
	" WHERE schemaname = current_schema() AND NOT EXISTS (SELECT 1 FROM pg_constraint c"       \
	" WHERE c.conname = i.indexname AND c.connamespace = current_schema()::regnamespace)"

static int drop_indexes(sqlite3 *db, struct err *e)
{
	struct buf b;
	buf_init(&b, 1 << 16);
	sqlite3_stmt *st = sql_prepare(db, "SELECT name FROM copying", e);
	int row = -1;
	while (st && (row = sql_row(st, e)) > 0)
		buf_printf(&b, "%s%.*s", b.n ? ", " : "DROP INDEX ", STR_ARG(sql_column(st, 0)));
	sqlite3_finalize(st);
	buf_add_char(&b, '\0');
	int result = row < 0 || b.failed ? -1 : b.n > 1 ? sql_once(db, b.p, e) : 0;
	buf_release(&b);
	return result;
}

static int leave_out_indexes(sqlite3 *db, struct err *e)
{
	return sql_once(db, "BEGIN", e) || sql_once(db, "CREATE TABLE copying AS " LEFT_OUT, e) ||
			       drop_indexes(db, e) || schema_mark(db, e) ||
			       sql_once(db, "COMMIT", e)
		       ? -1
		       : 0;
}

static int set_up(sqlite3 *db, struct err *e)
{
	int64_t has_begun, is_used;
	if (sql_number(db,
		       "SELECT count(*) FROM pg_class WHERE relname = 'copying'"
		       " AND relnamespace = current_schema()::regnamespace",
		       &has_begun, e))
		return -1;
	if (has_begun)
		return 0;
	if (migrate(db, e) ||
	    sql_number(db, "SELECT counter | commits | knowledge FROM state", &is_used, e))
		return -1;
	return is_used ? err_set(e, ERR_INPUT, NULL, "there is a database on the server already")
		       : leave_out_indexes(db, e);
}

struct new_database *new_database_open(const char *path, sqlite3 **db, struct err *e)
{
	struct new_database *n = calloc(1, sizeof *n);
	char *name = n ? sql_real_path(path, false, e) : NULL;
	if (name)
		n->db = sql_open(name, SQL_WRITE, 0, e);
	free(name);
	if (n && n->db && sql_once(n->db, "SET maintenance_work_mem = '256MB'", e) == 0 &&
	    set_up(n->db, e) == 0) {
		*db = n->db;
		return n;
	}
	new_database_close(n);
	err_set(e, ERR_DB, NULL, "out of memory");
	return NULL;
}

/* What a process that was killed had sent may still be under way, its COMMIT with it: who goes on
 * waits a little for that, and sees then what came of it. */
int new_database_begin(struct new_database *n, bool is_first, struct err *e)
{
	enum { TRIES = 20, PAUSE_US = 100000 };
	for (int i = 1;; i++) {
		struct err why = {0};
		if (sql_once(n->db, "BEGIN", e))
			return -1;
		if (schema_hold(n->db, !is_first, &why) == 0)
			return 0;
		if (sqlite3_errcode(n->db) != SQLITE_BUSY)
			return err_set(e, why.kind, NULL, "%s", why.message);
		if (i == TRIES || sql_once(n->db, "ROLLBACK", e))
			return err_set(e, ERR_BUSY, NULL, "another copy into it is under way");
		usleep(PAUSE_US);
	}
}

int new_database_clear(sqlite3 *db, const char *table, struct err *e)
{
	char text[128];
	if (str_eq(str_of(table), STR("statement")) && sql_once(db, "DELETE FROM posting_block", e))
		return -1;
	snprintf(text, sizeof text, "DELETE FROM %s", table);
	return sql_once(db, text, e);
}

int new_database_finish(struct new_database *n, struct err *e)
{
	return schema_unmark(n->db, e) || sql_once(n->db, "COMMIT", e) ? -1 : 0;
}

void new_database_close(struct new_database *n)
{
	if (n)
		sqlite3_close(n->db);
	free(n);
}
