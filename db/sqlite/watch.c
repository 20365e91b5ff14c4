/* One connection, which asks one question: PRAGMA data_version tells it of every commit. */
#include "db/sqlite/watch.h"

#include "base/clock.h"

void watch_init(struct watch *w, const char *path, struct signals *signals)
{
	*w = (struct watch){.path = path, .signals = signals};
	pthread_mutex_init(&w->lock, NULL);
}

/* Under the lock. */
static bool have(struct watch *w, struct err *why)
{
	enum { CACHE_MB = 1 };
	if (!w->db)
		w->db = sql_open(w->path, SQL_LOOK, CACHE_MB, why);
	if (w->db && !w->st)
		w->st = sql_prepare(w->db, "PRAGMA data_version", why);
	return w->st;
}

void watch_release(struct watch *w)
{
	sqlite3_finalize(w->st);
	sqlite3_close(w->db);
	pthread_mutex_destroy(&w->lock);
}

bool watch_look(struct watch *w, int64_t *seen)
{
	struct err why = {0};
	const int64_t rest_ns = 1000000000;
	pthread_mutex_lock(&w->lock);
	int64_t version = w->seen;
	bool rests = w->failed_ns && now_monotonic_ns() - w->failed_ns < rest_ns;
	bool sees = !rests && have(w, &why) && sql_row(w->st, &why) > 0;
	if (!rests)
		w->failed_ns = sees ? 0 : now_monotonic_ns();
	if (sees) {
		version = sqlite3_column_int64(w->st, 0);
		sqlite3_reset(w->st);
	}
	if (version != w->seen || !sees)
		atomic_fetch_add(&w->signals->changes, 1);
	*seen = w->seen = version;
	pthread_mutex_unlock(&w->lock);
	return sees;
}
