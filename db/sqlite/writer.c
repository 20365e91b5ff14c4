/* The queue, its thread, and those that wait for it. */
#include "db/sqlite/writer.h"
#include "base/clock.h"

#include <stdlib.h>

void writer_init(struct writer *w)
{
	*w = (struct writer){.is_closed = true};
	w->tail = &w->head;
	pthread_mutex_init(&w->lock, NULL);
	pthread_condattr_t clock;
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&w->work, &clock);
	pthread_condattr_destroy(&clock);
	pthread_cond_init(&w->room, NULL);
}

/* --- the thread --- */

/* After each transaction: how it ended, and how many writes it committed. */
static void publish(struct writer *w, int committed, bool has_failed)
{
	enum { FRAME_BYTES = 4120 };
	pthread_mutex_lock(&w->lock);
	w->state = w->committer.state;
	w->wal_bytes = (int64_t)w->committer.connection.wal_frames * FRAME_BYTES;
	w->transactions += committed > 0;
	w->committed += committed;
	w->failed_ns = has_failed ? now_monotonic_ns() : 0;
	pthread_mutex_unlock(&w->lock);
}

/* When the batch fails, each is tried alone, so that one bad write does not fail its neighbors.
 * That is rarer than a savepoint for each would be dear. */
static void write_each(struct writer *w, struct write *const *v, int n)
{
	for (int i = 0; i < n; i++) {
		v[i]->err = (struct err){0};
		int result = commit_writes(&w->committer, &v[i], 1, &v[i]->err);
		publish(w, result == 0, result && v[i]->err.kind == ERR_DB);
	}
}

static void write_batch(struct writer *w, struct write *const *v, int n)
{
	struct err e = {0};
	if (n == 1 || commit_writes(&w->committer, v, n, &e))
		write_each(w, v, n);
	else
		publish(w, n, false);
	/* After done() a write is no longer ours. */
	for (int i = 0; i < n; i++)
		v[i]->done(v[i]);
}

static void let_readers_go(const struct writer *w)
{
	struct signals *s = w->committer.signals;
	if (s->let_go)
		s->let_go(s);
}

/* Nobody corrects anything, and articles are being read that will come. */
static bool is_worth_waiting(const struct writer *w)
{
	return w->queued < w->batch_max && w->hurried == 0 && !w->is_closed &&
	       atomic_load(&w->committer.signals->expected) > 0;
}

/* Waits for articles that are being read. Alone, each in a transaction of its own takes four times
 * the CPU of one among many, and that time is missing where the next ones are read. Not longer than
 * some times the last transaction, which is what it can save. */
static void gather(struct writer *w)
{
	enum { TIMES = 4 };
	const int64_t most_ns = 50000000, second_ns = 1000000000;
	int64_t wait_ns = w->took_ns * TIMES < most_ns ? w->took_ns * TIMES : most_ns,
		at = w->ended_ns + wait_ns;
	struct timespec until = {.tv_sec = at / second_ns, .tv_nsec = at % second_ns};
	while (is_worth_waiting(w) && now_monotonic_ns() < at)
		pthread_cond_timedwait(&w->work, &w->lock, &until);
}

/* Waits for work; the number taken, 0 when closing and nothing is left. */
static int take(struct writer *w)
{
	struct write_connection *c = &w->committer.connection;
	pthread_mutex_lock(&w->lock);
	while (!w->head && !w->is_closed) {
		if (w->wants_look) {
			w->wants_look = false;
			pthread_mutex_unlock(&w->lock);
			committer_look(&w->committer);
			pthread_mutex_lock(&w->lock);
			continue;
		}
		if (!w->committer.is_broken && checkpoint_is_due_idle(&w->checkpointer, c)) {
			pthread_mutex_unlock(&w->lock);
			let_readers_go(w);
			checkpoint_idle(&w->checkpointer, c);
			pthread_mutex_lock(&w->lock);
			continue;
		}
		pthread_cond_wait(&w->work, &w->lock);
	}
	gather(w);
	int n = 0;
	while (w->head && n < w->batch_max) {
		w->hurried -= w->head->op != WRITE_ARTICLE;
		w->batch[n++] = w->head;
		w->head = w->head->next;
	}
	if (!w->head)
		w->tail = &w->head;
	w->queued -= n;
	pthread_cond_broadcast(&w->room);
	pthread_mutex_unlock(&w->lock);
	return n;
}

static void *run(void *p)
{
	struct writer *w = p;
	for (int n; (n = take(w)) > 0;) {
		int64_t began_ns = now_monotonic_ns();
		let_readers_go(w);
		write_batch(w, w->batch, n);
		committer_look(&w->committer);
		let_readers_go(w);
		if (!w->committer.is_broken)
			checkpoint(&w->checkpointer, &w->committer.connection);
		w->ended_ns = now_monotonic_ns();
		w->took_ns = w->ended_ns - began_ns;
	}
	return NULL;
}

int writer_open(struct writer *w, const struct store_options *o, struct signals *signals,
		struct err *e)
{
	w->committer.path = o->path;
	w->committer.cache_mb = o->writer_cache_mb;
	w->committer.signals = signals;
	w->checkpointer = checkpointer_make(o->path, o->checkpoint_frames);
	w->batch_max = o->group_max > 0 ? o->group_max : 1;
	w->queue_max = o->queue_max > 0 ? o->queue_max : 1;
	if (committer_open(&w->committer, e))
		return -1;
	publish(w, 0, false);
	w->is_closed = false;
	w->batch = calloc((size_t)w->batch_max, sizeof(struct write *));
	w->has_thread = w->batch && pthread_create(&w->thread, NULL, run, w) == 0;
	return w->has_thread ? 0 : err_set(e, ERR_DB, NULL, "cannot start the writer");
}

