/* Actors: a list in the order of their ids, one by id. */
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
