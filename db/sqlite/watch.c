/* One connection, which asks one question. */
#include "db/sqlite/watch.h"

/* A look costs some microseconds: fifty a second are none. */
enum { LOOK_NS = 20000000 };

void watch_init(struct watch *w)
{
	*w = (struct watch){0};
	pthread_mutex_init(&w->lock, NULL);
}

int watch_open(struct watch *w, const struct store_options *o, struct signals *signals,
	       struct err *e)
{
	enum { CACHE_MB = 1 };
	w->signals = signals;
	w->db = sql_open(o->path, signals->has_writer ? SQL_READ : SQL_LOOK, CACHE_MB, e);
	w->st = w->db ? sql_prepare(w->db, "PRAGMA data_version", e) : NULL;
	return w->st ? 0 : -1;
}

void watch_release(struct watch *w)
{
	sqlite3_finalize(w->st);
	sqlite3_close(w->db);
	pthread_mutex_destroy(&w->lock);
}

/* Under the lock. */
static void look(struct watch *w)
{
	struct err why = {0};
	int64_t version = w->seen;
	w->is_blind = sql_row(w->st, &why) <= 0;
	if (!w->is_blind) {
		version = sqlite3_column_int64(w->st, 0);
		sqlite3_reset(w->st);
	}
	if (version != w->seen || w->is_blind)
		atomic_fetch_add(&w->signals->changes, 1);
	w->seen = version;
}

bool watch_look(struct watch *w)
{
	if (w->signals->has_writer) {
		int64_t now = now_monotonic_ns();
		int_fast64_t due = atomic_load_explicit(&w->looks_ns, memory_order_relaxed);
		/* One thread of those that come at this moment. */
		if (now < due || !atomic_compare_exchange_strong(&w->looks_ns, &due, now + LOOK_NS))
			return true;
	}
	pthread_mutex_lock(&w->lock);
	look(w);
	bool sees = !w->is_blind;
	pthread_mutex_unlock(&w->lock);
	return sees;
}
