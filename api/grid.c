/* GET /v1/grid: what two actors say on each issue, side by side, and where one is silent. */
#include "db/grid.h"

#include "api/format/json_statement.h"
#include "api/query/parameters.h"
#include "api/resource.h"
#include "base/fold.h"

enum { ROWS_DEFAULT = 50 };

struct side {
	const char *name; /* of the parameter */
	struct str value;
	struct actor actor;
	const char *reading;
	size_t others; /* that have the name too */
};

static int find_side(const struct question *q, struct side *s, struct err *e)
{
	for (size_t i = 0; i < q->n; i++)
		if (strcmp(q->conditions[i].spec->name, s->name) == 0)
			s->value = q->conditions[i].value;
	return s->value.n ? 0
			  : err_set(e, ERR_INPUT, s->name,
				    "\"%s\" is missing; ask for example: a=China&b=United States",
				    s->name);
}

/* The best known of those who have the name. */
static int resolve_side(struct reader *r, struct side *s, bool alone, struct arena *a,
			speaker_key_t *key, struct err *e)
{
	struct actor_matches found;
	struct str folded = str_fold(a, s->value);
	if (!folded.p)
		return arena_full(e);
	if (store_find_actors(r, folded, a, &found, e))
		return -1;
	if (found.n == 0)
		return err_set(e, ERR_INPUT, s->name, "nobody in the store has the name \"%.*s\"",
			       STR_ARG(s->value));
	s->actor = found.v[0].actor;
	s->others = found.n - 1;
	bool has_members = s->actor.kind == ACTOR_COUNTRY || s->actor.kind == ACTOR_ORGANIZATION;
	s->reading = !has_members ? NULL : alone ? "alone" : "with those who speak for it";
	*key = speaker_key(found.v[0].key, has_members && !alone);
	return 0;
}

static void write_side(struct jw *j, const struct side *s, int64_t statements)
{
	jw_open_object(j);
	JW_NAME(j, "actor");
	actor_ref_write(j, &s->actor);
	if (s->reading)
		JW_MEMBER(j, "reading", str_of(s->reading));
	if (s->others)
		JW_MEMBER(j, "note",
			  STR("others have this name too; the one with the most statements is "
			      "taken"));
	JW_MEMBER(j, "statements", statements);
	jw_close_object(j);
}

static int write_cell(struct request *rq, struct jw *j, struct reader *r, const struct grid_cell *c,
		      struct err *e)
{
	struct statement latest;
	jw_open_object(j);
	JW_MEMBER(j, "count", c->count);
	position_counts_members(j, c->statements);
	JW_NAME(j, "latest");
	if (c->latest && store_statement(r, c->latest, rq->arena, &latest, e))
		return -1;
	if (c->latest)
		statement_write(j, &latest);
	else
		jw_null(j);
	jw_close_object(j);
	return 0;
}

static int write_row(struct request *rq, struct jw *j, struct reader *r, const struct grid_row *row,
		     struct err *e)
{
	bool silent[2] = {row->sides[0].count == 0, row->sides[1].count == 0};
	jw_open_object(j);
	JW_NAME(j, "issue");
	issue_ref_write(j, row->issue);
	JW_MEMBER(j, "silent", silent[0] ? STR("a") : silent[1] ? STR("b") : STR_EMPTY);
	JW_NAME(j, "a");
	if (write_cell(rq, j, r, &row->sides[0], e))
		return -1;
	JW_NAME(j, "b");
	if (write_cell(rq, j, r, &row->sides[1], e))
		return -1;
	jw_close_object(j);
	return 0;
}

static int answer(struct request *rq, struct response *rs, const struct question *q,
		  struct grid_query *gq, struct side sides[2], struct reader *r, struct err *e)
{
	struct grid grid;
	for (int s = 0; s < 2; s++)
		if (resolve_side(r, &sides[s], q->alone, rq->arena, &gq->sides[s], e))
			return -1;
	if (store_grid(r, gq, rq->arena, &grid, e))
		return -1;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "a");
	write_side(&j, &sides[0], grid.statements[0]);
	JW_NAME(&j, "b");
	write_side(&j, &sides[1], grid.statements[1]);
	JW_NAME(&j, "issues");
	jw_open_array(&j);
	for (size_t i = 0; i < grid.n; i++)
		if (write_row(rq, &j, r, &grid.v[i], e))
			return -1;
	jw_close_array(&j);
	JW_MEMBER(&j, "issues_left_out", (int64_t)(grid.rows - grid.n));
	jw_close_object(&j);
	answer_end(rs);
	return 0;
}

enum api_result get_grid(struct request *rq, struct response *rs, struct err *e)
{
	struct grid_query gq = {
		.published_after = DAY_NONE, .published_before = DAY_NONE, .limit = ROWS_DEFAULT};
	struct side sides[2] = {{.name = "a"}, {.name = "b"}};
	struct question q;
	question_init(&q, &params_grid, &gq, rq->arena);
	if (question_read(&q, rq->params, rq->n_params, e) || find_side(&q, &sides[0], e) ||
	    find_side(&q, &sides[1], e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &q, &gq, sides, r, e);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
