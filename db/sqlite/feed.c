/* Articles by their last change, and of each its statements that fit. */
#include "db/feed.h"

#include "db/id.h"
#include "db/sqlite/reader.h"

/* Of one page: a question that fits little is answered piece by piece. */
enum { ARTICLES_MAX = 500, STATEMENTS_MAX = 10000 };

struct changed_article {
	int64_t commit, id, received_ms;
};

struct changed_articles {
	struct changed_article *v;
	size_t n;
};

static int read_changed(struct reader *r, const struct feed_query *f, struct arena *a,
			struct changed_articles *out, struct err *e)
{
	sqlite3_stmt *st = r->st[f->is_latest ? R_FEED_LATEST : R_FEED_AFTER];
	bool is_begun = f->after.commit > 0;
	out->v = arena_array(a, ARTICLES_MAX, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	sqlite3_bind_int64(st, 1, is_begun ? f->after.commit : f->after.since);
	if (f->is_latest) {
		sqlite3_bind_int64(st, 1, ARTICLES_MAX);
	} else {
		sqlite3_bind_int64(st, 2, is_begun ? f->after.article : INT64_MAX);
		sqlite3_bind_int64(st, 3, ARTICLES_MAX);
	}
	int row;
	while ((row = sql_row(st, e)) > 0)
		out->v[out->n++] = (struct changed_article){sqlite3_column_int64(st, 0),
							    sqlite3_column_int64(st, 1),
							    sqlite3_column_int64(st, 2)};
	return row;
}

/* Its statements all have ids of one day: words are searched for in that day's alone. */
static bool narrow_to(struct statement_query *q, const struct changed_article *of)
{
	day_t day = id_day(of->id);
	if ((q->published_after != DAY_NONE && day < q->published_after) ||
	    (q->published_before != DAY_NONE && day > q->published_before) ||
	    (q->article && q->article != of->id))
		return false;
	q->published_after = q->published_before = day;
	q->article = of->id;
	return true;
}

static int add_article(struct reader *r, const struct feed_query *f,
		       const struct changed_article *of, struct arena *a, struct feed *out,
		       size_t *cap, struct err *e)
{
	struct statement_query q = *f->q;
	struct statement_list list;
	int64_t next;
	q.limit = STATEMENTS_MAX;
	q.after = 0;
	q.by_confidence = q.oldest_first = false;
	q.changed_after = f->is_latest ? 0 : f->after.since;
	if (!narrow_to(&q, of))
		return 0;
	if (store_statements(r, &q, a, &list, &next, e))
		return -1;
	if (arena_grow(a, (void **)&out->v, cap, out->n + list.n, sizeof *out->v))
		return arena_full(e);
	/* An article's list has those that do not count, too. */
	for (size_t i = 0; i < list.n; i++)
		if (!list.v[i].is_uncounted)
			out->v[out->n++] = (struct feed_item){list.v[i], of->received_ms};
	return 0;
}

int store_feed(struct reader *r, const struct feed_query *f, struct arena *a, struct feed *out,
	       struct err *e)
{
	struct changed_articles changed = {0};
	size_t cap = 0, i = 0;
	*out = (struct feed){.next = {.since = reader_commit(r)}};
	if (reader_call(r, e) || read_changed(r, f, a, &changed, e))
		return -1;
	for (; i < changed.n && out->n < (size_t)f->limit && !f->q->is_void; i++)
		if (add_article(r, f, &changed.v[i], a, out, &cap, e))
			return -1;
	out->has_more =
		!f->is_latest && !f->q->is_void && (i < changed.n || changed.n == ARTICLES_MAX);
	if (out->has_more && i > 0)
		out->next = (struct feed_place){f->after.since, changed.v[i - 1].commit,
						changed.v[i - 1].id};
	return 0;
}
