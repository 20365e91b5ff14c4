/* Statements changed by a person: one by its id, and one added to an article. */
#include "api/edit_request.h"
#include "api/format/json_statement.h"
#include "api/format/json_statement_edit.h"

/* A race with the engine or another person, where the client names no version. */
enum { TRIES = 4 };

static enum edit_action action_of(const struct statement *after)
{
	return after->status == STATUS_REJECTED	   ? EDIT_REJECT
	       : after->status == STATUS_CONFIRMED ? EDIT_CONFIRM
						   : EDIT_CHANGE;
}

/* What is given without a status is an edit; a confirmation with it is one, too. */
static int settle_status(struct statement *s, bool changes, struct err *e)
{
	if (changes && s->status != STATUS_REJECTED)
		s->status = STATUS_EDITED;
	if (s->status == STATUS_MACHINE)
		return err_set(e, ERR_VALUE, "status",
			       "nothing is said of the statement: give a \"status\" (confirmed, "
			       "rejected) or what is to be changed; what was said is taken back by "
			       "POST /v1/edits/{id}/undo");
	return 0;
}

/* Reads the statement, and what it becomes. */
static int read_change(struct request *rq, int64_t id, struct statement *before,
		       struct edit_item *item, struct err *e)
{
	struct article article;
	bool changes;
	struct reader *r = store_reader(rq->api->store, fresh_deadline(rq), e);
	if (!r)
		return -1;
	struct edit_source from = {r, &article, rq->arena};
	int rc = store_statement(r, id, rq->arena, before, e) ||
				 store_article(r, before->article_id, rq->arena, &article, e)
			 ? -1
			 : 0;
	if (rc == 0) {
		*item = (struct edit_item){.before = before, .after = *before};
		rc = statement_edit_decode(rq->body, &from, &item->after, &changes, e) ||
				     settle_status(&item->after, changes, e)
			     ? -1
			     : 0;
	}
	reader_return(r);
	return rc;
}

static int answer_statement(struct request *rq, struct response *rs, int64_t id, struct err *e)
{
	struct statement s;
	struct reader *r = store_reader(rq->api->store, fresh_deadline(rq), e);
	if (!r)
		return -1;
	int rc = store_statement(r, id, rq->arena, &s, e);
	reader_return(r);
	if (rc)
		return -1;
	statement_encode(&rs->body, &s);
	rs->version = s.version;
	answer_end(rs);
	return 0;
}

enum api_result patch_statement(struct request *rq, struct response *rs, struct err *e)
{
	int64_t id, wanted;
	struct statement before;
	struct edit_item item;
	if (params_none(rq, e) || path_id(rq, "statement", &id, e) || if_match_read(rq, &wanted, e))
		return API_ERROR;
	for (int i = 0;; i++) {
		struct err why = {0};
		if (read_change(rq, id, &before, &item, e))
			return API_ERROR;
		if (wanted >= 0 && wanted != before.version) {
			err_set(e, ERR_CHANGED, NULL,
				"statement %lld has changed since it was read: it has version %lld "
				"by now",
				(long long)id, (long long)before.version);
			return API_ERROR;
		}
		struct edit_write w = {
			.action = action_of(&item.after), .items = &item, .n_items = 1};
		if (edit_submit(rq, &w, &why) == 0)
			return answer_statement(rq, rs, id, e) ? API_ERROR : finish(rs, e);
		if (why.kind != ERR_CHANGED || i + 1 == TRIES) {
			*e = why;
			return API_ERROR;
		}
	}
}

/* One that the engine did not find. */
static int read_new(struct request *rq, int64_t article_id, struct edit_item *item, struct err *e)
{
	struct article article;
	bool changes;
	struct reader *r = store_reader(rq->api->store, fresh_deadline(rq), e);
	if (!r)
		return -1;
	struct edit_source from = {r, &article, rq->arena};
	*item = (struct edit_item){0};
	item->after.content = item->after.speaker_role = item->after.engine = STR_EMPTY;
	item->after.stance.position = POSITION_NONE;
	item->after.said_on = (struct said_on){.text = STR_EMPTY,
					       .date = STR_EMPTY,
					       .rule = STR_EMPTY,
					       .from = DAY_NONE,
					       .to = DAY_NONE};
	int rc = store_article(r, article_id, rq->arena, &article, e) ||
				 statement_edit_decode(rq->body, &from, &item->after, &changes, e)
			 ? -1
			 : 0;
	reader_return(r);
	item->after.article_id = article_id;
	item->after.status = STATUS_EDITED;
	if (rc == 0 && !item->after.spans.content.n)
		return err_set(e, ERR_VALUE, "spans",
			       "a statement has \"spans\" with its content at least");
	return rc;
}

enum api_result post_article_statement(struct request *rq, struct response *rs, struct err *e)
{
	int64_t article;
	struct edit_item item;
	struct edit_write w = {.action = EDIT_ADD, .items = &item, .n_items = 1};
	if (params_none(rq, e) || path_id(rq, "article", &article, e) ||
	    read_new(rq, article, &item, e) || edit_submit(rq, &w, e))
		return API_ERROR;
	struct str path = arena_printf(rq->arena, "v1/statements/%lld", (long long)item.statement);
	struct str location = path.p ? relative_link(rq, path, STR_EMPTY) : path;
	if (!location.p) {
		arena_full(e);
		return API_ERROR;
	}
	if (answer_statement(rq, rs, item.statement, e))
		return API_ERROR;
	rs->status = 201;
	response_header(rs, "Location", location);
	return finish(rs, e);
}
