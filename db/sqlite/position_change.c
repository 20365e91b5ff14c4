/* Statements counted by their positions, and those that take one of two gathered. */
#include "db/position_change.h"

#include "db/packed_fields.h"
#include "db/position_runs.h"
#include "db/sqlite/scan.h"

struct gathering {
	struct arena *a;
	struct position_changes *out;
	struct positions_taken taken;
};

static int take(void *context, const struct scan_row *row, struct err *e)
{
	struct gathering *g = context;
	struct positions_taken *t = &g->taken;
	const int position = fields_position(row->fields);
	if (position < POSITION_COUNT)
		g->out->statements[position]++;
	if (position != POSITION_SUPPORT && position != POSITION_OPPOSE)
		return 0;
	if (t->n == POSITION_STATEMENTS_MAX)
		return err_set(e, ERR_INPUT, NULL,
			       "more than %d statements take a position; narrow the question",
			       POSITION_STATEMENTS_MAX);
	if (arena_grow(g->a, (void **)&t->v, &t->cap, t->n + 1, sizeof *t->v))
		return arena_full(e);
	t->v[t->n++] = (struct position_taken){
		.id = row->id, .article = row->article, .position = (enum position)position};
	return 0;
}

int store_position_changes(struct reader *r, const struct statement_query *q, int articles,
			   struct arena *a, struct position_changes *out, struct err *e)
{
	struct statement_query all = *q;
	struct gathering g = {.a = a, .out = out};
	*out = (struct position_changes){0};
	if (q->is_void)
		return 0;
	all.positions = 0;
	const struct scan_query s = {.q = &all,
				     .unit = SCAN_POSITIONS,
				     .columns = BLOCK_IDS | BLOCK_BIT(BLOCK_TRAITS) |
						BLOCK_BIT(BLOCK_ARTICLES)};
	return scan(r, &s, a, take, &g, e) ? -1 : position_runs_find(&g.taken, articles, a, out, e);
}
