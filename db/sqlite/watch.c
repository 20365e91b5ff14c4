/* One connection, which asks one question: PRAGMA data_version tells it of every commit. */
#include "db/sqlite/watch.h"

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
	w->db = sql_open(o->path, SQL_LOOK, CACHE_MB, e);
	w->st = w->db ? sql_prepare(w->db, "PRAGMA data_version", e) : NULL;
	return w->st ? 0 : -1;
}

void watch_release(struct watch *w)
{
	sqlite3_finalize(w->st);
	sqlite3_close(w->db);
	pthread_mutex_destroy(&w->lock);
}

bool watch_look(struct watch *w)
{
	struct err why = {0};
	pthread_mutex_lock(&w->lock);
	int64_t version = w->seen;
	bool sees = sql_row(w->st, &why) > 0;
	if (sees) {
		version = sqlite3_column_int64(w->st, 0);
		sqlite3_reset(w->st);
	}
	if (version != w->seen || !sees)
		atomic_fetch_add(&w->signals->changes, 1);
	w->seen = version;
	pthread_mutex_unlock(&w->lock);
	return sees;
}
