/* Looks whether the file was changed since the last look, for a store that is open for reading
 * alone: its writer is in another process. Any thread. */
#ifndef DEMARCHE_DB_SQLITE_WATCH_H
#define DEMARCHE_DB_SQLITE_WATCH_H

#include <pthread.h>

#include "db/sqlite/signals.h"
#include "db/sqlite/sql.h"

struct watch {
	struct signals *signals; /* whose `changes` it counts up */
	pthread_mutex_t lock;	 /* of what follows */
	sqlite3 *db;
	sqlite3_stmt *st;
	int64_t seen;
};

/* Without a file. */
void watch_init(struct watch *w);
/* o->path is the database's real path. 0, or -1 with *e; to be released in either case. */
int watch_open(struct watch *w, const struct store_options *o, struct signals *signals,
	       struct err *e) MUST_CHECK;
void watch_release(struct watch *w);
/* False when the file cannot be looked at. */
bool watch_look(struct watch *w) MUST_CHECK;

#endif
