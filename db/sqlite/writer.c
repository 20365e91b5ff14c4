/* The writer's thread: takes what is queued, commits it as one, tells the callers; and keeps the
 * WAL in bounds. */
#include <stdlib.h>

#include "db/sqlite/reader.h"

enum {
	CHECKPOINT_FRAMES =
		16000,	 /* 64 MB: below it a checkpoint rewrites the same pages too often */
	CUT_TIMES = 4,	 /* so much beyond it readers are made to wait for the log to start again */
	IDLE_SHARE = 16, /* a part of it is worth copying back when there is nothing else to do */
	CUT_WAIT_MS = 1000,
	BUSY_WAIT_MS = 10000,
};
static const int64_t CUT_AGAIN_NS = 10000000000;

static int count_frames(void *writer, sqlite3 *db, const char *name, int frames)
{
	(void)db;
	(void)name;
	((struct writer *)writer)->wal_frames = frames;
	return SQLITE_OK;
}

static int apply(struct group *g, struct write *w, struct err *e)
{
	switch ((int)w->op) {
	case WRITE_ARTICLE:
		return save_article(g, w, e);
	case WRITE_DELETE:
		return drop_article(g, w, e);
	case WRITE_ISSUE:
		return edit_issue(g, w, e);
	case WRITE_REREAD:
		return save_reread(g, w, e);
	case WRITE_SEED:
		return seed(g, ((struct seeding *)w)->knowledge, e);
	default:
		return err_set(e, ERR_INTERNAL, NULL, "unknown write %d", (int)w->op);
	}
}

/* What SQLite itself failed at may have left more behind than a rollback takes back. */
static void undo(struct store *s, const struct err *why)
{
	struct err ignored = {0};
	if (!sqlite3_get_autocommit(s->writer.db) && sql_do(s->writer.st[W_ROLLBACK], &ignored))
		sqlite3_reset(s->writer.st[W_ROLLBACK]);
	writer_forget(&s->writer);
	s->is_broken |= why->kind == ERR_DB;
}

/* A connection for the one that failed. FTS5 (SQLite 3.40) takes totals that it could not read for
 * nought, and would write them with the next article. The state is as committed: it stays. */
static int renew(struct store *s, struct err *e)
{
	struct writer *w = &s->writer;
	struct state state = w->state;
	int frames = w->wal_frames;
	writer_release(w);
	*w = (struct writer){0};
	int result = writer_open(s, e);
	w->state = state;
	w->wal_frames = frames;
	if (result)
		return -1;
	sqlite3_wal_hook(w->db, count_frames, w);
	s->is_broken = false;
	return 0;
}

static void publish(struct store *s, const struct state *now)
{
	atomic_store(&s->articles, now->articles);
	atomic_store(&s->statements, now->statements);
	atomic_store(&s->actors, now->actors);
	atomic_store(&s->issues, now->issues);
	atomic_store(&s->commits, now->commits);
	pthread_mutex_lock(&s->lock);
	s->reread = now->reread;
	pthread_mutex_unlock(&s->lock);
	atomic_store(&s->wal_bytes, (int64_t)s->writer.wal_frames * 4120);
}

static int commit(struct store *s, struct group *g, struct err *e)
{
	if (g->renames)
		atomic_fetch_add(&s->generation, 1);
	int result = sql_do(s->writer.st[W_COMMIT], e);
	if (g->renames)
		atomic_fetch_add(&s->generation, 1);
	if (result == 0) {
		s->writer.state = g->state;
		if (g->renames)
			writer_forget(&s->writer);
		publish(s, &g->state);
	}
	return result;
}

/* All of them in one transaction, or none. */
static int write_group(struct store *s, struct write *const *v, int n, struct err *e)
{
	struct group g;
	if (s->is_broken && renew(s, e))
		return -1;
	int result = group_begin(&g, &s->writer, e);
	for (int i = 0; i < n && result == 0; i++)
		result = apply(&g, v[i], e);
	if (result == 0)
		result = group_flush(&g, e);
	if (result == 0)
		result = commit(s, &g, e);
	if (result) {
		undo(s, e);
		budget_blame(&g.budget, e);
	}
	buf_release(&g.detail);
	arena_release(&g.arena);
	return result;
}

static void note_outcome(struct store *s, bool failed)
{
	pthread_mutex_lock(&s->lock);
	s->failed_ns = failed ? now_monotonic_ns() : 0;
	pthread_mutex_unlock(&s->lock);
}

