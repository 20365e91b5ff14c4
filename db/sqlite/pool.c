/* Readers: opened once, lent and given back, each a snapshot with a deadline while it is lent. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/sqlite/migrate.h"
#include "db/sqlite/reader.h"

/* How often SQLite asks for the time: every so many of its instructions, some tens of microseconds.
 */
enum { PROGRESS_STEPS = 2000 };

static const char *const texts[R_COUNT] = {
#define X(name, text) text,
	READER_SQL(X)
#undef X
};

const char *reader_sql_text(enum reader_sql at)
{
	return texts[at];
}

static int is_late(void *p)
{
	const struct reader *r = p;
	return now_monotonic_ns() > r->deadline_ns ||
	       atomic_load_explicit(&r->store->is_hurried, memory_order_relaxed);
}

static void forget(struct remembered *v)
{
	for (int i = 0; v && i < NAMES; i++)
		free(v[i].bytes);
	free(v);
}

static void close_reader(struct reader *r)
{
	for (int i = 0; i < R_COUNT; i++)
		sqlite3_finalize(r->st[i]);
	for (int i = 0; i < SHAPES; i++)
		sqlite3_finalize(r->shapes[i].st);
	sqlite3_close(r->db);
	forget(r->actors);
	forget(r->issues);
}

/* A writer has brought its file up to the schema; a reader takes it as it is. */
static int schema_fits(sqlite3 *db, struct err *e)
{
	int version;
	if (migrate_version(db, &version, e))
		return -1;
	if (version == migrate_newest())
		return 0;
	return err_set(e, ERR_DB, NULL,
		       "the database has schema version %d and this program asks for %d: take a "
		       "copy with demarche backup, then start "
		       "demarche serve on it once, which brings it up",
		       version, migrate_newest());
}

static int open_reader(struct reader *r, struct store *s, struct err *e)
{
	r->store = s;
	r->actors = calloc(NAMES, sizeof *r->actors);
	r->issues = calloc(NAMES, sizeof *r->issues);
	if (!r->actors || !r->issues)
		return err_set(e, ERR_DB, NULL, "out of memory");
	r->db = sql_open(s->path, s->is_reading ? SQL_LOOK : SQL_READ, s->options.reader_cache_mb,
			 e);
	if (!r->db || (s->is_reading && schema_fits(r->db, e)))
		return -1;
	char map[64];
	snprintf(map, sizeof map, "PRAGMA mmap_size = %lld",
		 (long long)s->options.reader_map_mb * 1024 * 1024);
	if (sql_once(r->db, map, e))
		return -1;
	for (int i = 0; i < R_COUNT; i++) {
		r->st[i] = sql_prepare(r->db, texts[i], e);
		if (!r->st[i])
			return -1;
	}
	r->next = s->idle;
	s->idle = r;
	return 0;
}

int pool_open(struct store *s, struct err *e)
{
	enum { MOST = 64 };
	int n = s->options.readers < 1 ? 1 : s->options.readers > MOST ? MOST : s->options.readers;
	s->readers = calloc((size_t)n, sizeof *s->readers);
	if (!s->readers)
		return err_set(e, ERR_DB, NULL, "out of memory");
	s->n_readers = n;
	for (int i = 0; i < n; i++)
		if (open_reader(&s->readers[i], s, e))
			return -1;
	return 0;
}

void pool_close(struct store *s)
{
	for (int i = 0; i < s->n_readers; i++)
		close_reader(&s->readers[i]);
	free(s->readers);
}

static struct reader *borrow(struct store *s, int64_t deadline_ns)
{
	const int64_t second_ns = 1000000000;
	struct timespec until = {.tv_sec = deadline_ns / second_ns,
				 .tv_nsec = deadline_ns % second_ns};
	pthread_mutex_lock(&s->pool_lock);
	int waited = 0;
	while (!s->idle && waited == 0 && !atomic_load(&s->is_hurried))
		waited = pthread_cond_timedwait(&s->returned, &s->pool_lock, &until);
	struct reader *r = s->idle;
	if (r)
		s->idle = r->next;
	pthread_mutex_unlock(&s->pool_lock);
	return r;
}

/* Names may be remembered when none changed around the start of the snapshot. */
static int begin(struct reader *r, struct err *e)
{
	uint64_t before = atomic_load(&r->store->generation);
	if (sql_do(r->st[R_BEGIN], e))
		return -1;
	/* The first read takes the snapshot. */
	int row = sql_row(r->st[R_COMMITS], e);
	if (row <= 0)
		return row < 0 ? -1 : err_set(e, ERR_DB, NULL, "the table \"state\" is empty");
	r->commit = sqlite3_column_int64(r->st[R_COMMITS], 0);
	sqlite3_reset(r->st[R_COMMITS]);
	r->generation = before;
	r->knows_generation = before % 2 == 0 && atomic_load(&r->store->generation) == before;
	return 0;
}

struct reader *store_reader(struct store *s, int64_t deadline_ns, struct err *e)
{
	struct reader *r = borrow(s, deadline_ns);
	if (!r) {
		err_set(e, ERR_BUSY, NULL, "all readers are busy");
		return NULL;
	}
	r->deadline_ns = deadline_ns;
	if (begin(r, e)) {
		reader_return(r);
		return NULL;
	}
	sqlite3_progress_handler(r->db, PROGRESS_STEPS, is_late, r);
	return r;
}

int64_t reader_commit(const struct reader *r)
{
	return r->commit;
}

void reader_return(struct reader *r)
{
	if (!r)
		return;
	struct err ignored = {0};
	sqlite3_progress_handler(r->db, 0, NULL, NULL);
	if (!sqlite3_get_autocommit(r->db) && sql_do(r->st[R_END], &ignored))
		sqlite3_reset(r->st[R_END]);
	pthread_mutex_lock(&r->store->pool_lock);
	r->next = r->store->idle;
	r->store->idle = r;
	pthread_cond_signal(&r->store->returned);
	pthread_mutex_unlock(&r->store->pool_lock);
}

void store_hurry(struct store *s)
{
	pthread_mutex_lock(&s->pool_lock);
	atomic_store(&s->is_hurried, true);
	pthread_cond_broadcast(&s->returned);
	pthread_mutex_unlock(&s->pool_lock);
}

int reader_call(struct reader *r, struct err *e)
{
	r->calls++;
	return is_late(r) ? err_set(e, ERR_DEADLINE, NULL, "the deadline has passed") : 0;
}

sqlite3_stmt *reader_shape(struct reader *r, struct str text, struct err *e)
{
	uint64_t hash = str_hash(text);
	struct shape *oldest = &r->shapes[0];
	for (int i = 0; i < SHAPES; i++) {
		struct shape *s = &r->shapes[i];
		if (s->st && s->hash == hash && str_eq(str_of(sqlite3_sql(s->st)), text)) {
			s->used = ++r->shapes_used;
			return s->st;
		}
		if (s->used < oldest->used)
			oldest = s;
	}
	sqlite3_stmt *st = sql_prepare(r->db, text.p, e);
	if (!st)
		return NULL;
	sqlite3_finalize(oldest->st);
	*oldest = (struct shape){st, hash, ++r->shapes_used};
	return st;
}
