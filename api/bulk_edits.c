/* One change of many statements: those of a question, or those of a list of ids. Without "count"
 * they are counted and nothing is changed; with it as many are changed, or none. */
#include <stdlib.h>
#include <string.h>

#include "api/edit_request.h"
#include "api/format/json_body.h"
#include "api/format/json_statement.h"
#include "api/format/json_statement_edit.h"
#include "api/query/interpretation.h"

struct bulk {
	struct request *rq;
	struct reader *r;
	enum status status;	   /* STATUS_EDITED with `set` */
	struct str set;		   /* members as JSON, "" for none */
	const json_t *where, *ids; /* parameters of GET /v1/statements, or these */
	int64_t count;		   /* -1: not given */
	struct statement *v;
	size_t n, cap;
};

/* --- the body --- */

static int take_status(struct bulk *b, const json_t *v, struct err *e)
{
	const char *word = json_string_value(v);
	int status = word ? terms_find(&terms_status, str_of(word)) : -1;
	if (status != STATUS_CONFIRMED && status != STATUS_REJECTED)
		return err_set(e, ERR_VALUE, "status", "\"status\" is not confirmed or rejected");
	b->status = (enum status)status;
	return 0;
}

static int take_where(struct bulk *b, const json_t *v, struct err *e)
{
	b->where = v;
	return json_is_object(v) && json_object_size(v)
		       ? 0
		       : err_set(e, ERR_VALUE, "where",
				 "\"where\" is not an object of parameters of GET /v1/statements, "
				 "such as {\"speaker\": \"CHN\", \"status\": \"machine\"}");
}

static int take_set(struct bulk *b, const json_t *v, struct err *e)
{
	char *text = json_is_object(v) ? json_dumps(v, JSON_COMPACT) : NULL;
	if (!text)
		return err_set(e, ERR_VALUE, "set", "\"set\" is %s, not an object",
			       json_type_word(v));
	b->set = arena_str(b->rq->arena, str_of(text));
	free(text);
	return b->set.p ? 0 : arena_full(e);
}

static int take_member(struct bulk *b, const char *name, const json_t *v, struct err *e)
{
	if (strcmp(name, "status") == 0)
		return take_status(b, v, e);
	if (strcmp(name, "where") == 0)
		return take_where(b, v, e);
	if (strcmp(name, "set") == 0)
		return take_set(b, v, e);
	if (strcmp(name, "statements") == 0 && json_is_array(v)) {
		b->ids = v;
		return 0;
	}
	if (strcmp(name, "count") == 0 && json_is_integer(v) && json_integer_value(v) >= 0) {
		b->count = json_integer_value(v);
		return 0;
	}
	return err_set(e, ERR_VALUE, NULL,
		       "a change of many statements has \"status\" (confirmed, rejected) or "
		       "\"set\", \"where\" (parameters) or \"statements\" (ids), and \"count\"");
}

static int read_body(struct bulk *b, const json_t *root, struct err *e)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)root, key, value)
	{
		if (take_member(b, key, value, e))
			return -1;
	}
	if ((b->status == STATUS_MACHINE) == (b->set.n == 0))
		return err_set(e, ERR_VALUE, "status", "give one of \"status\" and \"set\"");
	if ((b->ids == NULL) == (b->where == NULL))
		return err_set(e, ERR_VALUE, "where", "give one of \"where\" and \"statements\"");
	return 0;
}

/* --- which --- */

static int add(struct bulk *b, const struct statement *s, struct err *e)
{
	if (b->n == EDIT_ITEMS_MAX)
		return err_set(e, ERR_VALUE, "where",
			       "more than %d statements: narrow it, and do it in steps",
			       EDIT_ITEMS_MAX);
	if (arena_grow(b->rq->arena, (void **)&b->v, &b->cap, b->n + 1, sizeof *b->v))
		return arena_full(e);
	b->v[b->n++] = *s;
	return 0;
}

static int find_by_ids(struct bulk *b, struct err *e)
{
	for (size_t i = 0; i < json_array_size(b->ids); i++) {
		struct statement s;
		struct err why = {0};
		int64_t id = json_integer_value(json_array_get(b->ids, i));
		if (store_statement(b->r, id, b->rq->arena, &s, &why))
			return err_set(e, why.kind == ERR_NOT_FOUND ? ERR_VALUE : why.kind,
				       "statements", "%s", why.message);
		for (size_t k = 0; k < b->n; k++)
			if (b->v[k].id == id)
				return err_set(e, ERR_VALUE, "statements",
					       "\"statements\" has %lld twice", (long long)id);
		if (add(b, &s, e))
			return -1;
	}
	return 0;
}

