/* Reading articles and statements: pages by keyset, over one range or merged from many. */
#include <string.h>

#include "db/packed_fields.h"
#include "db/record.h"
#include "db/sqlite/plan.h"

/* --- articles
 * -------------------------------------------------------------------------------------------------
 */

static int read_article(sqlite3_stmt *st, struct arena *a, struct article *out, struct err *e)
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
	struct str hash = sql_column(st, ARTICLE_COLUMN_COUNT);
	if (hash.n != sizeof out->sha256)
		return err_set(e, ERR_DB, NULL, "article %lld is damaged", (long long)out->id);
	memcpy(out->sha256, hash.p, hash.n);
	return 0;
}

/* By its id; 0, or -1 with *e. */
static int fetch_article(struct reader *r, enum reader_sql which, int64_t id, struct arena *a,
			 struct article *out, struct err *e)
{
	sqlite3_stmt *st = r->st[which];
	sqlite3_bind_int64(st, 1, id);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_NOT_FOUND, NULL, "there is no article %lld",
					 (long long)id);
	int result = read_article(st, a, out, e);
	if (result == 0 && which == R_ARTICLE) {
		out->text = sql_copy(st, ARTICLE_COLUMN_COUNT + 1, a);
		result = out->text.p ? 0 : arena_full(e);
	}
	sqlite3_reset(st);
	return result;
}

int store_article(struct reader *r, int64_t id, struct arena *a, struct article *out, struct err *e)
{
	return reader_call(r, e) ? -1 : fetch_article(r, R_ARTICLE, id, a, out, e);
}

int store_article_of(struct reader *r, struct str text, struct arena *a, struct article *out,
		     struct err *e)
{
	unsigned char sha256[sizeof out->sha256];
	sqlite3_stmt *st = r->st[R_ARTICLE_OF];
	*out = (struct article){0};
	if (reader_call(r, e))
		return -1;
	digest_text(text, sha256);
	sqlite3_bind_blob(st, 1, sha256, sizeof sha256, SQLITE_STATIC);
	int row = sql_row(st, e);
	if (row <= 0)
		return row;
	int result = read_article(st, a, out, e);
	sqlite3_reset(st);
	return result;
}

/* --- merging ranges
 * ------------------------------------------------------------------------------------------------

 */

/* The best limit + 1 ids of several ranges, each once, in the order of the page. */
struct best {
	int64_t *v;
	size_t n, most;
	bool oldest_first;
};

static int best_init(struct best *b, struct arena *a, int limit, bool oldest_first, struct err *e)
{
	*b = (struct best){.most = (size_t)limit + 1, .oldest_first = oldest_first};
	b->v = arena_array(a, b->most + 1, sizeof *b->v);
	return b->v ? 0 : arena_full(e);
}

static void best_add(struct best *b, int64_t id)
{
	size_t from = 0, to = b->n;
	while (from < to) {
		size_t mid = (from + to) / 2;
		bool before = b->oldest_first ? b->v[mid] < id : b->v[mid] > id;
		if (before)
			from = mid + 1;
		else
			to = mid;
	}
	if (from == b->most || (from < b->n && b->v[from] == id))
		return;
	memmove(b->v + from + 1, b->v + from, (b->n - from) * sizeof *b->v);
	b->v[from] = id;
	b->n += b->n < b->most;
}

/* What lies beyond the worst of a full list need not be read. */
static void best_narrow(const struct best *b, int64_t *above, int64_t *below)
{
	if (b->n < b->most)
		return;
	int64_t worst = b->v[b->n - 1];
	if (b->oldest_first && worst < *below)
		*below = worst;
	if (!b->oldest_first && worst > *above)
		*above = worst;
}

static int best_take(struct best *b, sqlite3_stmt *st, struct err *e)
{
	int row;
	while ((row = sql_row(st, e)) > 0)
		best_add(b, sqlite3_column_int64(st, 0));
	return row;
}

/* The ids to show, and the `after` of the next page. */
static size_t best_page(const struct best *b, int64_t *next)
{
	size_t n = b->n < b->most ? b->n : b->most - 1;
	*next = b->n == b->most ? b->v[n - 1] : 0;
	return n;
}

/* --- lists of articles
 * --------------------------------------------------------------------------------------------- */