void writer_stop(struct writer *w)
{
	if (!w->has_thread)
		return;
	pthread_mutex_lock(&w->lock);
	w->is_closed = true;
	pthread_cond_broadcast(&w->work);
	pthread_cond_broadcast(&w->room);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	w->has_thread = false;
}

void writer_release(struct writer *w)
{
	committer_close(&w->committer);
	pthread_cond_destroy(&w->work);
	pthread_cond_destroy(&w->room);
	pthread_mutex_destroy(&w->lock);
	free(w->batch);
}

/* --- the queue --- */

/* Under the lock. */
static void enqueue(struct writer *w, struct write *write)
{
	write->next = NULL;
	write->err = (struct err){0};
	*w->tail = write;
	w->tail = &write->next;
	w->queued++;
	w->hurried += write->op != WRITE_ARTICLE;
	pthread_cond_signal(&w->work);
}

int writer_submit(struct writer *w, struct write *write, struct err *e)
{
	pthread_mutex_lock(&w->lock);
	bool is_closed = w->is_closed, is_full = w->queued >= w->queue_max;
	if (!is_closed && !is_full)
		enqueue(w, write);
	pthread_mutex_unlock(&w->lock);
	if (is_closed)
		return err_set(e, ERR_BUSY, NULL, "the store is closing");
	return is_full ? err_set(e, ERR_BUSY, NULL, "too many writes are waiting") : 0;
}

/* Several writes that one thread waits for; their own callbacks stand aside meanwhile. */
struct waiter {
	pthread_mutex_t lock;
	pthread_cond_t done;
	size_t left;
};

struct waited {
	struct waiter *waiter;
	void (*done)(struct write *);
	void *context;
};

static void one_done(struct write *write)
{
	struct waiter *waiter = ((struct waited *)write->context)->waiter;
	pthread_mutex_lock(&waiter->lock);
	if (--waiter->left == 0)
		pthread_cond_signal(&waiter->done);
	pthread_mutex_unlock(&waiter->lock);
}

/* False when the store closes. */
static bool enqueue_when_room(struct writer *w, struct write *write)
{
	pthread_mutex_lock(&w->lock);
	while (w->queued >= w->queue_max && !w->is_closed)
		pthread_cond_wait(&w->room, &w->lock);
	bool is_open = !w->is_closed;
	if (is_open)
		enqueue(w, write);
	pthread_mutex_unlock(&w->lock);
	return is_open;
}

static void submit_all(struct writer *w, struct waited *waited, struct waiter *waiter,
		       struct write *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		waited[i] = (struct waited){waiter, v[i]->done, v[i]->context};
		v[i]->done = one_done;
		v[i]->context = &waited[i];
		if (!enqueue_when_room(w, v[i])) {
			v[i]->err = (struct err){0};
			err_set(&v[i]->err, ERR_BUSY, NULL, "the store is closing");
			one_done(v[i]);
		}
	}
}

int writer_write_all(struct writer *w, struct write *const *v, size_t n, struct err *e)
{
	struct waiter waiter = {.left = n};
	struct waited *waited = n ? calloc(n, sizeof *waited) : NULL;
	if (!waited)
		return n ? err_set(e, ERR_DB, NULL, "out of memory") : 0;
	pthread_mutex_init(&waiter.lock, NULL);
	pthread_cond_init(&waiter.done, NULL);
	submit_all(w, waited, &waiter, v, n);
	pthread_mutex_lock(&waiter.lock);
	while (waiter.left)
		pthread_cond_wait(&waiter.done, &waiter.lock);
	pthread_mutex_unlock(&waiter.lock);
	int result = 0;
	for (size_t i = 0; i < n; i++) {
		const struct err *why = &v[i]->err;
		v[i]->done = waited[i].done;
		v[i]->context = waited[i].context;
		if (why->kind != ERR_NONE)
			result = err_set(e, why->kind, why->field, "%s", why->message);
	}
	pthread_cond_destroy(&waiter.done);
	pthread_mutex_destroy(&waiter.lock);
	free(waited);
	return result;
}

/* --- what it says of itself --- */

/* A look takes some microseconds: fifty a second are none. */
enum { LOOK_NS = 20000000 };

void writer_look(struct writer *w)
{
	int64_t now = now_monotonic_ns();
	int_fast64_t due = atomic_load_explicit(&w->look_ns, memory_order_relaxed);
	/* One thread of those that come at this moment. */
	if (now < due || !atomic_compare_exchange_strong(&w->look_ns, &due, now + LOOK_NS))
		return;
	pthread_mutex_lock(&w->lock);
	w->wants_look = true;
	pthread_cond_signal(&w->work);
	pthread_mutex_unlock(&w->lock);
}

struct store_stats writer_stats(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	struct store_stats stats = state_stats(&w->state);
	stats.writes_queued = w->queued;
	stats.transactions = w->transactions;
	stats.writes_committed = w->committed;
	stats.wal_bytes = w->wal_bytes;
	pthread_mutex_unlock(&w->lock);
	return stats;
}

int writer_ready(struct writer *w, struct err *e)
{
	const int64_t memory_ns = 10000000000;
	int64_t now = now_monotonic_ns();
	pthread_mutex_lock(&w->lock);
	bool is_closed = w->is_closed, fails = w->failed_ns && now - w->failed_ns < memory_ns;
	pthread_mutex_unlock(&w->lock);
	if (is_closed)
		return err_set(e, ERR_BUSY, NULL, "the store is closing");
	return fails ? err_set(e, ERR_DB, NULL, "the last write failed") : 0;
}
