/* GET /v1/silences: what one actor raises and another never answers. */
#include "api/format/json_statement.h"
#include "api/query/parameters.h"
#include "api/resource.h"
#include "api/side.h"
#include "db/grid.h"

enum { ROWS_DEFAULT = 50 };

static int write_statement(struct request *rq, struct jw *j, struct reader *r, int64_t id,
			   struct err *e)
{
	struct statement s;
	if (id && store_statement(r, id, rq->arena, &s, e))
		return -1;
	if (id)
		statement_write(j, &s);
	else
		jw_null(j);
	return 0;
}

static int write_row(struct request *rq, struct jw *j, struct reader *r, const struct grid_row *row,
		     struct err *e)
{
	const struct grid_cell *raised = &row->sides[0], *before = &row->sides[1];
	jw_open_object(j);
	JW_NAME(j, "issue");
	issue_ref_write(j, row->issue);
	JW_MEMBER(j, "count", raised->count);
	position_counts_members(j, raised->statements);
	JW_NAME(j, "first");
	if (write_statement(rq, j, r, raised->first, e))
		return -1;
	JW_NAME(j, "latest");
	if (write_statement(rq, j, r, raised->latest, e))
		return -1;
	JW_MEMBER(j, "count_before", before->count);
	JW_NAME(j, "before");
	if (write_statement(rq, j, r, before->latest, e))
		return -1;
	jw_close_object(j);
	return 0;
}

static int write_rows(struct request *rq, struct jw *j, struct reader *r, const struct grid *grid,
		      struct err *e)
{
	JW_NAME(j, "silences");
	jw_open_array(j);
	for (size_t i = 0; i < grid->n; i++)
		if (write_row(rq, j, r, &grid->v[i], e))
			return -1;
	jw_close_array(j);
	JW_MEMBER(j, "silences_left_out", (int64_t)(grid->rows - grid->n));
	return 0;
}

enum api_result get_silences(struct request *rq, struct response *rs, struct err *e)
{
	struct grid_query gq = {.published_after = DAY_NONE,
				.published_before = DAY_NONE,
				.only_unanswered = true,
				.limit = ROWS_DEFAULT};
	return sides_answer(rq, rs, &params_silences, &gq, write_rows, e);
}
