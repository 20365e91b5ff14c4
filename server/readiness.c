/* The thread that asks the store how it is. */
#include "server/readiness.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/date.h"
#include "db/store.h"

enum { LOOK_MS = 200, HANGS_MS = 3000, STACK_BYTES = 2 * 1024 * 1024 };

struct readiness {
	struct store *store;
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t end;
	bool is_ending;
	int64_t seen_ns;
	struct err seen;
};

static void look(struct readiness *w)
{
	struct err e = {0};
	if (w->store && store_ready(w->store, &e) == 0)
		e = (struct err){0};
	pthread_mutex_lock(&w->lock);
	w->seen = e;
	w->seen_ns = now_monotonic_ns();
	pthread_mutex_unlock(&w->lock);
}

static void *run(void *arg)
{
	struct readiness *w = arg;
	pthread_mutex_lock(&w->lock);
	while (!w->is_ending) {
		const int64_t second_ns = 1000000000;
		int64_t at = now_monotonic_ns() + (int64_t)LOOK_MS * 1000000;
		struct timespec until = {.tv_sec = at / second_ns, .tv_nsec = at % second_ns};
		while (!w->is_ending && pthread_cond_timedwait(&w->end, &w->lock, &until) == 0)
			;
		pthread_mutex_unlock(&w->lock);
		look(w);
		pthread_mutex_lock(&w->lock);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

static bool start(struct readiness *w)
{
	pthread_condattr_t clock;
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&w->end, &clock);
	pthread_condattr_destroy(&clock);
	pthread_mutex_init(&w->lock, NULL);
	look(w);
	pthread_attr_t attributes;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_BYTES);
	int rc = pthread_create(&w->thread, &attributes, run, w);
	pthread_attr_destroy(&attributes);
	return rc == 0;
}

static void release(struct readiness *w)
{
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->end);
	free(w);
}

struct readiness *readiness_start(struct store *store, struct err *e)
{
	struct readiness *w = calloc(1, sizeof *w);
	if (!w) {
		err_set(e, ERR_INTERNAL, NULL, "out of memory");
		return NULL;
	}
	w->store = store;
	if (start(w))
		return w;
	err_set(e, ERR_INTERNAL, NULL, "cannot start the thread that watches the store");
	release(w);
	return NULL;
}

void readiness_stop(struct readiness *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->is_ending = true;
	pthread_cond_signal(&w->end);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	release(w);
}

int readiness_check(struct readiness *w, struct err *e)
{
	pthread_mutex_lock(&w->lock);
	struct err seen = w->seen;
	int64_t age_ms = (now_monotonic_ns() - w->seen_ns) / 1000000;
	pthread_mutex_unlock(&w->lock);
	if (age_ms > HANGS_MS)
		return err_set(e, ERR_BUSY, NULL, "the store has not answered for %lld ms",
			       (long long)age_ms);
	return seen.kind == ERR_NONE ? 0 : err_set(e, ERR_BUSY, NULL, "%s", seen.message);
}