static int add_param(struct bulk *b, const char *name, const json_t *v, struct param *params,
		     size_t *n, struct err *e)
{
	struct str value = {json_string_value(v), json_string_length(v)};
	if (!json_is_string(v) || *n == CONDITIONS_MAX)
		return err_set(e, ERR_VALUE, "where",
			       "\"where\" has strings, or lists of strings, at most %d",
			       CONDITIONS_MAX);
	params[*n].name = arena_str(b->rq->arena, str_of(name));
	params[*n].value = value.n ? arena_str(b->rq->arena, value) : STR_EMPTY;
	return params[*n].name.p && params[(*n)++].value.p ? 0 : arena_full(e);
}

/* A list is a parameter given again. */
static int list_params(struct bulk *b, struct param *params, size_t *n, struct err *e)
{
	const char *name;
	json_t *v;
	*n = 0;
	json_object_foreach((json_t *)b->where, name, v)
	{
		size_t many = json_is_array(v) ? json_array_size(v) : 1;
		for (size_t i = 0; i < many; i++)
			if (add_param(b, name, json_is_array(v) ? json_array_get(v, i) : v, params,
				      n, e))
				return -1;
	}
	return 0;
}

static int find_by_question(struct bulk *b, struct err *e)
{
	struct statement_filter filter;
	struct question q;
	struct interpretation parts;
	struct param params[CONDITIONS_MAX];
	size_t n;
	statement_filter_init(&filter);
	question_init(&q, &params_statements, &filter, b->rq->arena);
	if (list_params(b, params, &n, e) || question_read(&q, params, n, e) ||
	    question_interpret(&q, &filter, b->r, NULL, &parts, e))
		return -1;
	filter.q.limit = PAGE_LIMIT_MAX;
	do {
		struct statement_list list = {0};
		if (!filter.q.is_void &&
		    store_statements(b->r, &filter.q, b->rq->arena, &list, &filter.q.after, e))
			return -1;
		for (size_t i = 0; i < list.n; i++)
			if (add(b, &list.v[i], e))
				return -1;
	} while (filter.q.after);
	return 0;
}

/* --- what becomes of them --- */

static int change_one(struct bulk *b, size_t i, struct edit_item *item, struct err *e)
{
	struct article article = {.text = STR_EMPTY};
	struct edit_source from = {b->r, &article, b->rq->arena};
	bool changes;
	*item = (struct edit_item){.before = &b->v[i], .after = b->v[i]};
	struct str json = b->set.n			  ? b->set
			  : b->status == STATUS_CONFIRMED ? STR("{\"status\":\"confirmed\"}")
							  : STR("{\"status\":\"rejected\"}");
	if (statement_edit_decode(json, &from, &item->after, &changes, e))
		return -1;
	if (b->set.n)
		item->after.status = STATUS_EDITED;
	return 0;
}

static int find(struct bulk *b, struct edit_item **items, struct err *e)
{
	b->r = store_reader(b->rq->api->store, fresh_deadline(b->rq), e);
	if (!b->r)
		return -1;
	int rc = b->ids ? find_by_ids(b, e) : find_by_question(b, e);
	*items = rc ? NULL : arena_array(b->rq->arena, b->n, sizeof **items);
	if (rc == 0 && !*items)
		rc = arena_full(e);
	for (size_t i = 0; i < b->n && rc == 0; i++)
		rc = change_one(b, i, &(*items)[i], e);
	reader_return(b->r);
	return rc;
}

static int answer(struct bulk *b, struct response *rs, const struct edit_write *w, struct err *e)
{
	struct jw j = jw_into(&rs->body);
	(void)e;
	jw_open_object(&j);
	JW_MEMBER(&j, "count", (int64_t)b->n);
	if (w->made) {
		edit_made_members(b->rq, &j, w);
	} else {
		JW_NAME(&j, "edit");
		jw_null(&j);
		JW_MEMBER(&j, "edits", (int64_t)0);
	}
	jw_close_object(&j);
	buf_add_char(&rs->body, '\n');
	return 0;
}

static int change_all(struct bulk *b, struct response *rs, struct err *e)
{
	struct edit_write w = {.action = b->set.n			? EDIT_CHANGE
					 : b->status == STATUS_REJECTED ? EDIT_REJECT
									: EDIT_CONFIRM};
	if (find(b, &w.items, e))
		return -1;
	if (b->count >= 0 && b->count != (int64_t)b->n)
		return err_set(e, ERR_CHANGED, "count",
			       "these are %zu statements by now, not %lld: nothing was changed",
			       b->n, (long long)b->count);
	w.n_items = b->n;
	if (b->count > 0 && edit_submit(b->rq, &w, e))
		return -1;
	return answer(b, rs, &w, e);
}

enum api_result post_edits(struct request *rq, struct response *rs, struct err *e)
{
	struct bulk b = {.rq = rq, .status = STATUS_MACHINE, .set = STR_EMPTY, .count = -1};
	if (params_none(rq, e))
		return API_ERROR;
	json_t *root = json_body(rq->body, "a change of many statements is a JSON object", e);
	if (!root)
		return API_ERROR;
	int rc = read_body(&b, root, e) || change_all(&b, rs, e) ? -1 : 0;
	json_decref(root);
	return rc ? API_ERROR : finish(rs, e);
}
