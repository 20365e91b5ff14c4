/* Actors and issues: lists in the order of their ids, one by id. */
#include "api/format/json_statement.h"
#include "api/query/cursor.h"
#include "api/query/parameters.h"
#include "api/resource.h"

static int begin(struct request *rq, const struct param_table *table, struct question *q,
		 struct name_query *nq, struct err *e)
{
	*nq = (struct name_query){.kind = -1};
	question_init(q, table, nq, rq->arena);
	if (question_read(q, rq->params, rq->n_params, e))
		return -1;
	if (q->cursor.n && cursor_decode(q->cursor, question_hash(q), rq->arena, &nq->after, e))
		return -1;
	nq->limit = q->limit;
	return 0;
}

static int end(struct request *rq, struct response *rs, const struct question *q, struct jw *j,
	       struct str next, struct err *e)
{
	struct str cursor = next.n ? cursor_encode(rq->arena, next, question_hash(q)) : STR_EMPTY;
	jw_close_array(j);
	return cursor.p ? page_finish(rq, rs, q, j, cursor, e) : arena_full(e);
}

enum api_result get_actors(struct request *rq, struct response *rs, struct err *e)
{
	struct question q;
	struct name_query nq;
	struct actor_matches list;
	struct str next = STR_EMPTY;
	if (begin(rq, &params_actors, &q, &nq, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = store_actors(r, &nq, rq->arena, &list, &next, e);
	if (rc == 0) {
		struct jw j = jw_into(&rs->body);
		jw_open_object(&j);
		JW_NAME(&j, "actors");
		jw_open_array(&j);
		for (size_t i = 0; i < list.n; i++)
			actor_write(&j, &list.v[i].actor);
		rc = end(rq, rs, &q, &j, next, e);
	}
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

enum api_result get_issues(struct request *rq, struct response *rs, struct err *e)
{
	struct question q;
	struct name_query nq;
	struct issue_matches list;
	struct str next = STR_EMPTY;
	if (begin(rq, &params_issues, &q, &nq, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = store_issues(r, &nq, rq->arena, &list, &next, e);
	if (rc == 0) {
		struct jw j = jw_into(&rs->body);
		jw_open_object(&j);
		JW_NAME(&j, "issues");
		jw_open_array(&j);
		for (size_t i = 0; i < list.n; i++)
			issue_write(&j, &list.v[i].issue);
		rc = end(rq, rs, &q, &j, next, e);
	}
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

enum api_result get_actor(struct request *rq, struct response *rs, struct err *e)
{
	struct actor_match m;
	if (params_none(rq, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = store_actor(r, rq->path_args[0], rq->arena, &m, e);
	if (rc == 0) {
		struct jw j = jw_into(&rs->body);
		actor_write(&j, &m.actor);
		answer_end(rs);
	}
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

enum api_result get_issue(struct request *rq, struct response *rs, struct err *e)
{
	struct issue_match m;
	if (params_none(rq, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = store_issue(r, rq->path_args[0], rq->arena, &m, e);
	if (rc == 0) {
		struct jw j = jw_into(&rs->body);
		issue_write(&j, &m.issue);
		answer_end(rs);
	}
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
