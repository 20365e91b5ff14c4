/* What persons decided on statements that fit no text any more: put into another article, or
 * dropped. */
#include <stdlib.h>

#include "api/edit_request.h"
#include "api/format/json_body.h"
#include "api/format/json_statement.h"
#include "api/format/json_statement_edit.h"

static enum api_result answer(struct request *rq, struct response *rs, const struct edit_write *w,
			      int64_t statement, struct err *e)
{
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	if (statement)
		JW_MEMBER(&j, "statement", statement);
	edit_made_members(rq, &j, w);
	jw_close_object(&j);
	buf_add_char(&rs->body, '\n');
	return finish(rs, e);
}

enum api_result post_edit_drop(struct request *rq, struct response *rs, struct err *e)
{
	struct edit_write w = {.action = EDIT_DROP};
	if (params_none(rq, e) || path_id(rq, "edit", &w.undoes, e) || edit_submit(rq, &w, e))
		return API_ERROR;
	return answer(rq, rs, &w, 0, e);
}

/* --- put into an article --- */

struct place {
	int64_t article;
	struct str said; /* the other members, as JSON: what is said of the statement there */
};

static int read_body(struct request *rq, struct place *out, struct err *e)
{
	json_t *root = json_body(
		rq->body, "where a correction goes is a JSON object with \"article\" and \"spans\"",
		e);
	if (!root)
		return -1;
	const json_t *article = json_object_get(root, "article");
	bool has_spans = json_object_get(json_object_get(root, "spans"), "content") != NULL;
	out->article = json_integer_value(article);
	int rc = json_is_integer(article) && out->article > 0
			 ? 0
			 : err_set(e, ERR_VALUE, "article", "\"article\" is not an article's id");
	if (rc == 0 && !has_spans)
		rc = err_set(e, ERR_VALUE, "spans", "\"spans\" has the content at least");
	json_object_del(root, "article");
	char *said = rc ? NULL : json_dumps(root, JSON_COMPACT);
	json_decref(root);
	if (rc)
		return -1;
	out->said = said ? arena_str(rq->arena, str_of(said)) : (struct str){0};
	free(said);
	return out->said.p ? 0 : arena_full(e);
}

static int read_orphan(struct request *rq, struct reader *r, int64_t id, struct statement *out,
		       struct err *e)
{
	const struct edit_query q = {
		.id = id, .actor = STR_EMPTY, .issue = STR_EMPTY, .who = STR_EMPTY, .limit = 1};
	struct edit_list list;
	int64_t next;
	if (store_edits(r, &q, rq->arena, &list, &next, e))
		return -1;
	if (!list.n)
		return err_set(e, ERR_NOT_FOUND, NULL, "there is no edit %lld", (long long)id);
	if (list.v[0].after.kind != LABEL_STATEMENT)
		return err_set(e, ERR_CONFLICT, NULL, "edit %lld decides on no statement",
			       (long long)id);
	*out = list.v[0].after.statement;
	return 0;
}

/* Offsets are of the text that it was of. */
static int forget_places(struct statement *s, struct arena *a, struct err *e)
{
	struct issue_hit *hits = arena_array(a, s->n_issues, sizeof *hits);
	if (!hits)
		return arena_full(e);
	for (size_t i = 0; i < s->n_issues; i++) {
		hits[i] = s->issues[i];
		hits[i].evidence = hits[i].position_evidence = (struct spans){0};
	}
	s->issues = hits;
	s->stance.evidence = (struct spans){0};
	s->spans.source = s->spans.cue = s->spans.content = (struct spans){0};
	s->spans.addressee = s->spans.time = s->spans.target = (struct spans){0};
	return 0;
}

static uint32_t common(struct spans a, struct spans b)
{
	uint32_t n = 0;
	for (size_t i = 0; i < a.n; i++)
		for (size_t k = 0; k < b.n; k++) {
			uint32_t from = a.v[i].start > b.v[k].start ? a.v[i].start : b.v[k].start;
			uint32_t to = a.v[i].end < b.v[k].end ? a.v[i].end : b.v[k].end;
			n += to > from ? to - from : 0;
		}
	return n;
}

/* The statement that is there already, most of whose words it shares: that one is corrected, rather
 * than another one added beside it. NULL: none. */
static int find_there(struct request *rq, struct reader *r, const struct statement *s,
		      const struct statement **out, struct err *e)
{
	struct statement_query q = {.article = s->article_id,
				    .said_after = DAY_NONE,
				    .said_before = DAY_NONE,
				    .published_after = DAY_NONE,
				    .published_before = DAY_NONE,
				    .limit = PAGE_LIMIT_MAX};
	uint32_t most = 0;
	*out = NULL;
	do {
		struct statement_list list;
		if (store_statements(r, &q, rq->arena, &list, &q.after, e))
			return -1;
		for (size_t i = 0; i < list.n; i++) {
			uint32_t n = common(list.v[i].spans.content, s->spans.content);
			if (n > most) {
				most = n;
				*out = list.v + i;
			}
		}
	} while (q.after);
	return 0;
}

static int make_item(struct request *rq, struct reader *r, int64_t edit, const struct place *to,
		     struct edit_item *item, struct err *e)
{
	struct article article;
	struct statement *s = &item->after;
	struct edit_source from = {r, &article, rq->arena};
	enum status status;
	bool changes;
	*item = (struct edit_item){0};
	if (read_orphan(rq, r, edit, s, e) || forget_places(s, rq->arena, e) ||
	    store_article(r, to->article, rq->arena, &article, e))
		return -1;
	status = s->status;
	s->id = 0;
	s->article_id = to->article;
	if (statement_edit_decode(to->said, &from, s, &changes, e) ||
	    find_there(rq, r, s, &item->before, e))
		return -1;
	s->status = status == STATUS_REJECTED ? status : STATUS_EDITED;
	if (status == STATUS_REJECTED && !item->before)
		return err_set(e, ERR_CONFLICT, "spans",
			       "what was rejected is not found in that article: drop it");
	if (item->before) {
		s->id = item->before->id;
		s->version = item->before->version;
	}
	return 0;
}

enum api_result post_edit_attach(struct request *rq, struct response *rs, struct err *e)
{
	struct edit_item item;
	struct edit_write w = {.action = EDIT_DROP, .items = &item, .n_items = 1};
	struct place to;
	if (params_none(rq, e) || path_id(rq, "edit", &w.undoes, e) || read_body(rq, &to, e))
		return API_ERROR;
	struct reader *r = store_reader(rq->api->store, fresh_deadline(rq), e);
	if (!r)
		return API_ERROR;
	int rc = make_item(rq, r, w.undoes, &to, &item, e);
	reader_return(r);
	if (rc || edit_submit(rq, &w, e))
		return API_ERROR;
	return answer(rq, rs, &w, item.statement, e);
}
