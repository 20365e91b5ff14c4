/* The thread that asks the store, and what it said last. */
#include "server/readiness.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "db/store.h"

enum { CHECK_MS = 200, HANGS_MS = 3000, STACK_BYTES = 2 * 1024 * 1024 };

struct readiness {
	struct store *store;
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t end;
	bool is_ending;
	int64_t checked_ns;
	struct err result;
};

static void check(struct readiness *r)
{
	struct err e = {0};
	if (r->store && store_ready(r->store, &e) == 0)
		e = (struct err){0};
	pthread_mutex_lock(&r->lock);
	r->result = e;
	r->checked_ns = now_monotonic_ns();
	pthread_mutex_unlock(&r->lock);
}

static void *run(void *arg)
{
	struct readiness *r = arg;
	pthread_mutex_lock(&r->lock);
	while (!r->is_ending) {
		const int64_t second_ns = 1000000000;
		int64_t at = now_monotonic_ns() + (int64_t)CHECK_MS * 1000000;
		struct timespec until = {.tv_sec = at / second_ns, .tv_nsec = at % second_ns};
		while (!r->is_ending && pthread_cond_timedwait(&r->end, &r->lock, &until) == 0)
			;
		pthread_mutex_unlock(&r->lock);
		check(r);
		pthread_mutex_lock(&r->lock);
	}
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

static bool start(struct readiness *r)
{
	pthread_condattr_t clock;
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&r->end, &clock);
	pthread_condattr_destroy(&clock);
	pthread_mutex_init(&r->lock, NULL);
	check(r);
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	int rc = pthread_create(&r->thread, &attributes, run, r);
	pthread_attr_destroy(&attributes);
	return rc == 0;
}

static void release(struct readiness *r)
{
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->end);
	free(r);
}

struct readiness *readiness_start(struct store *store, struct err *e)
{
	struct readiness *r = calloc(1, sizeof *r);
	if (!r) {
		err_set(e, ERR_INTERNAL, NULL, "out of memory");
		return NULL;
	}
	r->store = store;
	if (start(r))
		return r;
	err_set(e, ERR_INTERNAL, NULL, "cannot start the thread that watches the store");
	release(r);
	return NULL;
}

void readiness_stop(struct readiness *r)
{
	if (!r)
		return;
	pthread_mutex_lock(&r->lock);
	r->is_ending = true;
	pthread_cond_signal(&r->end);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->thread, NULL);
	release(r);
}

int readiness_check(struct readiness *r, struct err *e)
{
	pthread_mutex_lock(&r->lock);
	struct err result = r->result;
	int64_t age_ms = (now_monotonic_ns() - r->checked_ns) / 1000000;
	pthread_mutex_unlock(&r->lock);
	if (age_ms > HANGS_MS)
		return err_set(e, ERR_BUSY, NULL, "the store has not answered for %lld ms",
			       (long long)age_ms);
	return result.kind == ERR_NONE ? 0 : err_set(e, ERR_BUSY, NULL, "%s", result.message);
}
