/* A page by its ids, and each statement as it is kept or, where it is not, from its row: what finds
 * them may be dear, and is asked once. Where nothing is kept, all of their rows in one walk. */
#include "api/statement_list.h"

#include "api/format/json_statement.h"
#include "api/statement_cache.h"

enum { ABOUT_BYTES = 1536 }; /* of one statement, and some: room at once, not by doubling */

struct writing {
	struct statement_cache *c; /* NULL: nothing is kept */
	struct reader *r;
	struct jw *j;
	struct digest *digest;
	bool only_at_hand; /* no statement's row is read */
};

/* Hashed one by one, whether it is kept or not: the tag of a page is the same either way. */
static void write_one(const struct writing *w, const struct statement *s)
{
	struct buf *out = w->j->out;
	jw_before_value(w->j);
	size_t start = out->n;
	statement_encode(out, s);
	if (out->failed)
		return;
	struct str text = str_sub(buf_str(out), start, out->n);
	uint64_t hash = hash_bytes(text, 0);
	digest_add(w->digest, buf_str(out), start, hash);
	if (w->c)
		statement_cache_put(w->c, w->r, s->id, text, hash);
}

/* False where it is not kept. */
static bool write_from_cache(const struct writing *w, int64_t id)
{
	struct jw before = *w->j;
	struct buf *out = w->j->out;
	size_t end = out->n;
	uint64_t hash;
	jw_before_value(w->j);
	size_t start = out->n;
	if (!statement_cache_write(w->c, w->r, id, out, &hash)) {
		*w->j = before;
		out->n = end;
		return false;
	}
	if (!out->failed)
		digest_add(w->digest, buf_str(out), start, hash);
	return true;
}

static int not_at_hand(struct err *e)
{
	return err_set(e, ERR_BUSY, NULL, "not all of the answer is at hand");
}

static int write_by_ids(const struct writing *w, struct keys ids, struct arena *a, struct err *e)
{
	statement_cache_expect(w->c, ids);
	for (size_t i = 0; i < ids.n; i++) {
		struct statement s;
		if (write_from_cache(w, ids.v[i]))
			continue;
		if (w->only_at_hand)
			return not_at_hand(e);
		if (store_statement(w->r, ids.v[i], a, &s, e))
			return -1;
		write_one(w, &s);
	}
	return 0;
}

static void open_list(const struct writing *w, size_t n)
{
	(void)buf_reserve(w->j->out, n * ABOUT_BYTES);
	JW_NAME(w->j, "statements");
	jw_open_array(w->j);
}

static int write_page(const struct writing *w, const struct statement_query *q, struct arena *a,
		      size_t *n, int64_t *next, struct err *e)
{
	struct keys ids;
	if (store_statement_ids(w->r, q, a, &ids, next, e))
		return -1;
	*n = ids.n;
	open_list(w, ids.n);
	return write_by_ids(w, ids, a, e);
}

static int write_rows(const struct writing *w, const struct statement_query *q, struct arena *a,
		      size_t *n, int64_t *next, struct err *e)
{
	struct statement_list list;
	if (store_statements(w->r, q, a, &list, next, e))
		return -1;
	*n = list.n;
	open_list(w, list.n);
	for (size_t i = 0; i < list.n; i++)
		write_one(w, &list.v[i]);
	return 0;
}

static int write_list(const struct writing *w, const struct statement_query *q, struct arena *a,
		      size_t *n, int64_t *next, struct err *e)
{
	if (w->c ? write_page(w, q, a, n, next, e) : write_rows(w, q, a, n, next, e))
		return -1;
	jw_close_array(w->j);
	return 0;
}

int statement_list_write(struct request *rq, struct response *rs, struct reader *r,
			 const struct statement_query *q, uint32_t members, struct jw *j, size_t *n,
			 int64_t *next, struct err *e)
{
	struct statement_list list = {0};
	struct writing w = {rq->wants_fresh ? NULL : rq->api->statements, r, j, &rs->digest,
			    rq->only_at_hand};
	bool is_whole = !q->is_void && !members && !q->article;
	*next = 0;
	*n = 0;
	if (rq->only_at_hand && !(is_whole && w.c))
		return not_at_hand(e);
	if (is_whole)
		return write_list(&w, q, rq->arena, n, next, e);
	if (!q->is_void && store_statements(r, q, rq->arena, &list, next, e))
		return -1;
	(void)buf_reserve(j->out, list.n * ABOUT_BYTES);
	statements_member(j, list.v, list.n, members);
	*n = list.n;
	return 0;
}
