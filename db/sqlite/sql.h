/* A connection to SQLite as this program wants it, and short words for what every caller does with
 * one. One thread at a time uses a connection (SQLITE_OPEN_NOMUTEX). */
#ifndef DEMARCHE_DB_SQLITE_SQL_H
#define DEMARCHE_DB_SQLITE_SQL_H

#include <sqlite3.h>

#include "base/arena.h"
#include "db/store.h"

enum sql_mode {
	SQL_CREATE, /* reads, writes, makes the file (0600) */
	SQL_WRITE,  /* reads and writes a file that is there */
	SQL_READ,   /* beside a writer of this process: cannot write, whatever it is told */
	SQL_LOOK, /* alone, or beside another process: the same, and a file on a read-only disk will
		     do */
};

/* "DEMA" in the file's header: what file(1) and our own opening know it by. */
enum { SQL_APPLICATION_ID = 0x44454d41 };

/* The file's one name, without links, for which it must be there or, with `create`, is made (0600).
 * free() it; NULL with *e set to ERR_DB. */
char *sql_real_path(const char *path, bool create, struct err *e) MUST_CHECK;
/* The name of a file beside it, such as "-wal". free() it; NULL when out of memory. */
char *sql_beside(const char *path, const char *ending) MUST_CHECK;
/* NULL with *e set to ERR_DB. Close with sqlite3_close. SQL_LOOK has read the schema, and writes
 * nothing to the file and its log: neither now nor when it is closed. Where a folder can be written
 * to it leaves an empty log ("-wal") and its index ("-shm") as any reader does. */
sqlite3 *sql_open(const char *path, enum sql_mode mode, int cache_mb, struct err *e) MUST_CHECK;
/* On a server: it ends by itself what is asked in transactions that begin after this, some time
 * after the deadline (now_monotonic_ns), should whoever asks not be there to do so (sqlite3's
 * progress handler). */
void sql_deadline(sqlite3 *db, int64_t deadline_ns);
/* Is the database in this process? Else to ask it is to wait. */
bool sql_is_near(void);
/* So many rows of actors, and of issues, are worth being remembered (name_cache.h). */
size_t sql_names_kept(void);
/* Is the open file still the one that has its name? ERR_DB when it was moved or deleted: what is
 * written to it is lost. */
int sql_in_place(sqlite3 *db, struct err *e) MUST_CHECK;
/* Sets *e from the connection's last error: ERR_DEADLINE where it was interrupted, ERR_TOO_LARGE,
 * else ERR_DB. Returns -1. */
int sql_fail(sqlite3 *db, const char *what, struct err *e);
/* Prepares one of many uses; NULL with *e set. */
sqlite3_stmt *sql_prepare(sqlite3 *db, const char *text, struct err *e) MUST_CHECK;
/* Steps a statement that gives no row, and resets it. 0, or -1 with *e set. */
int sql_do(sqlite3_stmt *st, struct err *e) MUST_CHECK;
/* 1 a row (reset it when read), 0 none (it is reset), -1 with *e set (it is reset). */
int sql_row(sqlite3_stmt *st, struct err *e) MUST_CHECK;
/* Prepares, does, and finalizes a text without rows or whose rows do not matter. */
int sql_once(sqlite3 *db, const char *text, struct err *e) MUST_CHECK;
/* The one integer that a text gives. */
int sql_number(sqlite3 *db, const char *text, int64_t *out, struct err *e) MUST_CHECK;

/* Bound without a copy: the bytes must stay until the statement is reset. Errors show when
 * stepping. */
void sql_bind_str(sqlite3_stmt *st, int at, struct str s);
void sql_bind_key(sqlite3_stmt *st, int at, int64_t key); /* 0 is NULL */
/* A view that lasts until the next step. */
struct str sql_column(sqlite3_stmt *st, int at);
/* A copy in the arena; "" is not copied. p is NULL when the arena is full. */
struct str sql_copy(sqlite3_stmt *st, int at, struct arena *a);
/* The integers of the first column of all rows; reset then. 0, or -1 with *e set. */
int sql_keys(sqlite3_stmt *st, struct arena *a, struct keys *out, struct err *e) MUST_CHECK;

#endif
