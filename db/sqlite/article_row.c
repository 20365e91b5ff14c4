/* Rows of articles. */
#include "db/sqlite/article_row.h"

#include <stdlib.h>
#include <string.h>

/* Those that came in one millisecond by their outlets. */
static int by_arrival(const void *va, const void *vb)
{
	const struct article_source *a = va, *b = vb;
	if (a->received_ms != b->received_ms)
		return a->received_ms < b->received_ms ? -1 : 1;
	int order = str_cmp(a->outlet, b->outlet);
	return order ? order : str_cmp(a->url, b->url);
}

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
	out->copy_of = sqlite3_column_int64(st, ARTICLE_COPY_OF);
	struct str hash = sql_column(st, ARTICLE_COLUMN_COUNT);
	if (hash.n != sizeof out->sha256)
		return err_set(e, ERR_DB, NULL, "article %lld is damaged", (long long)out->id);
	memcpy(out->sha256, hash.p, hash.n);
	return 0;
}

int article_read_sources(struct reader *r, struct arena *a, struct article *out, struct err *e)
{
	sqlite3_stmt *st = r->st[R_SOURCES];
	struct article_source *v = NULL;
	size_t n = 0, cap = 0;
	int row;
	sqlite3_bind_int64(st, 1, out->id);
	while ((row = sql_row(st, e)) > 0) {
		if (arena_grow(a, (void **)&v, &cap, n + 1, sizeof *v))
			break;
		v[n++] = (struct article_source){.outlet = sql_copy(st, 0, a),
						 .url = sql_copy(st, 1, a),
						 .title = sql_copy(st, 2, a),
						 .published_at = sql_copy(st, 3, a),
						 .received_ms = sqlite3_column_int64(st, 4)};
		const struct article_source *last = &v[n - 1];
		if (!last->outlet.p || !last->url.p || !last->title.p || !last->published_at.p)
			break;
	}
	sqlite3_reset(st);
	if (row)
		return row < 0 ? -1 : arena_full(e);
	if (n)
		qsort(v, n, sizeof *v, by_arrival);
	out->sources = v;
	out->n_sources = n;
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
