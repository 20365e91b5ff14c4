/* GET /v1/changes: where somebody's position on an issue turned, with what was said before and
 * after. */
#include "api/format/json_statement.h"
#include "api/query/interpretation.h"
#include "api/resource.h"
#include "api/turn.h"
#include "db/position_change.h"

enum { CHANGES_DEFAULT = 50 };

static void write_counts(struct jw *j, const struct position_changes *t)
{
	JW_NAME(j, "statements");
	jw_open_object(j);
	position_counts_members(j, t->statements);
	jw_close_object(j);
	JW_MEMBER(j, "articles", t->articles);
}

/* Whose position, and on what? Those that the question names are looked at together, as one side on
 * one matter; where it names none, each by itself. The newest c->limit, of all that *out counts. */
static int ask(struct request *rq, const struct question *q, const struct changes_filter *c,
	       struct reader *r, struct position_changes *out, struct err *e)
{
	const struct position_change_each each = {
		.speaker = !question_has(q, "speaker") && !question_has(q, "country"),
		.issue = !question_has(q, "issue") && !question_has(q, "cap"),
		.with_open = c->with_open,
		.limit = c->limit};
	if (each.speaker || each.issue)
		return store_position_changes_each(r, &c->of.q, c->articles, &each, rq->arena, out,
						   e);
	if (store_position_changes(r, &c->of.q, c->articles, rq->arena, out, e))
		return -1;
	if (out->n > (size_t)c->limit)
		out->v += out->n - (size_t)c->limit;
	return 0;
}

static int answer(struct request *rq, struct response *rs, struct question *q,
		  struct changes_filter *c, struct reader *r, struct err *e)
{
	struct interpretation parts;
	struct position_changes turns;
	if (question_interpret(q, &c->of, r, NULL, &parts, e) || ask(rq, q, c, r, &turns, e))
		return -1;
	struct str rule = turn_rule(rq->arena, c->articles);
	if (!rule.p)
		return arena_full(e);
	size_t told = turns.n < (size_t)c->limit ? turns.n : (size_t)c->limit;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "changes");
	jw_open_array(&j);
	for (size_t i = 0; i < told; i++)
		if (turn_write(rq, &j, r, &turns.v[i], e))
			return -1;
	jw_close_array(&j);
	JW_MEMBER(&j, "changes_left_out", (int64_t)(turns.n - told));
	write_counts(&j, &turns);
	JW_MEMBER(&j, "rule", rule);
	JW_NAME(&j, "interpretation");
	interpretation_write(&j, &parts);
	jw_close_object(&j);
	answer_end(rs);
	return 0;
}

enum api_result get_changes(struct request *rq, struct response *rs, struct err *e)
{
	struct changes_filter c = {.articles = TURN_ARTICLES_DEFAULT, .limit = CHANGES_DEFAULT};
	struct question q;
	statement_filter_init(&c.of);
	question_init(&q, &params_changes, &c, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &q, &c, r, e);
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
