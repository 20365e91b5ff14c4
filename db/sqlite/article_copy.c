/* Candidates by bands, the nearest by signatures. */
#include "db/sqlite/article_copy.h"

#include "db/copies.h"
#include "db/sqlite/ahead.h"
#include "db/sqlite/statement_row.h"

_Static_assert(SIGNATURE_BANDS == 24, "as NEAR_BANDS has them");

/* *out is not given where the article has none. */
static int read_signature(struct transaction *t, int64_t article, struct signature *out,
			  struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_SIGNATURE_OF);
	*out = (struct signature){0};
	sqlite3_bind_int64(st, 1, article);
	int row = sql_row(st, e);
	if (row <= 0)
		return row;
	bool is_whole = signature_read(sql_column(st, 0), out);
	sqlite3_reset(st);
	return is_whole ? 0
			: err_set(e, ERR_DB, NULL, "the signature of article %lld is damaged",
				  (long long)article);
}

/* The nearest so far; of equals the earliest. */
static void compare(const struct signature *s, int64_t article, const struct signature *other,
		    int *most, int64_t *first)
{
	int common = signature_common(s, other);
	if (common > *most || (common == *most && *first && article < *first)) {
		*most = common;
		*first = article;
	}
}

static int find_ahead(const struct ahead *a, const struct signature *s, int64_t *first,
		      struct err *e)
{
	const struct ahead_signature **near;
	int most = SIGNATURE_ALIKE - 1, n = ahead_near(a, s, &near);
	for (int i = 0; i < n; i++)
		compare(s, near[i]->article, &near[i]->is, &most, first);
	return n < 0 ? arena_full(e) : 0;
}

/* Texts of one outlet share sentences: most candidates share a band and little else, which their
 * sketches tell. */
static bool is_far(const struct transaction *t, const struct sketch *of, int64_t article, int most)
{
	const struct cached_sketch *c = key_cache_sketch(t->keys, article);
	return c->article == article && sketch_common(of, &c->is) < most;
}

static void remember(struct transaction *t, int64_t article, const struct signature *s)
{
	if (s->is_given)
		*key_cache_sketch(t->keys, article) =
			(struct cached_sketch){article, signature_sketch(s)};
}

int copy_find(struct transaction *t, const struct signature *s, int64_t *first, struct err *e)
{
	int most = SIGNATURE_ALIKE - 1, more;
	struct sketch sketch = signature_sketch(s);
	sqlite3_stmt *st = transaction_sql(t, W_NEAR_ARTICLES);
	*first = 0;
	if (!s->is_given)
		return 0;
	if (t->ahead)
		return find_ahead(t->ahead, s, first, e);
	for (int band = 0; band < SIGNATURE_BANDS; band++)
		sqlite3_bind_int64(st, band + 1, signature_band(s, band));
	while ((more = sql_row(st, e)) > 0) {
		struct signature other;
		int64_t article = sqlite3_column_int64(st, 0);
		if (is_far(t, &sketch, article, most))
			continue;
		if (read_signature(t, article, &other, e)) {
			sqlite3_reset(st);
			return -1;
		}
		remember(t, article, &other);
		compare(s, article, &other, &most, first);
	}
	return more;
}

/* Of each band the row that W_ADD_BAND or W_DROP_BAND takes. */
static int put_bands(struct transaction *t, enum writer_sql text, int64_t article,
		     const struct signature *s, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, text);
	sqlite3_bind_int64(st, 2, article);
	for (int band = 0; band < SIGNATURE_BANDS; band++) {
		sqlite3_bind_int64(st, 1, signature_band(s, band));
		if (sql_do(st, e))
			return -1;
	}
	return 0;
}

int signature_save(struct transaction *t, int64_t article, const struct signature *s, struct err *e)
{
	unsigned char bytes[SIGNATURE_BYTES];
	sqlite3_stmt *st = transaction_sql(t, W_ADD_SIGNATURE);
	if (!s->is_given)
		return 0;
	if (t->ahead && ahead_add_signature(t->ahead, article, s))
		return arena_full(e);
	remember(t, article, s);
	signature_write(s, bytes);
	sqlite3_bind_int64(st, 1, article);
	sqlite3_bind_blob(st, 2, bytes, sizeof bytes, SQLITE_TRANSIENT);
	return sql_do(st, e) || put_bands(t, W_ADD_BAND, article, s, e) ? -1 : 0;
}

static int set_copy_of(struct transaction *t, int64_t article, int64_t first, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_SET_COPY_OF);
	t->renames = true; /* statements tell their article's group */
	ahead_forget(t);
	sqlite3_bind_int64(st, 1, article);
	sqlite3_bind_int64(st, 2, first);
	sqlite3_bind_int64(st, 3, t->commit);
	return sql_do(st, e);
}

static int read_copy_of(struct transaction *t, int64_t article, int64_t *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_COPY_OF);
	sqlite3_bind_int64(st, 1, article);
	int row = sql_row(st, e);
	*out = row > 0 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

/* --- who is first --- */

struct marked {
	struct statement_row row;
	struct statement is;
};

static int read_rows(struct transaction *t, int64_t article, struct marked **out, size_t *n,
		     struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_STATEMENTS_OF);
	size_t cap = 0;
	int more;
	*out = NULL;
	*n = 0;
	sqlite3_bind_int64(st, 1, article);
	while ((more = sql_row(st, e)) > 0) {
		if (arena_grow(&t->arena, (void **)out, &cap, *n + 1, sizeof **out)) {
			more = arena_full(e);
			break;
		}
		struct marked *m = &(*out)[(*n)++];
		if (statement_row_read(t, st, &m->row, &m->is, e)) {
			more = -1;
			break;
		}
	}
	sqlite3_reset(st);
	return more;
}

