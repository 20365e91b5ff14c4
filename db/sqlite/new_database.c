/* A file, under its name and ".partial". */
#include "db/sqlite/new_database.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/maintenance.h"
#include "db/sqlite/migrate.h"
#include "db/sqlite/new_file.h"
#include "db/sqlite/writer_lock.h"

enum { CACHE_MB = 256 };

struct new_database {
	char *path, *partial;
	struct writer_lock *lock;
	sqlite3 *db;
};

static int drop_indexes(sqlite3 *db, struct err *e)
{
	for (;;) {
		char text[128];
		sqlite3_stmt *st = sql_prepare(db,
					       "SELECT name FROM sqlite_schema WHERE type = 'index'"
					       " AND sql IS NOT NULL LIMIT 1",
					       e);
		int row = st ? sql_row(st, e) : -1;
		if (row > 0)
			snprintf(text, sizeof text, "DROP INDEX %.*s", STR_ARG(sql_column(st, 0)));
		sqlite3_finalize(st);
		if (row <= 0)
			return row;
		if (sql_once(db, text, e))
			return -1;
	}
}

/* The rows of a database that nobody has written to. */
static int leave_out_indexes(sqlite3 *db, struct err *e)
{
	return sql_once(db, "BEGIN IMMEDIATE", e) ||
			       sql_once(db,
					"CREATE TABLE copying(name TEXT PRIMARY KEY, sql TEXT)"
					" STRICT",
					e) ||
			       sql_once(db,
					"INSERT INTO copying SELECT name, sql FROM sqlite_schema"
					" WHERE type = 'index' AND sql IS NOT NULL",
					e) ||
			       drop_indexes(db, e) || sql_once(db, "COMMIT", e)
		       ? -1
		       : 0;
}

static int set_up(struct new_database *n, struct err *e)
{
	int64_t has_begun;
	n->db = sql_open(n->partial, SQL_CREATE, CACHE_MB, e);
	if (!n->db || migrate(n->db, e) ||
	    sql_number(n->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'copying'",
		       &has_begun, e))
		return -1;
	return has_begun ? 0 : leave_out_indexes(n->db, e);
}

struct new_database *new_database_open(const char *path, sqlite3 **db, struct err *e)
{
	struct new_database *n = calloc(1, sizeof *n);
	if (n) {
		n->path = sql_beside(path, "");
		n->partial = sql_beside(path, PARTIAL_ENDING);
	}
	if (!n || !n->path || !n->partial)
		err_set(e, ERR_DB, NULL, "out of memory");
	else if (access(path, F_OK) == 0)
		err_set(e, ERR_INPUT, NULL, "\"%s\" exists", path);
	else if ((n->lock = writer_lock_take(n->partial, "copy", e)) && set_up(n, e) == 0) {
		*db = n->db;
		return n;
	}
	new_database_close(n);
	return NULL;
}

int new_database_begin(struct new_database *n, bool is_first, struct err *e)
{
	(void)is_first;
	return sql_once(n->db, "BEGIN IMMEDIATE", e);
}

/* The full text goes with the rows that it is of. */
int new_database_clear(sqlite3 *db, const char *table, struct err *e)
{
	char text[128];
	if (str_eq(str_of(table), STR("statement")) &&
	    sql_once(db, "INSERT INTO statement_fts(statement_fts) VALUES ('delete-all')", e))
		return -1;
	snprintf(text, sizeof text, "DELETE FROM %s", table);
	return sql_once(db, text, e);
}

int new_database_finish(struct new_database *n, struct err *e)
{
	if (sql_once(n->db, "COMMIT", e))
		return -1;
	int fd = open(n->partial, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return err_set(e, ERR_DB, NULL, "cannot open \"%s\"", n->partial);
	sqlite3_close(n->db);
	n->db = NULL;
	int result = new_file_finish(fd, n->partial, n->path, e);
	close(fd);
	return result;
}

void new_database_close(struct new_database *n)
{
	if (!n)
		return;
	sqlite3_close(n->db);
	writer_lock_release(n->lock);
	free(n->partial);
	free(n->path);
	free(n);
}
