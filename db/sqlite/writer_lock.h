/* Who writes a database: a lock that says who holds it. Of a file it is in a file beside it
 * ("-lock"). */
#ifndef DEMARCHE_DB_SQLITE_WRITER_LOCK_H
#define DEMARCHE_DB_SQLITE_WRITER_LOCK_H

#include "db/store.h"

struct writer_lock;

/* Of the database at `path`, as sql_real_path gives it; `command` (may be NULL) is what it says
 * of this process. NULL with *e: ERR_BUSY (held, by whom), ERR_DB. */
struct writer_lock *writer_lock_take(const char *path, const char *command,
				     struct err *e) MUST_CHECK;
/* Where the holder can be reached, for others to read (store_holder). */
void writer_lock_announce(struct writer_lock *l, const char *address);
void writer_lock_release(struct writer_lock *l); /* NULL is allowed */

#endif
