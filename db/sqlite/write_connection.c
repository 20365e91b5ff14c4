/* Opening the database for writing. */
#include "db/sqlite/write_connection.h"

#include "db/sqlite/migrate.h"

static int start_wal(sqlite3 *db, struct err *e)
{
	sqlite3_stmt *st = sql_prepare(db, "PRAGMA journal_mode = WAL", e);
	if (!st)
		return -1;
	int row = sql_row(st, e);
	bool is_wal = row > 0 && str_eq(sql_column(st, 0), STR("wal"));
	sqlite3_finalize(st);
	if (row < 0)
		return -1;
	return is_wal ? 0
		      : err_set(e, ERR_DB, NULL,
				"the folder of the database does not allow a write-ahead log");
}

static int count_frames(void *connection, sqlite3 *db, const char *name, int frames)
{
	(void)db;
	(void)name;
	((struct write_connection *)connection)->wal_frames = frames;
	return SQLITE_OK;
}

static int prepare(struct write_connection *c, struct err *e)
{
	static const char *const texts[W_COUNT] = {
#define X(name, text) text,
		WRITER_SQL(X)
#undef X
	};
	for (int i = 0; i < W_COUNT; i++) {
		c->st[i] = sql_prepare(c->db, texts[i], e);
		if (!c->st[i])
			return -1;
	}
	return 0;
}

int write_connection_open(struct write_connection *c, const char *path, int cache_mb, struct err *e)
{
	*c = (struct write_connection){.db = sql_open(path, SQL_WRITE, cache_mb, e)};
	/* Migration first: it knows whose file this is. The log's file shrinks back to 64 MB when
	 * it starts again. */
	if (!c->db || migrate(c->db, e) || start_wal(c->db, e) ||
	    sql_once(c->db, "PRAGMA journal_size_limit = 67108864", e) ||
	    sql_once(c->db, "PRAGMA wal_autocheckpoint = 0", e) || prepare(c, e))
		return -1;
	sqlite3_wal_hook(c->db, count_frames, c);
	return 0;
}

void write_connection_close(struct write_connection *c)
{
	for (int i = 0; i < W_COUNT; i++)
		sqlite3_finalize(c->st[i]);
	sqlite3_close(c->db);
	*c = (struct write_connection){0};
}
