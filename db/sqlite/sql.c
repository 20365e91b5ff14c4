/* Short words, and error mapping. */
#include "db/sqlite/sql.h"

int sql_fail(sqlite3 *db, const char *what, struct err *e)
{
	int code = sqlite3_errcode(db);
	if ((code & 0xFF) == SQLITE_INTERRUPT)
		return err_set(e, ERR_DEADLINE, NULL,
			       "the question was still running at its deadline");
	if ((code & 0xFF) == SQLITE_TOOBIG)
		return err_set(e, ERR_TOO_LARGE, NULL, "too large to store");
	return err_set(e, ERR_DB, NULL, "%s: %s (%d)", what, sqlite3_errmsg(db),
		       sqlite3_extended_errcode(db));
}

sqlite3_stmt *sql_prepare(sqlite3 *db, const char *text, struct err *e)
{
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL)) {
		sql_fail(db, "cannot prepare", e);
		return NULL;
	}
	return st;
}

int sql_row(sqlite3_stmt *st, struct err *e)
{
	int code = sqlite3_step(st);
	if (code == SQLITE_ROW)
		return 1;
	if (code == SQLITE_DONE) {
		sqlite3_reset(st);
		return 0;
	}
	sql_fail(sqlite3_db_handle(st), "database", e);
	sqlite3_reset(st);
	return -1;
}

int sql_do(sqlite3_stmt *st, struct err *e)
{
	int row = sql_row(st, e);
	if (row > 0)
		sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

int sql_once(sqlite3 *db, const char *text, struct err *e)
{
	sqlite3_stmt *st = sql_prepare(db, text, e);
	if (!st)
		return -1;
	int result = sql_do(st, e);
	sqlite3_finalize(st);
	return result;
}

int sql_number(sqlite3 *db, const char *text, int64_t *out, struct err *e)
{
	sqlite3_stmt *st = sql_prepare(db, text, e);
	if (!st)
		return -1;
	int row = sql_row(st, e);
	if (row > 0)
		*out = sqlite3_column_int64(st, 0);
	else if (row == 0)
		err_set(e, ERR_DB, NULL, "\"%s\" gave nothing", text);
	sqlite3_finalize(st);
	return row > 0 ? 0 : -1;
}

void sql_bind_str(sqlite3_stmt *st, int at, struct str s)
{
	sqlite3_bind_text64(st, at, s.p ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8);
}

void sql_bind_key(sqlite3_stmt *st, int at, int64_t key)
{
	if (key)
		sqlite3_bind_int64(st, at, key);
	else
		sqlite3_bind_null(st, at);
}

struct str sql_column(sqlite3_stmt *st, int at)
{
	const void *p = sqlite3_column_blob(st, at);
	return p ? (struct str){p, (size_t)sqlite3_column_bytes(st, at)} : STR_EMPTY;
}

struct str sql_copy(sqlite3_stmt *st, int at, struct arena *a)
{
	struct str s = sql_column(st, at);
	return s.n ? arena_str(a, s) : STR_EMPTY;
}

int sql_keys(sqlite3_stmt *st, struct arena *a, struct keys *out, struct err *e)
{
	int64_t *v = NULL;
	size_t n = 0, cap = 0;
	int row;
	while ((row = sql_row(st, e)) > 0) {
		if (arena_grow(a, (void **)&v, &cap, n + 1, sizeof *v)) {
			sqlite3_reset(st);
			return arena_full(e);
		}
		v[n++] = sqlite3_column_int64(st, 0);
	}
	*out = (struct keys){v, n};
	return row;
}