/* When the group fails, each is tried alone, so that one bad write does not fail its neighbours.
 * That is rarer than a savepoint for each would be dear. */
static void write_each(struct store *s, struct write *const *v, int n)
{
	for (int i = 0; i < n; i++) {
		v[i]->err = (struct err){0};
		int result = write_group(s, &v[i], 1, &v[i]->err);
		note_outcome(s, result && v[i]->err.kind == ERR_DB);
		atomic_fetch_add(&s->transactions, result == 0);
		atomic_fetch_add(&s->committed, result == 0);
	}
}

static void write_batch(struct store *s, struct write *const *v, int n)
{
	struct err e = {0};
	if (n == 1 || write_group(s, v, n, &e)) {
		write_each(s, v, n);
	} else {
		note_outcome(s, false);
		atomic_fetch_add(&s->transactions, 1);
		atomic_fetch_add(&s->committed, n);
	}
	/* After done() a write is no longer ours. */
	for (int i = 0; i < n; i++)
		v[i]->done(v[i]);
}

/* --- the write-ahead log
 * ------------------------------------------------------------------------------------------- */

/* Nobody waits for a checkpoint: one that fails is told of here, or not at all. Busy is none:
 * readers hold on. */
static void tell_checkpoint(const struct store *s, int code)
{
	if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY)
		sqlite3_log(code, "cannot copy the log back into \"%s\": %s", s->path,
			    sqlite3_errmsg(s->writer.db));
}

/* Readers that overlap without a gap keep the log from starting again, however often it is copied
 * back: then those that come wait a moment. Where one holds on, as a backup does, at most one
 * second in ten is spent so. */
static void cut_wal(struct store *s, int64_t *failed_ns)
{
	int64_t now = now_monotonic_ns();
	if (*failed_ns && now - *failed_ns < CUT_AGAIN_NS)
		return;
	sqlite3_busy_timeout(s->writer.db, CUT_WAIT_MS);
	int code = sqlite3_wal_checkpoint_v2(s->writer.db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
					     NULL);
	sqlite3_busy_timeout(s->writer.db, BUSY_WAIT_MS);
	tell_checkpoint(s, code);
	*failed_ns = code ? now_monotonic_ns() : 0;
	if (code == SQLITE_OK)
		s->writer.wal_frames = 0;
}

struct checkpointing {
	int copied;	       /* frames in the log at the last checkpoint */
	int64_t cut_failed_ns; /* 0 when the last one succeeded */
};

static void checkpoint(struct store *s, struct checkpointing *c, int worth)
{
	if (s->is_broken)
		return;
	if (s->writer.wal_frames >= CUT_TIMES * s->options.checkpoint_frames)
		cut_wal(s, &c->cut_failed_ns);
	int frames = s->writer.wal_frames;
	if (frames < c->copied)
		c->copied = 0;
	if (frames - c->copied < worth)
		return;
	tell_checkpoint(s, sqlite3_wal_checkpoint_v2(s->writer.db, NULL, SQLITE_CHECKPOINT_PASSIVE,
						     NULL, NULL));
	c->copied = frames;
}

/* --- the queue
 * -------------------------------------------------------------------------------------------------
 */

/* Waits for work; the number taken, 0 when closing and nothing is left. */
static int take(struct store *s, struct write **v, struct checkpointing *c)
{
	int worth = s->options.checkpoint_frames / IDLE_SHARE;
	pthread_mutex_lock(&s->lock);
	while (!s->head && !s->closing) {
		if (!s->is_broken && s->writer.wal_frames - c->copied >= worth) {
			pthread_mutex_unlock(&s->lock);
			checkpoint(s, c, worth);
			pthread_mutex_lock(&s->lock);
			continue;
		}
		pthread_cond_wait(&s->work, &s->lock);
	}
	int n = 0;
	while (s->head && n < s->options.group_max) {
		v[n++] = s->head;
		s->head = s->head->next;
	}
	if (!s->head)
		s->tail = &s->head;
	s->queued -= n;
	pthread_cond_broadcast(&s->room);
	pthread_mutex_unlock(&s->lock);
	return n;
}

static void *run(void *p)
{
	struct store *s = p;
	struct checkpointing c = {0};
	for (int n; (n = take(s, s->batch, &c)) > 0;) {
		write_batch(s, s->batch, n);
		checkpoint(s, &c, s->options.checkpoint_frames);
	}
	return NULL;
}

