/* Actors added, changed and merged, and issues merged, by a person. */
#include "api/edit_request.h"
#include "api/format/json_actor.h"
#include "api/format/json_statement.h"

static int read_actor(struct request *rq, struct str id, struct actor_match *out, struct err *e)
{
	struct reader *r = store_reader(rq->api->store, fresh_deadline(rq), e);
	if (!r)
		return -1;
	int rc = store_actor(r, id, rq->arena, out, e);
	reader_return(r);
	return rc;
}

static int answer_actor(struct request *rq, struct response *rs, struct str id, struct err *e)
{
	struct actor_match m;
	if (read_actor(rq, id, &m, e))
		return -1;
	struct jw j = jw_into(&rs->body);
	actor_write(&j, &m.actor);
	rs->version = m.actor.edit;
	answer_end(rs);
	return 0;
}

enum api_result post_actor(struct request *rq, struct response *rs, struct err *e)
{
	struct edit_write w = {.action = EDIT_ADD_ACTOR, .version = -1};
	if (params_none(rq, e) || actor_decode(rq->body, rq->arena, &w.actor, e) ||
	    edit_submit(rq, &w, e))
		return API_ERROR;
	struct str path = arena_printf(rq->arena, "v1/actors/%.*s", STR_ARG(w.actor.id));
	struct str location = path.p ? relative_link(rq, path, STR_EMPTY) : path;
	if (!location.p) {
		arena_full(e);
		return API_ERROR;
	}
	if (answer_actor(rq, rs, w.actor.id, e))
		return API_ERROR;
	rs->status = 201;
	response_header(rs, "Location", location);
	return finish(rs, e);
}

/* The members given replace those that are there, of the actor as it was read; somebody else's
 * change between is never overwritten. */
enum api_result patch_actor(struct request *rq, struct response *rs, struct err *e)
{
	int64_t wanted;
	struct actor_match m;
	struct edit_write w = {.action = EDIT_CHANGE_ACTOR};
	if (params_none(rq, e) || if_match_read(rq, &wanted, e) ||
	    read_actor(rq, rq->path_args[0], &m, e))
		return API_ERROR;
	w.actor = m.actor;
	w.version = wanted >= 0 ? wanted : m.actor.edit;
	if (actor_decode(rq->body, rq->arena, &w.actor, e) || edit_submit(rq, &w, e) ||
	    answer_actor(rq, rs, w.actor.id, e))
		return API_ERROR;
	return finish(rs, e);
}

/* {edit, edits, job}; 202: what is stored follows. */
static enum api_result merge(struct request *rq, struct response *rs, struct edit_write *w,
			     struct err *e)
{
	if (params_none(rq, e) || if_match_read(rq, &w->version, e) ||
	    into_decode(rq->body, rq->arena, &w->into, e) || edit_submit(rq, w, e))
		return API_ERROR;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	edit_made_members(rq, &j, w);
	jw_close_object(&j);
	buf_add_char(&rs->body, '\n');
	rs->status = 202;
	return finish(rs, e);
}

enum api_result post_actor_merge(struct request *rq, struct response *rs, struct err *e)
{
	struct edit_write w = {.action = EDIT_MERGE_ACTORS, .actor = {.id = rq->path_args[0]}};
	return merge(rq, rs, &w, e);
}

enum api_result post_issue_merge(struct request *rq, struct response *rs, struct err *e)
{
	struct edit_write w = {.action = EDIT_MERGE_ISSUES, .issue = rq->path_args[0]};
	return merge(rq, rs, &w, e);
}
