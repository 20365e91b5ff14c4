/* Articles read: one by one, by text, in lists. */
#include "db/id.h"
#include "db/packed_fields.h"
#include "db/page.h"
#include "db/sqlite/article_row.h"
#include "db/sqlite/article_search.h"

int store_article(struct reader *r, int64_t id, struct arena *a, struct article *out, struct err *e)
{
	return reader_call(r, e) || article_fetch(r, R_ARTICLE, id, a, out, e) ||
			       article_read_sources(r, a, out, e)
		       ? -1
		       : 0;
}

int store_article_of(struct reader *r, const unsigned char sha256[DIGEST_BYTES], struct arena *a,
		     struct article *out, struct err *e)
{
	sqlite3_stmt *st = r->st[R_ARTICLE_OF];
	*out = (struct article){0};
	if (reader_call(r, e))
		return -1;
	sqlite3_bind_blob(st, 1, sha256, DIGEST_BYTES, SQLITE_STATIC);
	int row = sql_row(st, e);
	if (row <= 0)
		return row;
	int result = article_read_row(st, a, out, e);
	sqlite3_reset(st);
	return result ? result : article_read_sources(r, a, out, e);
}

/* --- lists of articles --- */

/* Copies, or what is none; ?5 is copies_mask, 3 for all. */
#define FITS " AND likelihood(?5 >> (a.copy_of > 0) & 1, 1.0)"
enum { OF_ALL, OF_OUTLET, OF_SOURCE, N_OF };

/* "ids of articles", of all, of one outlet, or of those that it printed after another, in either
 * order. */
static const char *const article_ids[N_OF][2] = {
	{"SELECT a.id FROM article a NOT INDEXED WHERE a.id > ?1 AND a.id < ?2" FITS
	 " ORDER BY a.id DESC LIMIT ?3",
	 "SELECT a.id FROM article a NOT INDEXED WHERE a.id > ?1 AND a.id < ?2" FITS
	 " ORDER BY a.id ASC LIMIT ?3"},
	{"SELECT a.id FROM article a INDEXED BY article_outlet WHERE a.outlet = ?4 AND a.id >> 31 "
	 ">= ?1 >> 31"
	 " AND a.id >> 31 <= ?2 >> 31 AND a.id > ?1 AND a.id < ?2" FITS
	 " ORDER BY a.id >> 31 DESC, a.id DESC LIMIT ?3",
	 "SELECT a.id FROM article a INDEXED BY article_outlet WHERE a.outlet = ?4 AND a.id >> 31 "
	 ">= ?1 >> 31"
	 " AND a.id >> 31 <= ?2 >> 31 AND a.id > ?1 AND a.id < ?2" FITS
	 " ORDER BY a.id >> 31 ASC, a.id ASC LIMIT ?3"},
	{"SELECT DISTINCT x.article FROM article_source x INDEXED BY article_source_outlet CROSS "
	 "JOIN article a"
	 " ON a.id = x.article WHERE x.outlet = ?4 AND x.article > ?1 AND x.article < ?2" FITS
	 " ORDER BY x.article DESC LIMIT ?3",
	 "SELECT DISTINCT x.article FROM article_source x INDEXED BY article_source_outlet CROSS "
	 "JOIN article a"
	 " ON a.id = x.article WHERE x.outlet = ?4 AND x.article > ?1 AND x.article < ?2" FITS
	 " ORDER BY x.article ASC LIMIT ?3"},
};

static int collect_of(struct reader *r, const struct article_query *q, int of, struct str outlet,
		      struct page *p, struct err *e)
{
	int64_t above, below;
	uint32_t copies = copies_mask(q->copies);
	id_bounds(q->published_after, q->published_before, q->oldest_first, q->after, &above,
		  &below);
	page_narrow(p, &above, &below);
	sqlite3_stmt *st = reader_prepare(r, str_of(article_ids[of][q->oldest_first]), e);
	if (!st)
		return -1;
	sqlite3_bind_int64(st, 1, above);
	sqlite3_bind_int64(st, 2, below);
	sqlite3_bind_int64(st, 3, (int64_t)p->most);
	sql_bind_str(st, 4, outlet);
	sqlite3_bind_int64(st, 5, copies ? copies : 3);
	int row;
	while ((row = sql_row(st, e)) > 0)
		page_add(p, sqlite3_column_int64(st, 0));
	return row;
}

static int collect_articles(struct reader *r, const struct article_query *q, struct page *p,
			    struct err *e)
{
	if (!q->outlets.n)
		return collect_of(r, q, OF_ALL, STR_EMPTY, p, e);
	for (size_t i = 0; i < q->outlets.n; i++)
		if (collect_of(r, q, OF_OUTLET, q->outlets.v[i], p, e) ||
		    collect_of(r, q, OF_SOURCE, q->outlets.v[i], p, e))
			return -1;
	return 0;
}

enum { PAGE_MAX = 10000 };

int store_articles(struct reader *r, const struct article_query *q, struct arena *a,
		   struct article_list *out, int64_t *next, struct err *e)
{
	struct page page;
	int limit = q->limit < 1 ? 1 : q->limit > PAGE_MAX ? PAGE_MAX : q->limit;
	*out = (struct article_list){0};
	if (article_query_searches(q)) {
		struct article_query page_of = *q;
		page_of.limit = limit;
		return reader_call(r, e) ? -1 : article_search(r, &page_of, a, out, next, e);
	}
	if (reader_call(r, e) || page_init(&page, a, limit, q->oldest_first, e) ||
	    collect_articles(r, q, &page, e))
		return -1;
	size_t n = page_end(&page, next);
	out->v = arena_array(a, n, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	for (; out->n < n; out->n++)
		if (article_fetch(r, R_ARTICLE_ROW, page.ids[out->n], a, &out->v[out->n], e) ||
		    article_read_sources(r, a, &out->v[out->n], e))
			return -1;
	return 0;
}
