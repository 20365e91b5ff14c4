/* The writer: a queue of writes, and the one thread that takes all that waits and commits it as
 * one. Any thread may submit. */
#ifndef DEMARCHE_DB_SQLITE_WRITER_H
#define DEMARCHE_DB_SQLITE_WRITER_H

#include <pthread.h>

#include "db/sqlite/checkpoint.h"
#include "db/sqlite/commit.h"

struct writer {
	/* The thread's. */
	struct committer committer;
	struct checkpointer checkpointer;
	struct write **batch; /* the writes under way */
	int batch_max;
	int64_t ended_ns, took_ns; /* of the last transaction */

	atomic_int_fast64_t look_ns; /* when the next look at the file is due */

	pthread_t thread;
	bool has_thread;

	pthread_mutex_t lock; /* of all that follows */
	pthread_cond_t work, room;
	struct write *head, **tail;
	int queued, queue_max, hurried; /* the last: of these, such as are no articles */
	bool is_closed, wants_look;
	struct state state; /* as committed */
	int64_t transactions, committed, wal_bytes;
	int64_t failed_ns; /* when the last transaction failed, 0 if it did not */
};

/* Closed; what writer_open has not opened may be released all the same. */
void writer_init(struct writer *w);
/* Opens the database (o->path is its real path) and starts the thread. 0, or -1 with *e. */
int writer_open(struct writer *w, const struct store_options *o, struct signals *signals,
		struct err *e) MUST_CHECK;
/* Commits what was submitted and ends the thread; nothing is taken any more. */
void writer_stop(struct writer *w);
/* After writer_stop and after all readers are closed. */
void writer_release(struct writer *w);

/* As store_submit and store_write_all. */
int writer_submit(struct writer *w, struct write *write, struct err *e) MUST_CHECK;
int writer_write_all(struct writer *w, struct write *const *v, size_t n, struct err *e) MUST_CHECK;

/* All but the size of the file. */
struct store_stats writer_stats(struct writer *w);
/* ERR_BUSY when it is closed, ERR_DB when the last write failed, some seconds ago at most. */
int writer_ready(struct writer *w, struct err *e) MUST_CHECK;

/* Has the thread look whether others have changed the file (committer_look), if it has not for a
 * while. Does not wait for it. */
void writer_look(struct writer *w);

#endif
