/* Who writes a database: a lock that says who holds it. Of a file it is in a file beside it
 * ("-lock"). */
#ifndef DEMARCHE_DB_SQLITE_WRITER_LOCK_H
#define DEMARCHE_DB_SQLITE_WRITER_LOCK_H

#include "db/sqlite/sql.h"

struct writer_lock;

/* Of the database at `path`, as sql_real_path gives it; `command` (may be NULL) is what it says
 * of this process. NULL with *e: ERR_BUSY (held, by whom), ERR_DB. */
struct writer_lock *writer_lock_take(const char *path, const char *command,
				     struct err *e) MUST_CHECK;
/* Is it a lease, which another process may take while this one lives? Then what is remembered of
 * the database is to be asked for. */
bool writer_lock_is_shared(void);
/* Of a lease: taken where it is free; else it is another's, and to be tried for. */
struct writer_lock *writer_lock_follow(const char *path, const char *command,
				       struct err *e) MUST_CHECK;
int writer_lock_try(struct writer_lock *l, struct err *e) MUST_CHECK; /* 1 ours, 0, -1 with *e */
bool writer_lock_is_held(struct writer_lock *l); /* false once another was seen to have it */
/* The same, asked of the server where it was held so far; true where that does not answer. */
bool writer_lock_confirm(struct writer_lock *l);
void writer_lock_give_back(struct writer_lock *l);
/* In a transaction of the writer, before COMMIT: fails it, at the latest at COMMIT, unless the lock
 * is still ours, and keeps others from taking it until the transaction ends. `renamed` is the
 * transaction's number when it changes names, else 0. */
int writer_lock_fence(struct writer_lock *l, sqlite3 *db, int64_t renamed,
		      struct err *e) MUST_CHECK;
/* Where the holder can be reached, for others to read (store_holder). */
void writer_lock_announce(struct writer_lock *l, const char *address);
void writer_lock_release(struct writer_lock *l); /* NULL is allowed */

#endif
