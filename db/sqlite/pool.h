/* Readers, opened once, lent and given back. Any thread. */
#ifndef DEMARCHE_DB_SQLITE_POOL_H
#define DEMARCHE_DB_SQLITE_POOL_H

#include <pthread.h>

#include "db/sqlite/reader.h"

struct pool {
	struct signals signals;
	pthread_mutex_t lock;
	pthread_cond_t returned;
	struct reader *readers, *idle;
	int n;
};

/* Without readers. */
void pool_init(struct pool *p);
/* Opens o->readers of them (o->path is the database's real path); `alone`: see reader_open. 0, or
 * -1 with *e. */
int pool_open(struct pool *p, const struct store_options *o, bool alone, struct err *e) MUST_CHECK;
/* All readers must be back. */
void pool_release(struct pool *p);

/* As store_reader; it goes back by reader_return. */
struct reader *pool_borrow(struct pool *p, int64_t deadline_ns, struct err *e) MUST_CHECK;
/* As store_reader_at_hand. */
struct reader *pool_borrow_idle(struct pool *p, int64_t deadline_ns, struct err *e) MUST_CHECK;
/* As store_interrupt. */
void pool_interrupt(struct pool *p);

#endif
