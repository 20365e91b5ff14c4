/* GET /v1/outlets: who printed the articles that are stored. */
#include "db/outlet.h"

#include "api/query/cursor.h"
#include "api/query/parameters.h"
#include "api/resource.h"

static int write_outlet(struct jw *j, const struct outlet *o, struct arena *a, struct err *e)
{
	struct str first = day_format(a, o->first), last = day_format(a, o->last);
	if (!first.p || !last.p)
		return arena_full(e);
	jw_open_object(j);
	JW_MEMBER(j, "outlet", o->name);
	JW_MEMBER(j, "article_count", o->articles);
	JW_MEMBER(j, "statement_count", o->statements);
	JW_MEMBER(j, "first", first);
	JW_MEMBER(j, "last", last);
	jw_close_object(j);
	return 0;
}

static int answer(struct request *rq, struct response *rs, const struct question *q,
		  struct reader *r, struct err *e)
{
	struct outlets list;
	struct str next;
	uint64_t hash = question_hash(q);
	struct outlet_query oq = {.after = STR_EMPTY, .limit = q->limit};
	if (q->cursor.n && cursor_decode(q->cursor, hash, rq->arena, &oq.after, e))
		return -1;
	if (store_outlets(r, &oq, rq->arena, &list, &next, e))
		return -1;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "outlets");
	jw_open_array(&j);
	for (size_t i = 0; i < list.n; i++)
		if (write_outlet(&j, &list.v[i], rq->arena, e))
			return -1;
	jw_close_array(&j);
	struct str cursor = next.n ? cursor_encode(rq->arena, next, hash) : STR_EMPTY;
	return cursor.p ? page_finish(rq, rs, q, &j, cursor, e) : arena_full(e);
}

enum api_result get_outlets(struct request *rq, struct response *rs, struct err *e)
{
	struct question q;
	question_init(&q, &params_outlets, NULL, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &q, r, e);
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
