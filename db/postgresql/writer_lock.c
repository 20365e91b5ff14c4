/* The lease of the one writer of a database on a server: a row that its holder touches every other
 * second, over a connection of its own, which the row names. One whose connection has ended, or
 * that was not touched for some seconds, is anybody's: its holder was killed, or cannot reach the
 * server, and would find the row of counters changed (db/sqlite/state.h) should it write again. */
#include "db/sqlite/writer_lock.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/holder.h"
#include "db/sqlite/migrate.h"

enum { LEASE_MS = 8000, TOUCH_S = 2, LOOK_NS = 200000000, LOOKS = 60 };

/* By the server's clock. */
#define NOW_MS "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"

/* A connection as a number that no other has: when it began, in microseconds, and its process. */
#define BACKEND	    "((extract(epoch FROM a.backend_start) * 1000000)::bigint + a.pid)"
#define OWN_BACKEND "(SELECT " BACKEND " FROM pg_stat_activity a WHERE a.pid = pg_backend_pid())"

struct writer_lock {
	sqlite3 *db; /* under the lock while the thread runs */
	int64_t epoch;
	char note[HOLDER_NOTE_MAX];
	pthread_t thread;
	bool has_thread, ends;
	pthread_mutex_t lock;
	pthread_cond_t end;
};

/* A text with the epoch, or else the lease's age, and the note. *changed: rows. */
static int change(struct writer_lock *l, const char *text, int64_t number, int64_t *changed,
		  struct err *e)
{
	sqlite3_stmt *st = sql_prepare(l->db, text, e);
	if (!st)
		return -1;
	int64_t before = sqlite3_total_changes64(l->db);
	sqlite3_bind_int64(st, 1, number);
	sql_bind_str(st, 2, str_of(l->note));
	int result = sql_do(st, e);
	*changed = sqlite3_total_changes64(l->db) - before;
	sqlite3_finalize(st);
	return result;
}

static int read_row(sqlite3 *db, int64_t *seen_ms, char note[HOLDER_NOTE_MAX], struct err *e)
{
	sqlite3_stmt *st = sql_prepare(db, "SELECT seen_ms, note FROM writer WHERE id = 1", e);
	int row = st ? sql_row(st, e) : -1;
	if (row > 0) {
		struct str s = sql_column(st, 1);
		size_t n = s.n < HOLDER_NOTE_MAX ? s.n : HOLDER_NOTE_MAX - 1;
		*seen_ms = sqlite3_column_int64(st, 0);
		memcpy(note, s.p ? s.p : "", n);
		note[n] = '\0';
	}
	sqlite3_finalize(st);
	return row > 0 ? 0 : -1;
}

/* 1 when it is ours, 0 when another holds it. */
static int try_once(struct writer_lock *l, struct err *e)
{
	int64_t changed;
	if (change(l,
		   "UPDATE writer SET epoch = epoch + 1, seen_ms = " NOW_MS
		   ", note = ?2, backend = " OWN_BACKEND " WHERE id = 1 AND (seen_ms < " NOW_MS
		   " - ?1 OR NOT EXISTS"
		   " (SELECT 1 FROM pg_stat_activity a WHERE " BACKEND " = backend))",
		   LEASE_MS, &changed, e))
		return -1;
	if (!changed)
		return 0;
	return sql_number(l->db, "SELECT epoch FROM writer WHERE id = 1", &l->epoch, e) ? -1 : 1;
}

/* Whoever touches it while we look is at work. */
static int take(struct writer_lock *l, const char *path, struct err *e)
{
	const struct timespec pause = {.tv_nsec = LOOK_NS};
	char note[HOLDER_NOTE_MAX];
	int64_t first = -1, seen;
	for (int i = 0; i < LOOKS; i++) {
		int taken = try_once(l, e);
		if (taken)
			return taken < 0 ? -1 : 0;
		if (read_row(l->db, &seen, note, e))
			return -1;
		if (first >= 0 && seen != first)
			break;
		first = seen;
		nanosleep(&pause, NULL);
	}
	struct store_holder h = holder_read(note);
	return holder_refuse(path, &h, e);
}

static void *touch(void *p)
{
	struct writer_lock *l = p;
	int64_t changed;
	pthread_mutex_lock(&l->lock);
	while (!l->ends) {
		struct err ignored = {0};
		struct timespec until;
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += TOUCH_S;
		pthread_cond_timedwait(&l->end, &l->lock, &until);
		/* What fails is tried again: the connection may come back. */
		if (!l->ends &&
		    change(l,
			   "UPDATE writer SET seen_ms = " NOW_MS
			   ", note = ?2, backend = " OWN_BACKEND " WHERE id = 1 AND epoch = ?1",
			   l->epoch, &changed, &ignored))
			continue;
	}
	pthread_mutex_unlock(&l->lock);
	return NULL;
}

static void start(struct writer_lock *l)
{
	pthread_condattr_t clock;
	pthread_mutex_init(&l->lock, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&l->end, &clock);
	pthread_condattr_destroy(&clock);
	l->has_thread = pthread_create(&l->thread, NULL, touch, l) == 0;
}

struct writer_lock *writer_lock_take(const char *path, const char *command, struct err *e)
{
	struct buf note;
	struct writer_lock *l = calloc(1, sizeof *l);
	if (!l) {
		err_set(e, ERR_DB, NULL, "out of memory");
		return NULL;
	}
	buf_init(&note, sizeof l->note - 1);
	holder_write(&note, command);
	memcpy(l->note, note.p ? note.p : "", note.n);
	buf_release(&note);
	l->db = sql_open(path, SQL_WRITE, 0, e);
	if (!l->db || migrate(l->db, e) || take(l, path, e)) {
		sqlite3_close(l->db);
		free(l);
		return NULL;
	}
	start(l);
	return l;
}

void writer_lock_announce(struct writer_lock *l, const char *address)
{
	struct buf note;
	struct err ignored = {0};
	int64_t changed;
	buf_init(&note, sizeof l->note - 1);
	pthread_mutex_lock(&l->lock);
	holder_add_address(&note, l->note, address);
	if (!note.failed) {
		memcpy(l->note, note.p, note.n);
		l->note[note.n] = '\0';
	}
	int rc = change(l, "UPDATE writer SET note = ?2 WHERE id = 1 AND epoch = ?1", l->epoch,
			&changed, &ignored);
	pthread_mutex_unlock(&l->lock);
	buf_release(&note);
	(void)rc; /* else with the next touch */
}

void writer_lock_release(struct writer_lock *l)
{
	struct err ignored = {0};
	int64_t changed;
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	l->ends = true;
	pthread_cond_signal(&l->end);
	pthread_mutex_unlock(&l->lock);
	if (l->has_thread)
		pthread_join(l->thread, NULL);
	*l->note = '\0';
	/* One that cannot be given back ends by itself. */
	int rc = change(l, "UPDATE writer SET seen_ms = 0, note = ?2 WHERE id = 1 AND epoch = ?1",
			l->epoch, &changed, &ignored);
	(void)rc;
	pthread_cond_destroy(&l->end);
	pthread_mutex_destroy(&l->lock);
	sqlite3_close(l->db);
	free(l);
}

struct store_holder store_holder(const char *path)
{
	struct err ignored = {0};
	char note[HOLDER_NOTE_MAX] = "";
	int64_t seen;
	char *name = sql_real_path(path, false, &ignored);
	sqlite3 *db = name ? sql_open(name, SQL_LOOK, 0, &ignored) : NULL;
	if (!db || read_row(db, &seen, note, &ignored))
		*note = '\0';
	sqlite3_close(db);
	free(name);
	return holder_read(note);
}
