/* The writer, and the thread that takes over and steps down. */
#include "db/sqlite/tenure.h"

#include "base/clock.h"
#include "db/sqlite/seed.h"

/* So often one that follows tries, and one that leads looks whether it still does. */
enum { LOOK_MS = 500 };

void tenure_init(struct tenure *t)
{
	pthread_condattr_t clock;
	*t = (struct tenure){0};
	pthread_rwlock_init(&t->turn, NULL);
	pthread_mutex_init(&t->lock_end, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&t->end, &clock);
	pthread_condattr_destroy(&clock);
	writer_init(&t->writer);
}

/* --- the turn --- */

static int seed(struct tenure *t, struct err *e)
{
	struct seed_write seed = {.write = {.op = WRITE_SEED}, .knowledge = &t->known};
	struct write *const w = &seed.write;
	return t->has_known ? writer_write_all(&t->writer, &w, 1, e) : 0;
}

static void close_writer(struct tenure *t)
{
	writer_stop(&t->writer);
	pthread_rwlock_wrlock(&t->turn);
	t->leads = false;
	writer_release(&t->writer);
	writer_init(&t->writer);
	pthread_rwlock_unlock(&t->turn);
}

/* Nobody else uses the writer before it leads; what it knows may come at this very moment. */
static int open_writer(struct tenure *t, struct err *e)
{
	t->writer.committer.lock = t->lock;
	int result = writer_open(&t->writer, &t->options, t->signals, e);
	if (result == 0) {
		pthread_rwlock_wrlock(&t->turn);
		result = seed(t, e);
		t->leads = result == 0;
		pthread_rwlock_unlock(&t->turn);
	}
	if (result)
		close_writer(t);
	return result ? -1 : 0;
}

static int open_look(struct tenure *t, struct err *e)
{
	if (t->db)
		return 0;
	t->db = sql_open(t->options.path, SQL_LOOK, 0, e);
	return t->db ? state_prepare_look(t->db, &t->counts, &t->reread, e) : -1;
}

static void close_look(struct tenure *t)
{
	sqlite3_finalize(t->counts);
	sqlite3_finalize(t->reread);
	sqlite3_close(t->db);
	t->counts = t->reread = NULL;
	t->db = NULL;
}

static void look(struct tenure *t)
{
	struct err ignored = {0};
	struct state now;
	if (open_look(t, &ignored) || state_look(t->counts, t->reread, &now, &ignored)) {
		close_look(t);
		return;
	}
	pthread_rwlock_wrlock(&t->turn);
	t->seen = now;
	pthread_rwlock_unlock(&t->turn);
}

/* What fails is tried again: the server may come back. */
static void step(struct tenure *t)
{
	struct err ignored = {0};
	if (t->leads && !writer_lock_is_held(t->lock)) {
		close_writer(t);
	} else if (!t->leads) {
		if (writer_lock_try(t->lock, &ignored) > 0 && open_writer(t, &ignored))
			writer_lock_give_back(t->lock);
		look(t);
	}
}

static void *run(void *p)
{
	struct tenure *t = p;
	const int64_t second_ns = 1000000000;
	pthread_mutex_lock(&t->lock_end);
	while (!t->ends) {
		int64_t at = now_monotonic_ns() + (int64_t)LOOK_MS * 1000000;
		struct timespec until = {.tv_sec = at / second_ns, .tv_nsec = at % second_ns};
		pthread_cond_timedwait(&t->end, &t->lock_end, &until);
		if (t->ends)
			break;
		pthread_mutex_unlock(&t->lock_end);
		step(t);
		pthread_mutex_lock(&t->lock_end);
	}
	pthread_mutex_unlock(&t->lock_end);
	return NULL;
}

int tenure_open(struct tenure *t, const struct store_options *o, struct signals *signals,
		struct err *e)
{
	bool follows = o->follows && signals->is_shared;
	t->options = *o;
	t->signals = signals;
	t->lock = follows ? writer_lock_follow(o->path, o->command, e)
			  : writer_lock_take(o->path, o->command, e);
	if (!t->lock || (writer_lock_is_held(t->lock) && open_writer(t, e)))
		return -1;
	if (!follows)
		return 0;
	look(t);
	t->has_thread = pthread_create(&t->thread, NULL, run, t) == 0;
	return t->has_thread ? 0 : err_set(e, ERR_DB, NULL, "cannot start a thread");
}

void tenure_stop(struct tenure *t)
{
	pthread_mutex_lock(&t->lock_end);
	t->ends = true;
	pthread_cond_signal(&t->end);
	pthread_mutex_unlock(&t->lock_end);
	if (t->has_thread)
		pthread_join(t->thread, NULL);
	writer_stop(&t->writer);
}

void tenure_release(struct tenure *t)
{
	writer_release(&t->writer);
	close_look(t);
	writer_lock_release(t->lock);
	pthread_cond_destroy(&t->end);
	pthread_mutex_destroy(&t->lock_end);
	pthread_rwlock_destroy(&t->turn);
}

/* --- what is asked of it --- */

static int follows(struct err *e)
{
	return err_set(e, ERR_BUSY, NULL, "another copy of the service writes");
}

int tenure_submit(struct tenure *t, struct write *w, struct err *e)
{
	pthread_rwlock_rdlock(&t->turn);
	int result = t->leads ? writer_submit(&t->writer, w, e) : follows(e);
	pthread_rwlock_unlock(&t->turn);
	return result;
}

int tenure_write_all(struct tenure *t, struct write *const *v, size_t n, struct err *e)
{
	pthread_rwlock_rdlock(&t->turn);
	int result = t->leads ? writer_write_all(&t->writer, v, n, e) : follows(e);
	pthread_rwlock_unlock(&t->turn);
	return result;
}

int tenure_seed(struct tenure *t, const struct knowledge *k, struct err *e)
{
	pthread_rwlock_wrlock(&t->turn);
	t->known = *k;
	t->has_known = true;
	int result = t->leads ? seed(t, e) : 0;
	pthread_rwlock_unlock(&t->turn);
	return result;
}

void tenure_announce(struct tenure *t, const char *address)
{
	if (t->lock)
		writer_lock_announce(t->lock, address);
}

struct store_stats tenure_stats(struct tenure *t)
{
	pthread_rwlock_rdlock(&t->turn);
	struct store_stats stats = writer_stats(&t->writer);
	if (!t->leads)
		stats = state_stats(&t->seen);
	stats.leads = t->leads;
	pthread_rwlock_unlock(&t->turn);
	return stats;
}

int tenure_ready(struct tenure *t, struct err *e)
{
	pthread_rwlock_rdlock(&t->turn);
	int result = t->leads ? writer_ready(&t->writer, e) : 0;
	pthread_rwlock_unlock(&t->turn);
	return result;
}

void tenure_look(struct tenure *t)
{
	pthread_rwlock_rdlock(&t->turn);
	writer_look(&t->writer);
	pthread_rwlock_unlock(&t->turn);
}
