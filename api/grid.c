/* GET /v1/grid: what two actors say on each issue, side by side, and where one is silent. */
#include "db/grid.h"

#include "api/export.h"
#include "api/format/csv_record.h"
#include "api/format/json_statement.h"
#include "api/query/parameters.h"
#include "api/resource.h"
#include "api/side.h"

enum { ROWS_DEFAULT = 50, ROWS_OF_A_FILE = 10000 };

/* Of several statements one that takes a side tells most. */
static int read_latest(struct reader *r, const struct grid_cell *c, struct statement *space,
		       const struct statement **out, struct arena *a, struct err *e)
{
	const int64_t id = c->latest_sided ? c->latest_sided : c->latest;
	*out = id ? space : NULL;
	return id ? store_statement(r, id, a, space, e) : 0;
}

static int write_cell(struct request *rq, struct jw *j, struct reader *r, const struct grid_cell *c,
		      struct err *e)
{
	struct statement space;
	const struct statement *latest;
	if (read_latest(r, c, &space, &latest, rq->arena, e))
		return -1;
	jw_open_object(j);
	JW_MEMBER(j, "count", c->count);
	position_counts_members(j, c->statements);
	JW_NAME(j, "latest");
	if (latest)
		statement_write(j, latest);
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

static int write_rows(struct request *rq, struct jw *j, struct reader *r, const struct grid *grid,
		      struct err *e)
{
	JW_NAME(j, "issues");
	jw_open_array(j);
	for (size_t i = 0; i < grid->n; i++)
		if (write_row(rq, j, r, &grid->v[i], e))
			return -1;
	jw_close_array(j);
	JW_MEMBER(j, "issues_left_out", (int64_t)(grid->rows - grid->n));
	return 0;
}

enum api_result get_grid(struct request *rq, struct response *rs, struct err *e)
{
	struct grid_query gq = {
		.published_after = DAY_NONE, .published_before = DAY_NONE, .limit = ROWS_DEFAULT};
	return sides_answer(rq, rs, &params_grid, &gq, write_rows, e);
}

static int csv_rows(struct request *rq, struct response *rs, struct reader *r,
		    const struct grid *grid, struct err *e)
{
	buf_add(&rs->body, STR(CSV_GRID_HEAD));
	for (size_t i = 0; i < grid->n; i++) {
		struct statement space[2];
		const struct statement *latest[2];
		for (int side = 0; side < 2; side++)
			if (read_latest(r, &grid->v[i].sides[side], &space[side], &latest[side],
					rq->arena, e))
				return -1;
		csv_grid_row(&rs->body, &grid->v[i], latest);
	}
	return 0;
}

static int ndjson_rows(struct request *rq, struct response *rs, struct reader *r,
		       const struct grid *grid, struct err *e)
{
	for (size_t i = 0; i < grid->n; i++) {
		struct jw j = jw_into(&rs->body);
		if (write_row(rq, &j, r, &grid->v[i], e))
			return -1;
		buf_add_char(&rs->body, '\n');
	}
	return 0;
}

enum api_result get_grid_file(struct request *rq, struct response *rs, struct err *e)
{
	enum representation as = path_representation(rq);
	struct grid_file f = {.q = {.published_after = DAY_NONE,
				    .published_before = DAY_NONE,
				    .limit = ROWS_OF_A_FILE}};
	struct side sides[2];
	struct question q;
	struct grid grid;
	if (sides_read(rq, as == AS_CSV ? &params_grid_csv : &params_grid_ndjson, &f.q, &q, sides,
		       e))
		return API_ERROR;
	struct reader *r = request_reader(rq, e);
	if (!r)
		return API_ERROR;
	int rc = sides_ask(r, &q, &f.q, sides, &grid, e) ||
				 file_begin(rq, rs, "grid", as, f.with_mark, e) ||
				 (as == AS_CSV ? csv_rows(rq, rs, r, &grid, e)
					       : ndjson_rows(rq, rs, r, &grid, e))
			 ? -1
			 : 0;
	reader_return(r);
	return rc ? API_ERROR : finish(rs, e);
}