/* Its statements are of a copy from here on, or of none. */
static int mark(struct transaction *t, int64_t article, bool is_copy, struct err *e)
{
	struct marked *v;
	size_t n;
	if (read_rows(t, article, &v, &n, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		bool is_changed;
		struct statement_row row = v[i].row;
		if (statement_row_set_copy(t, &row, is_copy, e) ||
		    statement_row_replace(t, &v[i].row, &row, &is_changed, e))
			return -1;
	}
	return 0;
}

static int sign(struct transaction *t, int64_t article, struct err *e)
{
	struct signature s;
	sqlite3_stmt *st = transaction_sql(t, W_TEXT_OF);
	sqlite3_bind_int64(st, 1, article);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_DB, NULL, "article %lld has no text",
					 (long long)article);
	signature_of(sql_column(st, 1), &s);
	sqlite3_reset(st);
	return signature_save(t, article, &s, e);
}

static int unsign(struct transaction *t, int64_t article, struct err *e)
{
	struct signature s;
	key_cache_sketch(t->keys, article)->article = 0;
	ahead_forget(t); /* which knows of no signature that goes */
	sqlite3_bind_int64(transaction_sql(t, W_DROP_SIGNATURE), 1, article);
	return read_signature(t, article, &s, e) ||
			       (s.is_given && put_bands(t, W_DROP_BAND, article, &s, e)) ||
			       sql_do(transaction_sql(t, W_DROP_SIGNATURE), e)
		       ? -1
		       : 0;
}

/* The copies of `article` are copies of `first`. */
static int join_copies(struct transaction *t, int64_t article, int64_t first, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_JOIN_COPIES);
	sqlite3_bind_int64(st, 1, article);
	sqlite3_bind_int64(st, 2, first);
	sqlite3_bind_int64(st, 3, t->commit);
	return sql_do(st, e);
}

/* The copy with the lowest id is the first from here on. */
static int pass_on(struct transaction *t, int64_t article, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_NEXT_COPY);
	sqlite3_bind_int64(st, 1, article);
	int row = sql_row(st, e);
	int64_t next = row > 0 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	if (row <= 0)
		return row;
	return set_copy_of(t, next, 0, e) || mark(t, next, false, e) || sign(t, next, e) ||
			       join_copies(t, article, next, e)
		       ? -1
		       : 0;
}

int copy_drop(struct transaction *t, int64_t article, struct err *e)
{
	sqlite3_bind_int64(transaction_sql(t, W_DROP_SOURCES), 1, article);
	return unsign(t, article, e) || sql_do(transaction_sql(t, W_DROP_SOURCES), e) ||
			       pass_on(t, article, e)
		       ? -1
		       : 0;
}

int copy_lead(struct transaction *t, int64_t article, int64_t former, struct err *e)
{
	return unsign(t, former, e) || join_copies(t, former, article, e) ||
			       set_copy_of(t, former, article, e) || mark(t, former, true, e)
		       ? -1
		       : 0;
}

/* It comes before the one that it is a copy of, in which case it is none. 0, or -1 with *e. */
static int settle(struct transaction *t, int64_t article, int64_t *copy_of, struct err *e)
{
	int64_t first = *copy_of;
	if (!copy_leads(article, first))
		return set_copy_of(t, article, first, e);
	*copy_of = 0;
	return copy_lead(t, article, first, e);
}

int copy_catch_up(struct transaction *t, int64_t article, struct str text, int64_t *copy_of,
		  struct err *e)
{
	struct signature s;
	if (read_copy_of(t, article, copy_of, e) || read_signature(t, article, &s, e))
		return -1;
	if (*copy_of || s.is_given)
		return 0;
	signature_of(text, &s);
	if (copy_find(t, &s, copy_of, e))
		return -1;
	if (*copy_of && settle(t, article, copy_of, e))
		return -1;
	return *copy_of ? 0 : signature_save(t, article, &s, e);
}

/* --- sources --- */

/* Does the article, or one of its sources, stand for this one already? Else there is room for it
 * (0). */
static int has_source(struct transaction *t, int64_t article, const struct article *sent,
		      struct err *e)
{
	if (!sent->outlet.n && !sent->url.n)
		return 1;
	sqlite3_stmt *st = transaction_sql(t, W_HAS_SOURCE);
	sqlite3_bind_int64(st, 1, article);
	sql_bind_str(st, 2, sent->outlet);
	sql_bind_str(st, 3, sent->url);
	sqlite3_bind_int64(st, 4, ARTICLE_SOURCES_MAX);
	int row = sql_row(st, e);
	sqlite3_reset(st);
	return row;
}

int source_save(struct transaction *t, int64_t article, const struct article *sent, struct err *e)
{
	int has = has_source(t, article, sent, e);
	if (has)
		return has < 0 ? -1 : 0;
	sqlite3_stmt *st = transaction_sql(t, W_ADD_SOURCE),
		     *touch = transaction_sql(t, W_TOUCH_ARTICLE);
	sqlite3_bind_int64(st, 1, article);
	sql_bind_str(st, 2, sent->outlet);
	sql_bind_str(st, 3, sent->url);
	sql_bind_str(st, 4, sent->title);
	sql_bind_str(st, 5, sent->published_at);
	sqlite3_bind_int64(st, 6, sent->received_ms);
	sqlite3_bind_int64(touch, 1, article);
	sqlite3_bind_int64(touch, 2, t->commit);
	return sql_do(st, e) || sql_do(touch, e) ? -1 : 0;
}