/* "ids of articles", of one outlet or of all, in either order. */
static const char *const article_ids[2][2] = {
	{"SELECT a.id FROM article a NOT INDEXED WHERE a.id > ?1 AND a.id < ?2 ORDER BY a.id DESC "
	 "LIMIT ?3",
	 "SELECT a.id FROM article a NOT INDEXED WHERE a.id > ?1 AND a.id < ?2 ORDER BY a.id ASC "
	 "LIMIT ?3"},
	{"SELECT a.id FROM article a INDEXED BY article_outlet WHERE a.outlet = ?4 AND a.id >> 31 "
	 ">= ?1 >> 31"
	 " AND a.id >> 31 <= ?2 >> 31 AND a.id > ?1 AND a.id < ?2 ORDER BY a.id >> 31 DESC, a.id "
	 "DESC LIMIT ?3",
	 "SELECT a.id FROM article a INDEXED BY article_outlet WHERE a.outlet = ?4 AND a.id >> 31 "
	 ">= ?1 >> 31"
	 " AND a.id >> 31 <= ?2 >> 31 AND a.id > ?1 AND a.id < ?2 ORDER BY a.id >> 31 ASC, a.id "
	 "ASC LIMIT ?3"},
};

static int collect_articles(struct reader *r, const struct article_query *q, struct best *b,
			    struct err *e)
{
	int64_t above, below;
	ask_bounds(q->published_after, q->published_before, q->oldest_first, q->after, &above,
		   &below);
	for (size_t i = 0; i < (q->outlets.n ? q->outlets.n : 1); i++) {
		best_narrow(b, &above, &below);
		sqlite3_stmt *st =
			reader_shape(r, str_of(article_ids[q->outlets.n > 0][q->oldest_first]), e);
		if (!st)
			return -1;
		sqlite3_bind_int64(st, 1, above);
		sqlite3_bind_int64(st, 2, below);
		sqlite3_bind_int64(st, 3, (int64_t)b->most);
		if (q->outlets.n)
			sql_bind_str(st, 4, q->outlets.v[i]);
		if (best_take(b, st, e))
			return -1;
	}
	return 0;
}

enum { PAGE_MAX = 10000 };

int store_articles(struct reader *r, const struct article_query *q, struct arena *a,
		   struct article_list *out, int64_t *next, struct err *e)
{
	struct best b;
	int limit = q->limit < 1 ? 1 : q->limit > PAGE_MAX ? PAGE_MAX : q->limit;
	*out = (struct article_list){0};
	if (reader_call(r, e) || best_init(&b, a, limit, q->oldest_first, e) ||
	    collect_articles(r, q, &b, e))
		return -1;
	size_t n = best_page(&b, next);
	out->v = arena_array(a, n, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	for (; out->n < n; out->n++)
		if (fetch_article(r, R_ARTICLE_ROW, b.v[out->n], a, &out->v[out->n], e))
			return -1;
	return 0;
}

/* --- statements
 * -------------------------------------------------------------------------------------------------
 */

static int read_actor(struct reader *r, int64_t key, struct arena *a, const struct actor **out,
		      struct err *e)
{
	*out = key ? reader_actor(r, key, a, e) : NULL;
	return key && !*out ? -1 : 0;
}

static int read_names(struct reader *r, sqlite3_stmt *st, int64_t reported_by,
		      const int64_t *issues, struct arena *a, struct statement *s, struct err *e)
{
	struct issue_hit *hits =
		(struct issue_hit *)s->issues; /* from detail_read, ours to finish */
	if (read_actor(r, sqlite3_column_int64(st, 2), a, &s->speaker, e) ||
	    read_actor(r, sqlite3_column_int64(st, 3), a, &s->stance.target, e) ||
	    read_actor(r, sqlite3_column_int64(st, 4), a, &s->addressee, e) ||
	    read_actor(r, reported_by, a, &s->reported_by, e))
		return -1;
	for (size_t i = 0; i < s->n_issues; i++) {
		hits[i].issue = reader_issue(r, issues[i], a, e);
		if (!hits[i].issue)
			return -1;
	}
	return 0;
}

/* A row of STATEMENT_COLUMNS. `before` is the statement above it on the page, or NULL: often of the
 * same article. */
static int read_statement(struct reader *r, sqlite3_stmt *st, const struct statement *before,
			  struct arena *a, struct statement *s, struct err *e)
{
	*s = (struct statement){.id = sqlite3_column_int64(st, 0),
				.article_id = sqlite3_column_int64(st, 1)};
	traits_unpack(sqlite3_column_int64(st, 5), s);
	int64_t reported_by;
	const int64_t *issues;
	s->content = sql_copy(st, 6, a);
	struct str detail = sql_copy(st, 7, a);
	if (!s->content.p || !detail.p)
		return arena_full(e);
	if (detail_read(detail, a, s, &reported_by, &issues, e) ||
	    read_names(r, st, reported_by, issues, a, s, e))
		return -1;
	struct str *const views[] = {&s->article_title, &s->article_url, &s->outlet,
				     &s->published_at};
	if (before && before->article_id == s->article_id) {
		s->article_title = before->article_title;
		s->article_url = before->article_url;
		s->outlet = before->outlet;
		s->published_at = before->published_at;
		return 0;
	}
	for (int i = 0; i < 4; i++) {
		*views[i] = sql_copy(st, 8 + i, a);
		if (!views[i]->p)
			return arena_full(e);
	}
	return 0;
}

int store_statement(struct reader *r, int64_t id, struct arena *a, struct statement *out,
		    struct err *e)
{
	if (reader_call(r, e))
		return -1;
	sqlite3_stmt *st = r->st[R_STATEMENT];
	sqlite3_bind_int64(st, 1, id);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_NOT_FOUND, NULL, "there is no statement %lld",
					 (long long)id);
	int result = read_statement(r, st, NULL, a, out, e);
	sqlite3_reset(st);
	return result;
}

