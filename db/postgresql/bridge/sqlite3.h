/* The functions of SQLite's library that db/sqlite calls, for the files that are compiled a second
 * time to work on PostgreSQL: a statement, its values, its rows. Each does what SQLite documents,
 * less what is said here. Where SQLite has nothing to do on a server a call gives SQLITE_OK.
 *
 * A statement that changes rows and whose outcome nobody asks for is sent without waiting: its
 * error shows at one of the following statements, at the latest at COMMIT, and all between fail.
 * Text is bytes, as in the tables (bytea), and columns are told apart as integers and bytes. */
#ifndef SQLITE3_H
#define SQLITE3_H

#include <stdint.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_stmt sqlite3_stmt;
typedef int64_t sqlite3_int64;

enum {
	SQLITE_OK = 0,
	SQLITE_ERROR = 1,
	SQLITE_BUSY = 5,
	SQLITE_INTERRUPT = 9,
	SQLITE_TOOBIG = 18,
	SQLITE_NOTICE = 27,
	SQLITE_WARNING = 28,
	SQLITE_SCHEMA = 17,
	SQLITE_ROW = 100,
	SQLITE_DONE = 101,
	SQLITE_INTEGER = 1,
	SQLITE_BLOB = 4,
	SQLITE_NULL = 5,
	SQLITE_UTF8 = 1,
	SQLITE_PREPARE_PERSISTENT = 1,
	SQLITE_CONFIG_LOG = 16,
	SQLITE_CHECKPOINT_PASSIVE = 0,
	SQLITE_CHECKPOINT_TRUNCATE = 3,
	SQLITE_INSERT = 18,
	SQLITE_DELETE = 9,
	SQLITE_UPDATE = 23,
};
#define SQLITE_STATIC ((void (*)(void *))0)
/* Taken for the other: every caller runs the statement before its bytes go. */
#define SQLITE_TRANSIENT SQLITE_STATIC

int sqlite3_prepare_v3(sqlite3 *db, const char *text, int n, unsigned flags, sqlite3_stmt **out,
		       const char **rest);
int sqlite3_finalize(sqlite3_stmt *st);
int sqlite3_reset(sqlite3_stmt *st);
int sqlite3_clear_bindings(sqlite3_stmt *st);
int sqlite3_step(sqlite3_stmt *st);
const char *sqlite3_sql(sqlite3_stmt *st);
sqlite3 *sqlite3_db_handle(sqlite3_stmt *st);
int sqlite3_bind_parameter_count(sqlite3_stmt *st);

int sqlite3_bind_int64(sqlite3_stmt *st, int at, sqlite3_int64 v);
int sqlite3_bind_null(sqlite3_stmt *st, int at);
int sqlite3_bind_blob(sqlite3_stmt *st, int at, const void *p, int n, void (*free)(void *));
int sqlite3_bind_blob64(sqlite3_stmt *st, int at, const void *p, uint64_t n, void (*free)(void *));
int sqlite3_bind_text64(sqlite3_stmt *st, int at, const char *p, uint64_t n, void (*free)(void *),
			unsigned char encoding);

int sqlite3_column_type(sqlite3_stmt *st, int at);
sqlite3_int64 sqlite3_column_int64(sqlite3_stmt *st, int at);
int sqlite3_column_int(sqlite3_stmt *st, int at);
const void *sqlite3_column_blob(sqlite3_stmt *st, int at);
int sqlite3_column_bytes(sqlite3_stmt *st, int at);

int sqlite3_close(sqlite3 *db); /* with its statements finalized */
int sqlite3_errcode(sqlite3 *db);
int sqlite3_extended_errcode(sqlite3 *db);
const char *sqlite3_errmsg(sqlite3 *db);
int sqlite3_get_autocommit(sqlite3 *db);
sqlite3_int64 sqlite3_total_changes64(sqlite3 *db);
/* Of a table whose first column is its key and that SQLite gives the next one. */
sqlite3_int64 sqlite3_last_insert_rowid(sqlite3 *db);
/* Asked while the server works, and after some rows. */
void sqlite3_progress_handler(sqlite3 *db, int steps, int (*is_over)(void *), void *context);
/* Of the table "statement" alone, and of what is changed and deleted there. */
void *sqlite3_update_hook(sqlite3 *db,
			  void (*note)(void *, int, const char *, const char *, sqlite3_int64),
			  void *context);

int sqlite3_busy_timeout(sqlite3 *db, int ms);
void *sqlite3_wal_hook(sqlite3 *db, int (*hook)(void *, sqlite3 *, const char *, int),
		       void *context);
int sqlite3_wal_checkpoint_v2(sqlite3 *db, const char *name, int mode, int *frames, int *done);
int sqlite3_config(int option, ...);
void sqlite3_log(int code, const char *format, ...);

#endif
