/* Finding the two, telling who they are, and what the grid has of them. */
#include "api/side.h"

#include "api/format/json_statement.h"
#include "api/query/meant.h"
#include "api/resource.h"
#include "base/fold.h"

/* The condition of its name, or -1 with *e: it is missing. */
static int find(const struct question *q, struct side *s, struct err *e)
{
	for (size_t i = 0; i < q->n; i++)
		if (strcmp(q->conditions[i].spec->name, s->name) == 0)
			s->value = q->conditions[i].value;
	return s->value.n ? 0
			  : err_set(e, ERR_MISSING, s->name,
				    "\"%s\" is missing; ask for example: a=China&b=United States",
				    s->name);
}

/* `alone`: without those who speak for it. A name that nobody has is no error, as in all lists. */
static int resolve(struct reader *r, struct side *s, bool alone, struct arena *a,
		   speaker_key_t *key, struct err *e)
{
	struct actor_matches found;
	struct str folded = str_fold(a, s->value);
	if (!folded.p)
		return arena_full(e);
	if (store_find_actors(r, folded, a, &found, e))
		return -1;
	s->is_known = found.n > 0;
	if (!s->is_known)
		return meant_find(r, s->value, SUGGESTED_ACTOR, a, &s->meant, e);
	s->actor = found.v[0].actor;
	s->others = found.n - 1;
	bool has_members = s->actor.kind == ACTOR_COUNTRY || s->actor.kind == ACTOR_ORGANIZATION;
	s->reading = !has_members ? NULL : alone ? "alone" : "with those who speak for it";
	*key = speaker_key(found.v[0].key, has_members && !alone);
	return 0;
}

/* {actor, reading?, note?, did_you_mean?, statements} */
static void write_side(struct jw *j, const struct side *s, int64_t statements)
{
	jw_open_object(j);
	JW_NAME(j, "actor");
	actor_ref_write(j, s->is_known ? &s->actor : NULL);
	if (!s->is_known)
		JW_MEMBER(j, "note", STR("nobody in the store has this name"));
	if (s->meant.n)
		JW_MEMBER(j, "did_you_mean", s->meant);
	if (s->reading)
		JW_MEMBER(j, "reading", str_of(s->reading));
	if (s->others)
		JW_MEMBER(j, "note",
			  STR("others have this name too; the one with the most statements is "
			      "taken"));
	JW_MEMBER(j, "statements", statements);
	jw_close_object(j);
}

int sides_read(struct request *rq, const struct param_table *table, struct grid_query *gq,
	       struct question *q, struct side sides[2], struct err *e)
{
	sides[0] = (struct side){.name = "a"};
	sides[1] = (struct side){.name = "b"};
	question_init(q, table, gq, rq->arena);
	return question_read(q, rq->params, rq->n_params, e) || find(q, &sides[0], e) ||
			       find(q, &sides[1], e)
		       ? -1
		       : 0;
}

int sides_ask(struct reader *r, const struct question *q, struct grid_query *gq,
	      struct side sides[2], struct grid *grid, struct err *e)
{
	for (int s = 0; s < 2; s++)
		if (resolve(r, &sides[s], q->alone, q->arena, &gq->sides[s], e))
			return -1;
	int known = sides[1].is_known;
	*grid = (struct grid){0};
	if (!sides[known].is_known)
		return 0;
	bool is_alone = !sides[!known].is_known;
	if (is_alone)
		gq->sides[!known] = gq->sides[known];
	if (store_grid(r, gq, q->arena, grid, e))
		return -1;
	/* Beside nobody there are no rows, though one has said something. */
	if (is_alone) {
		grid->n = grid->rows = 0;
		grid->statements[!known] = 0;
	}
	return 0;
}

static int answer(struct request *rq, struct response *rs, const struct question *q,
		  struct grid_query *gq, struct side sides[2], struct reader *r,
		  sides_rows *write_rows, struct err *e)
{
	struct grid grid;
	if (sides_ask(r, q, gq, sides, &grid, e))
		return -1;
	struct jw j = jw_into(&rs->body);
	jw_open_object(&j);
	JW_NAME(&j, "a");
	write_side(&j, &sides[0], grid.statements[0]);
	JW_NAME(&j, "b");
	write_side(&j, &sides[1], grid.statements[1]);
	if (write_rows(rq, &j, r, &grid, e))
		return -1;
	jw_close_object(&j);
	answer_end(rs);
	return 0;
}

enum api_result sides_answer(struct request *rq, struct response *rs,
			     const struct param_table *table, struct grid_query *gq,
			     sides_rows *write_rows, struct err *e)
{
	struct side sides[2];
	struct question q;
	if (sides_read(rq, table, gq, &q, sides, e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = answer(rq, rs, &q, gq, sides, r, write_rows, e);
	answer_keep(rs, r, DAY_NONE);
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
