/* Lending readers. */
#include "db/sqlite/pool.h"
#include "base/clock.h"

#include <stdlib.h>
#include <time.h>

static void let_go(struct signals *s);

void pool_init(struct pool *p)
{
	pthread_condattr_t clock;
	*p = (struct pool){.signals = {.let_go = let_go}};
	pthread_mutex_init(&p->lock, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&p->returned, &clock);
	pthread_condattr_destroy(&clock);
}

int pool_open(struct pool *p, const struct store_options *o, bool alone, struct err *e)
{
	enum { MOST = 64 };
	int n = o->readers < 1 ? 1 : o->readers > MOST ? MOST : o->readers;
	p->readers = calloc((size_t)n, sizeof *p->readers);
	if (!p->readers)
		return err_set(e, ERR_DB, NULL, "out of memory");
	for (p->n = 0; p->n < n;) {
		struct reader *r = &p->readers[p->n++];
		if (reader_open(r, o, alone, &p->signals, e))
			return -1;
		r->pool = p;
		pthread_mutex_lock(&p->lock);
		r->next = p->idle;
		p->idle = r;
		pthread_mutex_unlock(&p->lock);
	}
	return 0;
}

void pool_release(struct pool *p)
{
	for (int i = 0; i < p->n; i++)
		reader_close(&p->readers[i]);
	free(p->readers);
	pthread_cond_destroy(&p->returned);
	pthread_mutex_destroy(&p->lock);
}

/* NULL when none is idle. */
static struct reader *take_idle(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	struct reader *r = p->idle;
	if (r)
		p->idle = r->next;
	pthread_mutex_unlock(&p->lock);
	return r;
}

/* NULL when none came free. */
static struct reader *take(struct pool *p, int64_t deadline_ns)
{
	const int64_t second_ns = 1000000000;
	struct timespec until = {.tv_sec = deadline_ns / second_ns,
				 .tv_nsec = deadline_ns % second_ns};
	pthread_mutex_lock(&p->lock);
	int waited = 0;
	while (!p->idle && waited == 0 && !atomic_load(&p->signals.is_interrupted))
		waited = pthread_cond_timedwait(&p->returned, &p->lock, &until);
	struct reader *r = p->idle;
	if (r)
		p->idle = r->next;
	pthread_mutex_unlock(&p->lock);
	return r;
}

static struct reader *begin(struct reader *r, int64_t deadline_ns, struct err *e)
{
	if (!r) {
		err_set(e, ERR_BUSY, NULL, "all readers are busy");
		return NULL;
	}
	if (reader_take_up(r, deadline_ns))
		return r;
	r->begun_ns = now_monotonic_ns();
	if (reader_begin(r, deadline_ns, e)) {
		r->was_cut = true; /* of what snapshot it is, if any, is not known */
		reader_return(r);
		return NULL;
	}
	return r;
}

struct reader *pool_borrow(struct pool *p, int64_t deadline_ns, struct err *e)
{
	return begin(take(p, deadline_ns), deadline_ns, e);
}

struct reader *pool_borrow_idle(struct pool *p, int64_t deadline_ns, struct err *e)
{
	struct reader *r = begin(sql_is_near() ? take_idle(p) : NULL, deadline_ns, e);
	if (r)
		reader_be_brief(r);
	return r;
}

static void let_go(struct signals *s)
{
	struct pool *p = (struct pool *)(void *)s;
	pthread_mutex_lock(&p->lock);
	for (struct reader *r = p->idle; r; r = r->next)
		reader_let_go(r);
	pthread_mutex_unlock(&p->lock);
}

void reader_return(struct reader *r)
{
	if (!r)
		return;
	struct pool *p = r->pool;
	if (sql_is_near())
		reader_keep(r);
	else
		reader_end(r);
	pthread_mutex_lock(&p->lock);
	r->next = p->idle;
	p->idle = r;
	pthread_cond_signal(&p->returned);
	pthread_mutex_unlock(&p->lock);
}

void pool_interrupt(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	atomic_store(&p->signals.is_interrupted, true);
	pthread_cond_broadcast(&p->returned);
	pthread_mutex_unlock(&p->lock);
}
