/* Looks whether the file was changed: by PRAGMA data_version, which tells a connection of every
 * commit but its own, whichever process made it. For a writer's store the others are programs that
 * disregard its lock, and a look now and then will do; a store open for reading alone has a writer
 * elsewhere, and looks whenever it is asked. Any thread. */
#ifndef DEMARCHE_DB_SQLITE_WATCH_H
#define DEMARCHE_DB_SQLITE_WATCH_H

#include <pthread.h>

#include "db/sqlite/signals.h"
#include "db/sqlite/sql.h"

struct watch {
	struct signals *signals;      /* whose `changes` it counts up */
	atomic_int_fast64_t looks_ns; /* when the next look is due */
	pthread_mutex_t lock;	      /* of what follows */
	sqlite3 *db;
	sqlite3_stmt *st;
	int64_t seen;
	bool is_blind; /* the last look failed */
};

/* Without a file. */
void watch_init(struct watch *w);
/* o->path is the database's real path. 0, or -1 with *e; to be released in either case. */
int watch_open(struct watch *w, const struct store_options *o, struct signals *signals,
	       struct err *e) MUST_CHECK;
void watch_release(struct watch *w);
/* Looks, if it is time. False when the file cannot be looked at. */
bool watch_look(struct watch *w) MUST_CHECK;

#endif
