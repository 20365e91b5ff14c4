/* The store: what it consists of, and its ends. */
#include "db/store.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "db/sqlite/block_cache.h"
#include "db/sqlite/part_cache.h"
#include "db/sqlite/pool.h"
#include "db/sqlite/tenure.h"
#include "db/sqlite/watch.h"

struct store {
	const struct engine *engine; /* the dispatcher's */
	char *path;		     /* the file's one name, without links */
	bool is_reading;	     /* readers alone: no writer, no lock */
	struct tenure tenure;
	struct pool pool;
	struct watch watch; /* where others write */
};

static struct store *make(struct store_options *o, bool is_reading, struct err *e)
{
	char *path = sql_real_path(o->path, !is_reading, e);
	struct store *s = path ? calloc(1, sizeof *s) : NULL;
	if (!s) {
		free(path);
		err_set(e, ERR_DB, NULL, "out of memory");
		return NULL;
	}
	s->is_reading = is_reading;
	o->path = s->path = path;
	tenure_init(&s->tenure);
	pool_init(&s->pool);
	watch_init(&s->watch, path, &s->pool.signals);
	s->pool.signals.has_writer = !is_reading;
	s->pool.signals.is_shared = writer_lock_is_shared();
	/* What others write nobody notes. */
	if (!is_reading && !s->pool.signals.is_shared) {
		s->pool.signals.blocks = block_cache_new(path);
		s->pool.signals.parts = part_cache_new(s->pool.signals.blocks);
	}
	return s;
}

struct store *store_open(const struct store_options *o, struct err *e)
{
	struct store_options own = *o;
	struct store *s = make(&own, false, e);
	if (!s)
		return NULL;
	if (tenure_open(&s->tenure, &own, &s->pool.signals, e) ||
	    pool_open(&s->pool, &own, false, e)) {
		store_close(s);
		return NULL;
	}
	return s;
}

struct store *store_open_reading(const struct store_options *o, struct err *e)
{
	struct store_options own = *o;
	struct store *s = make(&own, true, e);
	if (s && pool_open(&s->pool, &own, true, e)) {
		store_close(s);
		return NULL;
	}
	return s;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	tenure_stop(&s->tenure);
	watch_release(&s->watch);
	pool_release(&s->pool);
	tenure_release(&s->tenure);
	part_cache_free(s->pool.signals.parts);
	block_cache_free(s->pool.signals.blocks);
	free(s->path);
	free(s);
}

void store_announce(struct store *s, const char *address)
{
	if (!s->is_reading)
		tenure_announce(&s->tenure, address);
}

/* --- writing --- */

/* On the caller's thread: the writer has enough to do. A text that is no UTF-8 is refused there. */
static void sign(struct write *w)
{
	w->signature = (struct signature){0};
	if (w->op == WRITE_ARTICLE && utf8_valid_prefix(w->article.text) == w->article.text.n)
		signature_of(w->article.text, &w->signature);
}

int store_submit(struct store *s, struct write *w, struct err *e)
{
	if (s->is_reading)
		return err_set(e, ERR_BUSY, NULL, "the store is open for reading");
	sign(w);
	return tenure_submit(&s->tenure, w, e);
}

void store_expect(struct store *s, int more)
{
	atomic_fetch_add(&s->pool.signals.expected, more);
}

int store_write_all(struct store *s, struct write *const *w, size_t n, struct err *e)
{
	for (size_t i = 0; i < n; i++)
		sign(w[i]);
	return tenure_write_all(&s->tenure, w, n, e);
}

int store_seed(struct store *s, const struct knowledge *k, struct err *e)
{
	return tenure_seed(&s->tenure, k, e);
}

/* --- reading --- */

struct reader *store_reader(struct store *s, int64_t deadline_ns, struct err *e)
{
	return pool_borrow(&s->pool, deadline_ns, e);
}

struct reader *store_reader_at_hand(struct store *s, int64_t deadline_ns, struct err *e)
{
	return pool_borrow_idle(&s->pool, deadline_ns, e);
}

uint64_t store_version(struct store *s)
{
	const struct signals *signals = &s->pool.signals;
	bool sees = true;
	int64_t seen = 0;
	if (s->is_reading || signals->is_shared)
		sees = watch_look(&s->watch, &seen);
	else
		tenure_look(&s->tenure);
	int64_t commit = signals->is_shared ? seen : atomic_load(&signals->commit);
	if (!sees || commit == SIGNALS_COMMIT_UNKNOWN)
		return 0;
	return signals_version(signals, commit, atomic_load(&signals->changes));
}

void store_interrupt(struct store *s)
{
	pool_interrupt(&s->pool);
}

/* --- state --- */

static int64_t file_bytes(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

struct store_stats store_stats(struct store *s)
{
	struct store_stats stats = tenure_stats(&s->tenure);
	stats.file_bytes = file_bytes(s->path);
	return stats;
}

int store_ready(struct store *s, struct err *e)
{
	const int64_t second_ns = 1000000000;
	if (tenure_ready(&s->tenure, e))
		return -1;
	struct reader *r = store_reader(s, now_monotonic_ns() + second_ns, e);
	int result = r ? sql_in_place(r->db, e) : -1;
	reader_return(r);
	return result;
}

/* --- news --- */

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
	l->report(l->context, news_of(code), what);
}

void store_listen(struct store_listener *l)
{
	sqlite3_config(SQLITE_CONFIG_LOG, hear, l);
}
