/* The statements that take a position, gathered by two scans. */
#include "db/position_change.h"

#include "db/packed_fields.h"
#include "db/position_runs.h"
#include "db/sqlite/scan.h"

static int count(void *context, const struct scan_row *row, struct err *e)
{
	struct position_changes *out = context;
	(void)e;
	int position = fields_position(row->fields);
	if (position < POSITION_COUNT)
		out->statements[position]++;
	return 0;
}

struct gathering {
	struct arena *a;
	struct positions_taken taken;
};

static int gather(void *context, const struct scan_row *row, struct err *e)
{
	struct gathering *g = context;
	struct positions_taken *t = &g->taken;
	if (t->n == POSITION_STATEMENTS_MAX)
		return err_set(e, ERR_INPUT, NULL,
			       "more than %d statements take a position; narrow the question",
			       POSITION_STATEMENTS_MAX);
	if (arena_grow(g->a, (void **)&t->v, &t->cap, t->n + 1, sizeof *t->v))
		return arena_full(e);
	t->v[t->n++] = (struct position_taken){
		.id = row->id,
		.article = row->article,
		.position = (enum position)fields_position(row->fields),
	};
	return 0;
}

int store_position_changes(struct reader *r, const struct statement_query *q, int articles,
			   struct arena *a, struct position_changes *out, struct err *e)
{
	struct statement_query taking = *q;
	struct gathering g = {.a = a};
	*out = (struct position_changes){0};
	if (q->is_void)
		return 0;
	struct scan_query s = {.q = &taking, .unit = SCAN_POSITIONS};
	taking.positions = 0;
	if (scan(r, &s, a, count, out, e))
		return -1;
	taking.positions = 1U << POSITION_SUPPORT | 1U << POSITION_OPPOSE;
	s.columns = 1U << BLOCK_IDS | 1U << BLOCK_ARTICLES;
	if (scan(r, &s, a, gather, &g, e))
		return -1;
	return position_runs_find(&g.taken, articles, a, out, e);
}