int queue_start(struct store *s, struct err *e)
{
	if (s->options.checkpoint_frames <= 0)
		s->options.checkpoint_frames = CHECKPOINT_FRAMES;
	publish(s, &s->writer.state);
	sqlite3_wal_hook(s->writer.db, count_frames, &s->writer);
	s->batch = calloc((size_t)s->options.group_max, sizeof(struct write *));
	s->has_thread = s->batch && pthread_create(&s->thread, NULL, run, s) == 0;
	if (s->has_thread)
		return 0;
	return err_set(e, ERR_DB, NULL, "cannot start the writer");
}

void queue_stop(struct store *s)
{
	if (!s->has_thread)
		return;
	pthread_mutex_lock(&s->lock);
	s->closing = true;
	pthread_cond_broadcast(&s->work);
	pthread_cond_broadcast(&s->room);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	s->has_thread = false;
}

/* Under the lock. */
static void enqueue(struct store *s, struct write *w)
{
	w->next = NULL;
	w->err = (struct err){0};
	*s->tail = w;
	s->tail = &w->next;
	s->queued++;
	pthread_cond_signal(&s->work);
}

int store_submit(struct store *s, struct write *w, struct err *e)
{
	pthread_mutex_lock(&s->lock);
	bool closing = s->closing, full = s->queued >= s->options.queue_max;
	if (!closing && !full)
		enqueue(s, w);
	pthread_mutex_unlock(&s->lock);
	if (closing)
		return err_set(e, ERR_BUSY, NULL,
			       s->is_reading ? "the store is open for reading"
					     : "the store is closing");
	return full ? err_set(e, ERR_BUSY, NULL, "too many writes are waiting") : 0;
}

/* Several writes that one thread waits for; their own callbacks stand aside meanwhile. */
struct waiter {
	pthread_mutex_t lock;
	pthread_cond_t done;
	size_t left;
};

struct waited {
	struct waiter *waiter;
	struct write *write;
	void (*done)(struct write *);
	void *context;
};

static void one_done(struct write *w)
{
	struct waiter *waiter = ((struct waited *)w->context)->waiter;
	pthread_mutex_lock(&waiter->lock);
	if (--waiter->left == 0)
		pthread_cond_signal(&waiter->done);
	pthread_mutex_unlock(&waiter->lock);
}

/* False when the store closes. */
static bool enqueue_when_room(struct store *s, struct write *w)
{
	pthread_mutex_lock(&s->lock);
	while (s->queued >= s->options.queue_max && !s->closing)
		pthread_cond_wait(&s->room, &s->lock);
	bool open = !s->closing;
	if (open)
		enqueue(s, w);
	pthread_mutex_unlock(&s->lock);
	return open;
}

static void submit_all(struct store *s, struct waited *v, struct waiter *waiter,
		       struct write *const *w, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		v[i] = (struct waited){waiter, w[i], w[i]->done, w[i]->context};
		w[i]->done = one_done;
		w[i]->context = &v[i];
		if (!enqueue_when_room(s, w[i])) {
			w[i]->err = (struct err){0};
			err_set(&w[i]->err, ERR_BUSY, NULL, "the store is closing");
			one_done(w[i]);
		}
	}
}

int store_write_all(struct store *s, struct write *const *w, size_t n, struct err *e)
{
	struct waiter waiter = {.left = n};
	struct waited *v = n ? calloc(n, sizeof *v) : NULL;
	if (!v)
		return n ? err_set(e, ERR_DB, NULL, "out of memory") : 0;
	pthread_mutex_init(&waiter.lock, NULL);
	pthread_cond_init(&waiter.done, NULL);
	submit_all(s, v, &waiter, w, n);
	pthread_mutex_lock(&waiter.lock);
	while (waiter.left)
		pthread_cond_wait(&waiter.done, &waiter.lock);
	pthread_mutex_unlock(&waiter.lock);
	int result = 0;
	for (size_t i = 0; i < n; i++) {
		w[i]->done = v[i].done;
		w[i]->context = v[i].context;
		if (w[i]->err.kind != ERR_NONE)
			result = err_set(e, w[i]->err.kind, w[i]->err.field, "%s",
					 w[i]->err.message);
	}
	pthread_cond_destroy(&waiter.done);
	pthread_mutex_destroy(&waiter.lock);
	free(v);
	return result;
}
