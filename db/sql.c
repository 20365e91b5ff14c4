/* Opening connections safely, and error mapping. */
#include "db/sql.h"

#include <pthread.h>
#include <stdio.h>

/* An article's body is bounded far below this at the edge; a group's SQL texts are ours. */
enum { LENGTH_MAX = 64 * 1024 * 1024, SQL_LENGTH_MAX = 256 * 1024, BUSY_TIMEOUT_MS = 10000 };

static pthread_once_t once = PTHREAD_ONCE_INIT;

/* Statistics of memory take a global lock at every allocation. Refused, harmlessly, where the library is in use already. */
static void configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int sql_fail(sqlite3 *db, const char *what, struct err *e)
{
	int code = sqlite3_errcode(db);
	if ((code & 0xFF) == SQLITE_INTERRUPT)
		return err_set(e, ERR_DEADLINE, NULL, "the question was still running at its deadline");
	if ((code & 0xFF) == SQLITE_TOOBIG)
		return err_set(e, ERR_TOO_LARGE, NULL, "too large to store");
	return err_set(e, ERR_DB, NULL, "%s: %s (%d)", what, sqlite3_errmsg(db), sqlite3_extended_errcode(db));
}

static int guard(sqlite3 *db)
{
	static const struct {
		int id, value;
	} limits[] = {
		{SQLITE_LIMIT_LENGTH, LENGTH_MAX}, {SQLITE_LIMIT_SQL_LENGTH, SQL_LENGTH_MAX}, {SQLITE_LIMIT_ATTACHED, 0},
		{SQLITE_LIMIT_EXPR_DEPTH, 200},	   {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 256},   {SQLITE_LIMIT_WORKER_THREADS, 0},
	};
	for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
		sqlite3_limit(db, limits[i].id, limits[i].value);
	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, BUSY_TIMEOUT_MS);
	return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL) ||
	       sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)NULL) ||
	       sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)NULL) ||
	       sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)NULL);
}

static int set_up(sqlite3 *db, enum sql_mode mode, int cache_mb, struct err *e)
{
	if (guard(db))
		return sql_fail(db, "cannot configure the database", e);
	char cache[64];
	snprintf(cache, sizeof cache, "PRAGMA cache_size = %d", -1024 * (cache_mb > 0 ? cache_mb : 2));
	if (sql_once(db, cache, e) || sql_once(db, "PRAGMA foreign_keys = ON", e) ||
	    sql_once(db, "PRAGMA temp_store = MEMORY", e))
		return -1;
	if (mode == SQL_READ)
		return sql_once(db, "PRAGMA query_only = ON", e);
	/* FULL: a commit that was acknowledged survives a power cut. NORMAL gains nothing once commits are shared. */
	return sql_once(db, "PRAGMA synchronous = FULL", e);
}

sqlite3 *sql_open(const char *path, enum sql_mode mode, int cache_mb, struct err *e)
{
	pthread_once(&once, configure);
	sqlite3 *db = NULL;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == SQL_CREATE ? SQLITE_OPEN_CREATE : 0);
	if (sqlite3_open_v2(path, &db, flags, NULL)) {
		err_set(e, ERR_DB, NULL, "cannot open \"%s\": %s", path, db ? sqlite3_errmsg(db) : "out of memory");
		sqlite3_close(db);
		return NULL;
	}
	if (set_up(db, mode, cache_mb, e)) {
		sqlite3_close(db);
		return NULL;
	}
	return db;
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
