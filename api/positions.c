/* GET /v1/positions: what somebody says on each issue over time, and where that turned, with what
 * was said before and after. */
#include "db/position_history.h"

#include "api/format/interval_text.h"
#include "api/format/json_statement.h"
#include "api/query/interpretation.h"
#include "api/resource.h"
#include "api/turn.h"

enum { ISSUES_DEFAULT = 20, TURNS_AN_ISSUE = 5 };

static int check(const struct question *q, struct err *e)
{
	return question_has(q, "speaker") || question_has(q, "country")
		       ? 0
		       : err_set(e, ERR_MISSING, "speaker",
				 "\"speaker\" is missing: whose positions? \"country\" will do as "
				 "well");
}

static int write_intervals(struct jw *j, const struct position_history_row *row,
			   enum interval interval, struct arena *a, struct err *e)
{
	JW_NAME(j, "intervals");
	jw_open_array(j);
	for (size_t i = 0; i < row->n_intervals; i++) {
		struct str from = interval_text(a, row->intervals[i].from, interval);
		if (!from.p)
			return arena_full(e);
		jw_open_object(j);
		JW_MEMBER(j, "interval", from);
		position_counts_members(j, row->intervals[i].statements);
		jw_close_object(j);
	}
	jw_close_array(j);
	return 0;
}

/* The newest ones. */
static int write_turns(struct request *rq, struct jw *j, struct reader *r,
		       const struct position_changes *c, struct err *e)
{
	size_t left_out = c->n > TURNS_AN_ISSUE ? c->n - TURNS_AN_ISSUE : 0;
	JW_NAME(j, "changes");
	jw_open_array(j);
	for (size_t i = left_out; i < c->n; i++)
		if (turn_write(rq, j, r, &c->v[i], e))
			return -1;
	jw_close_array(j);
	JW_MEMBER(j, "changes_left_out", (int64_t)left_out);
	return 0;
}

static int write_row(struct request *rq, struct jw *j, struct reader *r,
		     const struct position_history_row *row, enum interval interval, struct err *e)
{
	const struct position_changes *c = &row->changes;
	jw_open_object(j);
	JW_NAME(j, "issue");
	issue_ref_write(j, row->issue);
	JW_NAME(j, "statements");
	jw_open_object(j);
	position_counts_members(j, c->statements);
	jw_close_object(j);
	JW_MEMBER(j, "articles", c->articles);
	JW_MEMBER(j, "holds", c->holds ? terms_word(&terms_position, (int)c->held) : STR_EMPTY);
	if (write_intervals(j, row, interval, rq->arena, e) || write_turns(rq, j, r, c, e))
		return -1;
	jw_close_object(j);
	return 0;
}

static int answer(struct request *rq, struct response *rs, struct question *q,
		  struct positions_filter *p, struct reader *r, struct err *e)
{
	struct interpretation parts;
	struct position_history history;
	if (question_interpret(q, &p->of, r, NULL, &parts, e))
		return -1;
	const struct position_history_query h = {.q = &p->of.q,
						 .interval = p->interval,
						 .articles = p->articles,
						 .with_open = p->with_open,
						 .limit = p->limit};
	struct str rule = turn_rule(rq->arena, p->articles);
	if (!rule.p)
		return arena_full(e);
	if (store_position_history(r, &h, rq->arena, &history, e))
		return -1;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "issues");
	jw_open_array(&j);
	for (size_t i = 0; i < history.n; i++)
		if (write_row(rq, &j, r, &history.v[i], p->interval, e))
			return -1;
	jw_close_array(&j);
	JW_MEMBER(&j, "issues_left_out", (int64_t)(history.rows - history.n));
	JW_MEMBER(&j, "rule", rule);
	JW_NAME(&j, "interpretation");
	interpretation_write(&j, &parts);
	jw_close_object(&j);
	answer_end(rs);
	return 0;
}

enum api_result get_positions(struct request *rq, struct response *rs, struct err *e)
{
	struct positions_filter p = {.interval = INTERVAL_MONTH,
				     .articles = TURN_ARTICLES_DEFAULT,
				     .limit = ISSUES_DEFAULT};
	struct question q;
	statement_filter_init(&p.of);
	question_init(&q, &params_positions, &p, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e) || check(&q, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &q, &p, r, e);
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
