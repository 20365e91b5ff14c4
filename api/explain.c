/* Why a stored statement was found: its article goes through the engine once more, with the actors
 * and issues that persons gave. */
#include "api/format/json_explanation.h"
#include "api/ingest.h"
#include "api/issue_registry.h"
#include "api/resource.h"
#include "base/version.h"
#include "extract/extract.h"

struct explained {
	struct statement statement;
	struct article article;
};

static int read_both(struct request *rq, int64_t id, struct explained *q, struct err *e)
{
	struct reader *r = request_reader(rq, e);
	if (!r)
		return -1;
	int rc =
		store_statement(r, id, rq->arena, &q->statement, e) ||
				store_article(r, q->statement.article_id, rq->arena, &q->article, e)
			? -1
			: 0;
	reader_return(r);
	return rc;
}

/* What a reader must know beside the explanation, or "". */
static struct str note(struct request *rq, const struct statement *s, const struct explanations *x)
{
	bool is_current = str_eq(s->engine, STR(ENGINE_VERSION));
	const char *now = x->n == 0 ? "does not find this statement any more"
			  : x->v[0].is_as_asked
				  ? "finds it as it is stored"
				  : "finds another cue or content here, which is what is explained";
	if (is_current && x->n > 0 && x->v[0].is_as_asked)
		return STR_EMPTY;
	if (is_current)
		return arena_printf(rq->arena, "engine %s %s", ENGINE_VERSION, now);
	return arena_printf(rq->arena, "engine %.*s made this statement; engine %s %s",
			    STR_ARG(s->engine), ENGINE_VERSION, now);
}

static int write(struct request *rq, struct response *rs, const struct statement *s,
		 const struct explanations *x, struct err *e)
{
	struct str remark = note(rq, s, x);
	if (!remark.p)
		return arena_full(e);
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_MEMBER(&j, "statement", s->id);
	JW_MEMBER(&j, "engine", STR(ENGINE_VERSION));
	JW_NAME(&j, "found");
	jw_word(&j, x->n == 0 ? STR("no") : x->v[0].is_as_asked ? STR("same") : STR("changed"));
	JW_MEMBER(&j, "note", remark);
	JW_NAME(&j, "explanation");
	if (x->n > 0)
		explanation_write(&j, &x->v[0]);
	else
		jw_null(&j);
	jw_close_object(&j);
	buf_add_char(&rs->body, '\n');
	return 0;
}

static enum api_result explain(struct request *rq, struct response *rs, struct err *e)
{
	const struct explained *q = rq->state;
	struct explanations x;
	struct issue_set *set = issue_registry_take(rq->api->issues);
	int rc = engine_explain_on(rq->api->engine, issue_set_tables(set), &q->article,
				   &q->statement, rq->arena, &x, e) ||
		 write(rq, rs, &q->statement, &x, e);
	issue_set_release(set);
	if (rc)
		return API_ERROR;
	rs->is_cacheable = true;
	return finish(rs, e);
}

enum api_result get_statement_explain(struct request *rq, struct response *rs, struct err *e)
{
	int64_t id;
	struct explained *q = arena_alloc(rq->arena, sizeof *q);
	(void)rs;
	if (!q) {
		arena_full(e);
		return API_ERROR;
	}
	if (params_none(rq, e) || path_id(rq, "statement", &id, e) || read_both(rq, id, q, e))
		return API_ERROR;
	rq->state = q;
	rq->then = explain;
	rq->long_bytes = ingest_bytes(rq->arena, q->article.text.n);
	return API_LONG;
}
