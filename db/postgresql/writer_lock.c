/* The lease of the one writer of a database on a server: a row that its holder touches every other
 * second, over a connection of its own, which the row names. One whose connection has ended, or
 * that was not touched for some seconds, is anybody's: its holder was killed, or cannot reach the
 * server. Should that come back, it finds another epoch, in the same transaction as what it
 * writes. */
#include "db/sqlite/writer_lock.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/holder.h"
#include "db/postgresql/connection.h"
#include "db/sqlite/migrate.h"

enum { LEASE_MS = 8000, TOUCH_S = 2, LOOK_NS = 200000000, LOOKS = 60, MIGRATION_TRIES = 25 };

/* By the server's clock. */
#define NOW_MS "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"

/* A connection as a number that no other has: when it began, in microseconds, and its process. */
#define BACKEND	    "((extract(epoch FROM a.backend_start) * 1000000)::bigint + a.pid)"
#define OWN_BACKEND "(SELECT " BACKEND " FROM pg_stat_activity a WHERE a.pid = pg_backend_pid())"

struct writer_lock {
	sqlite3 *db; /* under the lock, as all that follows */
	int64_t epoch;
	bool is_held;
	char note[HOLDER_NOTE_MAX];
	pthread_t thread; /* that touches it while it is held */
	bool has_thread, ends;
	pthread_mutex_t lock;
	pthread_cond_t end;
};

/* A text with a number and the note; rows that it changed, or -1. Not by a prepared statement: that
 * would be one more on the server each time. */
