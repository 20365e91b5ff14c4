/* Looks whether the file was changed since the last look, for a store that is open for reading
 * alone: its writer is in another process. Any thread. */
#ifndef DEMARCHE_DB_SQLITE_WATCH_H
#define DEMARCHE_DB_SQLITE_WATCH_H

#include <pthread.h>

#include "db/sqlite/signals.h"
#include "db/sqlite/sql.h"

struct watch {
	const char *path;
	struct signals *signals; /* whose `changes` it counts up */
	pthread_mutex_t lock;	 /* of what follows */
	sqlite3 *db;
	sqlite3_stmt *st;
	int64_t seen;
	int64_t failed_ns; /* of the last look, 0: it did not */
};

/* `path` is the database's real one, and stays. It is opened at the first look. */
void watch_init(struct watch *w, const char *path, struct signals *signals);
void watch_release(struct watch *w);
/* False when the file cannot be looked at, which is not tried again within a second; on a server
 * *seen is the number of the last commit. */
bool watch_look(struct watch *w, int64_t *seen) MUST_CHECK;

#endif
