/* The lock of the one writer of a database, in a file beside it ("-lock") that says who holds it.
 */
#ifndef DEMARCHE_DB_SQLITE_WRITER_LOCK_H
#define DEMARCHE_DB_SQLITE_WRITER_LOCK_H

#include "db/sqlite/lock_file.h"
#include "db/store.h"

/* Of the database at `path`, as sql_real_path gives it; `command` (may be NULL) is what it says
 * of this process. 0, or -1 with *e: ERR_BUSY (held, by whom), ERR_DB. */
int writer_lock_take(struct lock_file *l, const char *path, const char *command,
		     struct err *e) MUST_CHECK;
/* Where the holder can be reached, for others to read (store_holder). */
void writer_lock_announce(struct lock_file *l, const char *address);

#endif