/* The usual case: all from one range, in one pass. */
static int read_one_range(struct reader *r, struct ask *k, struct arena *a,
			  struct statement_list *out, int64_t *next, struct err *e)
{
	sqlite3_stmt *st = ask_open(r, k, &k->ranges[0], ASK_STATEMENTS, e);
	size_t cap = 0, first = k->limit < 64 ? (size_t)k->limit
					      : 64; /* a page's room at once, not by doubling */
	if (!st)
		return -1;
	int row;
	int64_t place = 0;
	while ((row = sql_row(st, e)) > 0 && out->n < (size_t)k->limit) {
		if (out->n == cap &&
		    arena_grow(a, (void **)&out->v, &cap, out->n + first, sizeof *out->v)) {
			row = arena_full(e);
			break;
		}
		const struct statement *before = out->n ? &out->v[out->n - 1] : NULL;
		if (read_statement(r, st, before, a, &out->v[out->n], e)) {
			row = -1;
			break;
		}
		place = place_key(sqlite3_column_int64(st, STATEMENT_PLACE), out->v[out->n++].id);
	}
	sqlite3_reset(st);
	*next = row > 0 ? (k->q->article ? place : out->v[out->n - 1].id) : 0;
	return row < 0 ? -1 : 0;
}

static int read_by_ids(struct reader *r, const int64_t *ids, size_t n, struct arena *a,
		       struct statement_list *out, struct err *e)
{
	out->v = arena_array(a, n, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	sqlite3_stmt *st = r->st[R_STATEMENT];
	for (; out->n < n; out->n++) {
		sqlite3_bind_int64(st, 1, ids[out->n]);
		int row = sql_row(st, e);
		if (row <= 0)
			return row < 0 ? -1
				       : err_set(e, ERR_DB, NULL, "statement %lld is missing",
						 (long long)ids[out->n]);
		int result = read_statement(r, st, out->n ? &out->v[out->n - 1] : NULL, a,
					    &out->v[out->n], e);
		sqlite3_reset(st);
		if (result)
			return -1;
	}
	return 0;
}

static int read_many_ranges(struct reader *r, struct ask *k, struct arena *a,
			    struct statement_list *out, int64_t *next, struct err *e)
{
	struct best b;
	if (best_init(&b, a, k->limit, k->q->oldest_first, e))
		return -1;
	for (size_t i = 0; i < k->n_ranges; i++) {
		best_narrow(&b, &k->above, &k->below);
		sqlite3_stmt *st = ask_open(r, k, &k->ranges[i], ASK_IDS, e);
		if (!st || best_take(&b, st, e))
			return -1;
	}
	size_t n = best_page(&b, next);
	return read_by_ids(r, b.v, n, a, out, e);
}

int store_statements(struct reader *r, const struct statement_query *q, struct arena *a,
		     struct statement_list *out, int64_t *next, struct err *e)
{
	struct ask k;
	*out = (struct statement_list){0};
	*next = 0;
	if (reader_call(r, e) || ask_plan(r, q, a, &k, e))
		return -1;
	if (k.is_empty || !k.n_ranges)
		return 0;
	return k.n_ranges == 1 ? read_one_range(r, &k, a, out, next, e)
			       : read_many_ranges(r, &k, a, out, next, e);
}
