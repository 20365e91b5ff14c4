/* Who writes: this store, or for now another copy of the service, whose turn this one takes when it
 * ends (db/store.h, `follows`). Any thread. */
#ifndef DEMARCHE_DB_SQLITE_TENURE_H
#define DEMARCHE_DB_SQLITE_TENURE_H

#include <pthread.h>

#include "db/sqlite/writer.h"
#include "db/sqlite/writer_lock.h"

struct tenure {
	struct store_options options; /* path is the real one */
	struct signals *signals;
	struct writer_lock *lock;

	pthread_rwlock_t turn; /* of what follows, which the thread changes */
	struct writer writer;  /* closed unless it leads */
	bool leads;
	struct knowledge known; /* to be put in when the turn comes */
	bool has_known;
	struct state seen; /* the other's, some time ago */

	pthread_t thread; /* of one that follows */
	bool has_thread, ends;
	pthread_mutex_t lock_end;
	pthread_cond_t end;
	sqlite3 *db; /* the thread's, for `seen` */
	sqlite3_stmt *counts, *reread;
};

/* Without a writer: nothing is taken. */
void tenure_init(struct tenure *t);
/* 0, or -1 with *e, after which it is to be released all the same. */
int tenure_open(struct tenure *t, const struct store_options *o, struct signals *signals,
		struct err *e) MUST_CHECK;
void tenure_stop(struct tenure *t); /* commits what was submitted */
void tenure_release(struct tenure *t);

/* As those of the store. */
int tenure_submit(struct tenure *t, struct write *w, struct err *e) MUST_CHECK;
int tenure_write_all(struct tenure *t, struct write *const *v, size_t n, struct err *e) MUST_CHECK;
int tenure_seed(struct tenure *t, const struct knowledge *k, struct err *e) MUST_CHECK;
void tenure_announce(struct tenure *t, const char *address);
struct store_stats tenure_stats(struct tenure *t);
int tenure_ready(struct tenure *t, struct err *e) MUST_CHECK;
void tenure_look(struct tenure *t); /* writer_look */

#endif
