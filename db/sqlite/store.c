/* Opening and closing the store, seeding, and what it says of itself. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "db/sqlite/migrate.h"
#include "db/sqlite/reader.h"

static int start_wal(sqlite3 *db, struct err *e)
{
	sqlite3_stmt *st = sql_prepare(db, "PRAGMA journal_mode = WAL", e);
	if (!st)
		return -1;
	int row = sql_row(st, e);
	bool is_wal = row > 0 && str_eq(sql_column(st, 0), STR("wal"));
	sqlite3_finalize(st);
	if (row < 0)
		return -1;
	return is_wal ? 0
		      : err_set(e, ERR_DB, NULL,
				"the folder of the database does not allow a write-ahead log");
}

int writer_open(struct store *s, struct err *e)
{
	sqlite3 *db = sql_open(s->path, SQL_WRITE, s->options.writer_cache_mb, e);
	if (!db)
		return -1;
	/* The log's file shrinks back to 64 MB when it starts again. Migration first: it knows
	 * whose file this is. */
	if (migrate(db, e) || start_wal(db, e) ||
	    sql_once(db, "PRAGMA journal_size_limit = 67108864", e) ||
	    sql_once(db, "PRAGMA wal_autocheckpoint = 0", e)) {
		sqlite3_close(db);
		return -1;
	}
	return writer_prepare(&s->writer, db, e);
}

static struct store *make(const struct store_options *o, bool is_reading, struct err *e)
{
	char *path = sql_real_path(o->path, !is_reading, e);
	struct store *s = path ? calloc(1, sizeof *s) : NULL;
	if (!s) {
		free(path);
		err_set(e, ERR_DB, NULL, "out of memory");
		return NULL;
	}
	s->options = *o;
	s->is_reading = is_reading;
	s->closing = is_reading; /* for writes it is never open */
	s->lock_file = lock_none();
	s->options.path = s->path = path;
	s->options.group_max = o->group_max > 0 ? o->group_max : 1;
	s->options.queue_max = o->queue_max > 0 ? o->queue_max : 1;
	s->tail = &s->head;
	pthread_mutex_init(&s->lock, NULL);
	pthread_mutex_init(&s->pool_lock, NULL);
	pthread_cond_init(&s->work, NULL);
	pthread_cond_init(&s->room, NULL);
	pthread_condattr_t clock;
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&s->returned, &clock);
	pthread_condattr_destroy(&clock);
	return s;
}

struct store *store_open(const struct store_options *o, struct err *e)
{
	struct store *s = make(o, false, e);
	if (!s)
		return NULL;
	if (hold_take(&s->lock_file, s->path, o->command, e) || writer_open(s, e) ||
	    pool_open(s, e) || queue_start(s, e)) {
		store_close(s);
		return NULL;
	}
	return s;
}

struct store *store_open_reading(const struct store_options *o, struct err *e)
{
	struct store *s = make(o, true, e);
	if (s && pool_open(s, e)) {
		store_close(s);
		return NULL;
	}
	return s;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	queue_stop(s);
	pool_close(s);
	if (s->writer.db)
		sqlite3_wal_checkpoint_v2(s->writer.db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
					  NULL);
	writer_release(&s->writer);
	lock_release(&s->lock_file);
	pthread_cond_destroy(&s->work);
	pthread_cond_destroy(&s->room);
	pthread_cond_destroy(&s->returned);
	pthread_mutex_destroy(&s->lock);
	pthread_mutex_destroy(&s->pool_lock);
	free(s->path);
	free(s->batch);
	free(s);
}

int store_seed(struct store *s, const struct knowledge *k, struct err *e)
{
	struct seeding seeding = {.write = {.op = (enum write_op)WRITE_SEED}, .knowledge = k};
	struct write *const w = &seeding.write;
	return store_write_all(s, &w, 1, e);
}

static int64_t file_bytes(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

struct store_stats store_stats(struct store *s)
{
	pthread_mutex_lock(&s->lock);
	int queued = s->queued;
	struct reread_state reread = s->reread;
	pthread_mutex_unlock(&s->lock);
	return (struct store_stats){
		.articles = atomic_load(&s->articles),
		.statements = atomic_load(&s->statements),
		.actors = atomic_load(&s->actors),
		.issues = atomic_load(&s->issues),
		.commits = atomic_load(&s->commits),
		.writes_queued = queued,
		.transactions = atomic_load(&s->transactions),
		.writes_committed = atomic_load(&s->committed),
		.file_bytes = file_bytes(s->path),
		.wal_bytes = atomic_load(&s->wal_bytes),
		.reread = reread,
	};
}

int store_ready(struct store *s, struct err *e)
{
	const int64_t second_ns = 1000000000, memory_ns = 10 * second_ns;
	int64_t now = now_monotonic_ns();
	pthread_mutex_lock(&s->lock);
	bool closing = s->closing, failing = s->failed_ns && now - s->failed_ns < memory_ns;
	pthread_mutex_unlock(&s->lock);
	if (closing)
		return err_set(e, ERR_BUSY, NULL, "the store is closing");
	if (failing)
		return err_set(e, ERR_DB, NULL, "the last write failed");
	struct reader *r = store_reader(s, now + second_ns, e);
	int rc = r ? sql_in_place(r->db, e) : -1;
	reader_return(r);
	return rc;
}

/* --- news
 * -------------------------------------------------------------------------------------------------
 */

static enum store_news news_of(int code)
{
	switch (code & 0xFF) {
	case SQLITE_INTERRUPT: /* a question at its deadline */
	case SQLITE_SCHEMA:    /* prepared again by itself */
		return STORE_NEWS_DETAIL;
	case SQLITE_NOTICE:
		return STORE_NEWS_NOTICE;
	case SQLITE_WARNING:
		return STORE_NEWS_WARNING;
	default:
		return STORE_NEWS_ERROR;
	}
}

static void hear(void *listener, int code, const char *what)
{
	const struct store_listener *l = listener;
	l->tell(l->context, news_of(code), what);
}

void store_listen(struct store_listener *l)
{
	sqlite3_config(SQLITE_CONFIG_LOG, hear, l);
}
