/* Writes made durable: many in one transaction, or none of them. The writer's thread alone (and
 * whoever opens the store, before that thread starts). */
#ifndef DEMARCHE_DB_SQLITE_COMMIT_H
#define DEMARCHE_DB_SQLITE_COMMIT_H

#include "db/sqlite/key_cache.h"
#include "db/sqlite/signals.h"
#include "db/sqlite/state.h"

struct committer {
	const char *path;
	int cache_mb;
	struct writer_lock *lock;
	/* Its names_generation is odd while a transaction that changes names commits: what is read
	 * then is not remembered (name_cache.h). */
	struct signals *signals;

	struct write_connection connection;
	struct key_cache keys;
	struct state state; /* as committed */
	struct state tried; /* of the last COMMIT that failed, which may be there all the same */
	int64_t writing;    /* the number of the transaction under way */
	int64_t seen;	    /* PRAGMA data_version, at the last look */
	bool is_broken;	    /* the connection failed, and is not to be trusted with another write */
};

/* With path, cache_mb, lock and signals set. 0, or -1 with *e, after which it is to be closed
 * all the same. */
int committer_open(struct committer *c, struct err *e) MUST_CHECK;
/* Copies the log back into the file. One that was never opened may be closed. */
void committer_close(struct committer *c);
/* All of them in one transaction. 0, or -1 with *e: nothing was written. */
int commit_writes(struct committer *c, struct write *const *v, int n, struct err *e) MUST_CHECK;

/* Counts it in the signals' `changes` when anybody else has changed the file since the last look:
 * which PRAGMA data_version tells a connection of every commit but its own. */
void committer_look(struct committer *c);

#endif
