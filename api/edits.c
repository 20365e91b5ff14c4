/* The trail of what persons changed: read, exported, taken back. */
#include "api/edit_request.h"
#include "api/format/json_edit.h"
#include "api/query/cursor.h"
#include "api/query/parameters.h"
#include "base/clock.h"

static int write_page(struct request *rq, struct response *rs, struct reader *r,
		      const struct question *q, struct edit_query *eq, struct err *e)
{
	struct edit_list list;
	int64_t next;
	eq->limit = q->limit;
	if (store_edits(r, eq, rq->arena, &list, &next, e))
		return -1;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "edits");
	jw_open_array(&j);
	for (size_t i = 0; i < list.n; i++)
		edit_write_json(&j, &list.v[i]);
	jw_close_array(&j);
	struct str cursor = next ? cursor_encode_id(rq->arena, next, question_hash(q)) : STR_EMPTY;
	return cursor.p ? page_finish(rq, rs, q, &j, cursor, e) : arena_full(e);
}

/* --- all of them, a line each --- */

enum { EDITS_A_PIECE = 100, PIECE_ARENA_MAX = 64 * 1024 * 1024 };

struct trail {
	struct store *store;
	struct budget *budget;
	int64_t reading_ns;
	struct edit_query q;
	bool is_over;
};

static int more(void *state, struct buf *out, struct err *e)
{
	struct trail *t = state;
	struct arena a;
	struct edit_list list = {0};
	if (t->is_over)
		return 0;
	struct reader *r = store_reader(t->store, now_monotonic_ns() + t->reading_ns, e);
	if (!r)
		return -1;
	arena_init(&a, PIECE_ARENA_MAX);
	a.budget = t->budget;
	int rc = store_edits(r, &t->q, &a, &list, &t->q.after, e);
	reader_return(r);
	for (size_t i = 0; i < list.n && rc == 0; i++) {
		edit_encode(out, &list.v[i]);
		buf_add_char(out, '\n');
	}
	arena_release(&a);
	t->is_over = t->q.after == 0;
	return rc ? -1 : !t->is_over;
}

static int start_trail(struct request *rq, struct response *rs, const struct edit_query *q,
		       struct err *e)
{
	struct trail *t = arena_alloc(rq->arena, sizeof *t);
	if (!t)
		return arena_full(e);
	*t = (struct trail){.store = rq->api->store,
			    .budget = rq->arena->budget,
			    .reading_ns = (int64_t)rq->api->deadline_ms * 1000000,
			    .q = *q};
	t->q.limit = EDITS_A_PIECE;
	rs->content_type = "application/x-ndjson";
	rs->stream = (struct body_stream){.more = more, .state = t};
	return 0;
}

enum api_result get_edits(struct request *rq, struct response *rs, struct err *e)
{
	struct edit_query eq = {.actor = STR_EMPTY, .issue = STR_EMPTY, .who = STR_EMPTY};
	struct question q;
	enum representation as = choose_representation(rq, rs, e);
	question_init(&q, &params_edits, &eq, rq->arena);
	if (as == AS_NONE || question_read(&q, rq->params, rq->n_params, e) ||
	    (q.cursor.n && cursor_decode_id(q.cursor, question_hash(&q), rq->arena, &eq.after, e)))
		return API_ERROR;
	if (as == AS_CSV) {
		err_set(e, ERR_NOT_ACCEPTABLE, NULL,
			"edits come as application/json and application/x-ndjson");
		return API_ERROR;
	}
	if (as == AS_NDJSON)
		return start_trail(rq, rs, &eq, e) ? API_ERROR : API_DONE;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = write_page(rq, rs, r, &q, &eq, e);
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}

/* --- taken back --- */

enum api_result post_edit_undo(struct request *rq, struct response *rs, struct err *e)
{
	struct edit_write w = {.action = EDIT_UNDO};
	struct undo_filter filter = {0};
	struct question q;
	question_init(&q, &params_undo, &filter, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e) || path_id(rq, "edit", &w.undoes, e))
		return API_ERROR;
	w.together = filter.together;
	if (edit_submit(rq, &w, e))
		return API_ERROR;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	edit_made_members(rq, &j, &w);
	jw_close_object(&j);
	buf_add_char(&rs->body, '\n');
	return finish(rs, e);
}
