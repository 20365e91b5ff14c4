/* Two ways to a page: its ids, and each statement as it is kept; or all of their rows in one walk,
 * which is the faster one where most of them are not. */
#include "api/statement_list.h"

#include "api/format/json_statement.h"
#include "api/statement_cache.h"

enum {
	ABOUT_BYTES = 1200, /* of one statement: room at once, not by doubling */
	PROBES = 4,
};

static bool keeps(const struct request *rq, const struct statement_query *q, uint32_t members)
{
	return rq->api->statements && !rq->wants_fresh && members == 0 && !q->article;
}

/* Are most of them there, by the look of a few? */
static bool are_kept(struct statement_cache *c, struct keys ids)
{
	int there = 0;
	for (size_t i = 0; i < PROBES && ids.n; i++)
		there += statement_cache_has(c, ids.v[i * (ids.n - 1) / (PROBES - 1)]);
	return there > PROBES / 2;
}

static void write_and_keep(struct statement_cache *c, const struct reader *r, struct jw *j,
			   const struct statement *s)
{
	jw_before_value(j);
	size_t start = j->out->n;
	statement_encode(j->out, s);
	if (!j->out->failed)
		statement_cache_put(c, r, s->id, str_sub(buf_str(j->out), start, j->out->n));
}

static int write_by_ids(struct statement_cache *c, struct reader *r, struct keys ids, struct jw *j,
			struct arena *a, struct err *e)
{
	for (size_t i = 0; i < ids.n; i++) {
		struct statement s;
		struct jw before = *j;
		size_t start = j->out->n;
		jw_before_value(j);
		if (statement_cache_write(c, r, ids.v[i], j->out))
			continue;
		*j = before;
		j->out->n = start;
		if (store_statement(r, ids.v[i], a, &s, e))
			return -1;
		write_and_keep(c, r, j, &s);
	}
	return 0;
}

static int write_kept(const struct request *rq, struct reader *r, const struct statement_query *q,
		      struct jw *j, size_t *n, int64_t *next, struct err *e)
{
	struct statement_cache *c = rq->api->statements;
	struct statement_list list = {0};
	struct keys ids;
	if (store_statement_ids(r, q, rq->arena, &ids, next, e))
		return -1;
	*n = ids.n;
	(void)buf_reserve(j->out, ids.n * ABOUT_BYTES);
	bool by_ids = are_kept(c, ids);
	if (ids.n && !by_ids && store_statements(r, q, rq->arena, &list, next, e))
		return -1;
	JW_NAME(j, "statements");
	jw_open_array(j);
	if (by_ids && write_by_ids(c, r, ids, j, rq->arena, e))
		return -1;
	for (size_t i = 0; i < list.n; i++)
		write_and_keep(c, r, j, &list.v[i]);
	jw_close_array(j);
	return 0;
}

int statement_list_write(const struct request *rq, struct reader *r,
			 const struct statement_query *q, uint32_t members, struct jw *j, size_t *n,
			 int64_t *next, struct err *e)
{
	struct statement_list list = {0};
	*next = 0;
	*n = 0;
	if (!q->is_void && keeps(rq, q, members))
		return write_kept(rq, r, q, j, n, next, e);
	if (!q->is_void && store_statements(r, q, rq->arena, &list, next, e))
		return -1;
	(void)buf_reserve(j->out, list.n * ABOUT_BYTES);
	statements_member(j, list.v, list.n, members);
	*n = list.n;
	return 0;
}