static int64_t change(struct writer_lock *l, const char *text, int64_t number, struct err *e)
{
	struct value v[] = {value_number(number), value_bytes(l->note, strlen(l->note), PG_BYTEA)};
	int code = connection_renew(l->db);
	int64_t before = l->db->changes;
	if (code == SQLITE_OK)
		code = connection_send(l->db, NULL, text, v, 2, AWAIT_COUNT);
	if (code == SQLITE_OK)
		code = connection_wait(l->db, NULL);
	return code == SQLITE_OK ? l->db->changes - before
				 : sql_fail(l->db, "cannot change the lease", e);
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

static int read_epoch(struct writer_lock *l, struct err *e)
{
	PGresult *rows = NULL;
	if (connection_send(l->db, NULL, "SELECT epoch FROM writer WHERE id = 1", NULL, 0,
			    AWAIT_ROWS) != SQLITE_OK ||
	    connection_wait(l->db, &rows) != SQLITE_OK)
		return sql_fail(l->db, "cannot read the lease", e);
	l->epoch = read_number(l->db->pq->PQgetvalue(rows, 0, 0));
	l->db->pq->PQclear(rows);
	return 0;
}

/* 1 when it is ours, 0 when another holds it. The transaction of one that held it has ended then:
 * it changes the row, too (writer_lock_fence). */
static int try_once(struct writer_lock *l, struct err *e)
{
	int64_t changed = change(l,
				 "UPDATE writer SET epoch = epoch + 1, seen_ms = " NOW_MS
				 ", note = $2, backend = " OWN_BACKEND
				 " WHERE id = 1 AND (seen_ms < " NOW_MS " - $1 OR NOT EXISTS"
				 " (SELECT 1 FROM pg_stat_activity a WHERE " BACKEND " = backend))",
				 LEASE_MS, e);
	if (changed <= 0)
		return (int)changed;
	l->is_held = read_epoch(l, e) == 0;
	return l->is_held ? 1 : -1;
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

/* What fails is tried again: the connection may come back. */
static void touch(struct writer_lock *l)
{
	struct err ignored = {0};
	if (change(l,
		   "UPDATE writer SET seen_ms = " NOW_MS ", note = $2, backend = " OWN_BACKEND
		   " WHERE id = 1 AND epoch = $1",
		   l->epoch, &ignored) == 0)
		l->is_held = false;
}

static void *run(void *p)
{
	struct writer_lock *l = p;
	pthread_mutex_lock(&l->lock);
	while (!l->ends) {
		struct timespec until;
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += TOUCH_S;
		pthread_cond_timedwait(&l->end, &l->lock, &until);
		if (!l->ends && l->is_held)
			touch(l);
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
	l->has_thread = pthread_create(&l->thread, NULL, run, l) == 0;
}

/* --- the schema --- */

static int has_tables(sqlite3 *db, bool *out, struct err *e)
{
	int64_t n;
	if (sql_number(db,
		       "SELECT count(*) FROM pg_class WHERE relname = 'writer'"
		       " AND relnamespace = current_schema()::regnamespace",
		       &n, e))
		return -1;
	*out = n > 0;
	return 0;
}

/* Of several that start at once one makes the tables, and the others fail and look again. */
static int make_tables(sqlite3 *db, struct err *e)
{
	const struct timespec pause = {.tv_nsec = LOOK_NS};
	struct err why = {0};
	bool are_there = false;
	for (int i = 0; i < MIGRATION_TRIES; i++) {
		why = (struct err){0};
		if (has_tables(db, &are_there, &why) == 0 && (are_there || migrate(db, &why) == 0))
			return 0;
		nanosleep(&pause, NULL);
	}
	return err_set(e, why.kind, NULL, "%s", why.message);
}

/* Tables that are there are brought up by who holds the lease. */
static int bring_up(struct writer_lock *l, const char *path, bool follows, struct err *e)
{
	int version;
	if (make_tables(l->db, e) || migrate_version(l->db, &version, e))
		return -1;
	int taken = follows ? try_once(l, e) : take(l, path, e) + 1;
	if (taken < 0 || (!follows && taken == 0))
		return -1;
	if (version == migrate_newest())
		return 0;
	return taken == 1
		       ? migrate(l->db, e)
		       : err_set(e, ERR_BUSY, NULL,
				 "another program writes the database on the server, whose schema "
				 "is of an older version than this one's: stop that first");
}

/* --- the lock --- */

static struct writer_lock *make(const char *command, struct err *e)
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
	return l;
}

static struct writer_lock *open_lock(const char *path, const char *command, bool follows,
				     struct err *e)
{
	struct writer_lock *l = make(command, e);
	if (!l)
		return NULL;
	l->db = sql_open(path, SQL_WRITE, 0, e);
	if (!l->db || bring_up(l, path, follows, e)) {
		sqlite3_close(l->db);
		free(l);
		return NULL;
	}
	start(l);
	return l;
}

bool writer_lock_is_shared(void)
{
	return true;
}

struct writer_lock *writer_lock_take(const char *path, const char *command, struct err *e)
{
	return open_lock(path, command, false, e);
}

struct writer_lock *writer_lock_follow(const char *path, const char *command, struct err *e)
{
	return open_lock(path, command, true, e);
}

int writer_lock_try(struct writer_lock *l, struct err *e)
{
	pthread_mutex_lock(&l->lock);
	int taken = try_once(l, e);
	pthread_mutex_unlock(&l->lock);
	return taken;
}

bool writer_lock_is_held(struct writer_lock *l)
{
	pthread_mutex_lock(&l->lock);
	bool is_held = l->is_held;
	pthread_mutex_unlock(&l->lock);
	return is_held;
}

bool writer_lock_confirm(struct writer_lock *l)
{
	pthread_mutex_lock(&l->lock);
	if (l->is_held)
		touch(l);
	bool is_held = l->is_held;
	pthread_mutex_unlock(&l->lock);
	return is_held;
}

/* One that cannot be given back ends by itself. */
static void give_back(struct writer_lock *l)
{
	struct err ignored = {0};
	if (l->is_held)
		(void)change(l,
			     "UPDATE writer SET seen_ms = 0, note = substr($2, 1, 0)"
			     " WHERE id = 1 AND epoch = $1",
			     l->epoch, &ignored);
	l->is_held = false;
}

void writer_lock_give_back(struct writer_lock *l)
{
	pthread_mutex_lock(&l->lock);
	give_back(l);
	pthread_mutex_unlock(&l->lock);
}

/* A division by zero, since a change is not waited for, and no rows are no error. */
int writer_lock_fence(struct writer_lock *l, sqlite3 *db, int64_t renamed, struct err *e)
{
	pthread_mutex_lock(&l->lock);
	struct value v[] = {value_number(l->epoch), value_number(renamed)};
	pthread_mutex_unlock(&l->lock);
	int code = connection_send(db, NULL,
				   "UPDATE writer SET renamed = greatest(renamed, $2)"
				   " / CASE WHEN epoch = $1 THEN 1 ELSE 0 END WHERE id = 1",
				   v, 2, AWAIT_NOTHING);
	return code == SQLITE_OK ? 0 : sql_fail(db, "cannot read the lease", e);
}

void writer_lock_announce(struct writer_lock *l, const char *address)
{
	struct buf note;
	buf_init(&note, sizeof l->note - 1);
	pthread_mutex_lock(&l->lock);
	holder_add_address(&note, l->note, address);
	if (!note.failed) {
		memcpy(l->note, note.p, note.n);
		l->note[note.n] = '\0';
	}
	if (l->is_held)
		touch(l);
	pthread_mutex_unlock(&l->lock);
	buf_release(&note);
}

void writer_lock_release(struct writer_lock *l)
{
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	l->ends = true;
	pthread_cond_signal(&l->end);
	pthread_mutex_unlock(&l->lock);
	if (l->has_thread)
		pthread_join(l->thread, NULL);
	give_back(l);
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
