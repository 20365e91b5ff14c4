/* Actors: a list in the order of their ids, one by id. */
#include "api/format/csv_record.h"
#include "api/format/json_statement.h"
#include "api/name_list.h"

enum api_result get_actors(struct request *rq, struct response *rs, struct err *e)
{
	struct name_list names;
	struct actor_matches list;
	struct str next = STR_EMPTY;
	if (name_list_begin(&names, rq, &params_actors, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = store_actors(r, &names.query, rq->arena, &list, &next, e);
	if (rc == 0) {
		struct jw j = jw_into(&rs->body);
		jw_open_object(&j);
		JW_NAME(&j, "actors");
		jw_open_array(&j);
		for (size_t i = 0; i < list.n; i++)
			actor_write(&j, &list.v[i].actor);
		rc = name_list_end(&names, rq, rs, &j, next, e);
	}
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

static int actor_rows(void *state, struct reader *r, const struct rows_wanted *w,
		      struct rows_given *g, struct err *e)
{
	struct name_rows *names = state;
	struct name_query *q = &names->query;
	struct actor_matches list;
	struct str next = STR_EMPTY;
	q->limit = w->most;
	if (store_actors(r, q, w->arena, &list, &next, e))
		return -1;
	for (; g->n < list.n; g->n++) {
		if (w->as_csv) {
			csv_actor(g->out, &list.v[g->n].actor);
			continue;
		}
		struct jw j = jw_into(g->out);
		actor_write(&j, &list.v[g->n].actor);
		buf_add_char(g->out, '\n');
	}
	g->is_last = next.n == 0;
	return name_rows_go_on(names, next, e);
}

enum api_result get_actors_file(struct request *rq, struct response *rs, struct err *e)
{
	bool as_csv = path_representation(rq) == AS_CSV;
	const struct export_list list = {.csv_head = CSV_ACTOR_HEAD, .rows = actor_rows};
	return name_file(rq, rs, as_csv ? &params_actors_csv : &params_actors_ndjson, "actors",
			 list, e);
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
		rs->version = m.actor.edit;
		answer_end(rs);
	}
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
