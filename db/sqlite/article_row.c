/* Rows of articles. */
#include "db/sqlite/article_row.h"

#include <string.h>

int article_read_row(sqlite3_stmt *st, struct arena *a, struct article *out, struct err *e)
{
	*out = (struct article){.id = sqlite3_column_int64(st, 0),
				.received_ms = sqlite3_column_int64(st, 1),
				.text = STR_EMPTY};
	out->statement_count = (uint32_t)sqlite3_column_int64(st, 2);
	struct str *const views[] = {&out->published_at, &out->outlet, &out->title,
				     &out->url,		 &out->author, &out->language};
	for (int i = 0; i < 6; i++) {
		*views[i] = sql_copy(st, 3 + i, a);
		if (!views[i]->p)
			return arena_full(e);
	}
	/* A day that another program damaged is none. */
	(void)article_publish(out, out->published_at);
	struct str hash = sql_column(st, ARTICLE_COLUMN_COUNT);
	if (hash.n != sizeof out->sha256)
		return err_set(e, ERR_DB, NULL, "article %lld is damaged", (long long)out->id);
	memcpy(out->sha256, hash.p, hash.n);
	return 0;
}

int article_fetch(struct reader *r, enum reader_sql which, int64_t id, struct arena *a,
		  struct article *out, struct err *e)
{
	sqlite3_stmt *st = r->st[which];
	sqlite3_bind_int64(st, 1, id);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_NOT_FOUND, NULL, "there is no article %lld",
					 (long long)id);
	int result = article_read_row(st, a, out, e);
	if (result == 0 && which == R_ARTICLE) {
		out->text = sql_copy(st, ARTICLE_COLUMN_COUNT + 1, a);
		result = out->text.p ? 0 : arena_full(e);
	}
	sqlite3_reset(st);
	return result;
}
