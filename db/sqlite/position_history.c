/* All pairs of a question by issue; of each issue its intervals, and its runs by position_runs.h.
 */
#include "db/position_history.h"

#include <stdlib.h>

#include "db/id.h"
#include "db/interval.h"
#include "db/packed_fields.h"
#include "db/position_runs.h"
#include "db/sqlite/scan.h"

struct pair {
	int64_t issue, id, article;
	int position;
};

struct stretch {
	size_t from, n; /* pairs of one issue */
};

struct gathering {
	struct arena *a;
	struct pair *v;
	size_t n, cap;
	struct stretch *stretches;
	size_t n_stretches;
};

static int take(void *context, const struct scan_row *row, struct err *e)
{
	struct gathering *g = context;
	if (!row->issue)
		return 0;
	if (g->n == POSITION_STATEMENTS_MAX)
		return err_set(e, ERR_INPUT, NULL,
			       "more than %d statements, each counted for each of its issues; "
			       "narrow the question",
			       POSITION_STATEMENTS_MAX);
	if (arena_grow(g->a, (void **)&g->v, &g->cap, g->n + 1, sizeof *g->v))
		return arena_full(e);
	int position = fields_position(row->fields);
	g->v[g->n++] =
		(struct pair){.issue = row->issue,
			      .id = row->id,
			      .article = row->article,
			      .position = position < POSITION_COUNT ? position : POSITION_NONE};
	return 0;
}

/* By issue, then in the order of time. */
static int by_issue(const void *va, const void *vb)
{
	const struct pair *a = va, *b = vb;
	if (a->issue != b->issue)
		return a->issue < b->issue ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

/* The longest first; of equals the older issue. */
static int by_length(const void *va, const void *vb)
{
	const struct stretch *a = va, *b = vb;
	if (a->n != b->n)
		return a->n > b->n ? -1 : 1;
	return (a->from > b->from) - (a->from < b->from);
}

static int find_stretches(struct gathering *g, struct err *e)
{
	size_t cap = 0;
	if (g->n)
		qsort(g->v, g->n, sizeof *g->v, by_issue);
	for (size_t i = 0; i < g->n; i++) {
		if (i == 0 || g->v[i].issue != g->v[i - 1].issue) {
			if (arena_grow(g->a, (void **)&g->stretches, &cap, g->n_stretches + 1,
				       sizeof *g->stretches))
				return arena_full(e);
			g->stretches[g->n_stretches++] = (struct stretch){.from = i};
		}
		g->stretches[g->n_stretches - 1].n++;
	}
	if (g->n_stretches)
		qsort(g->stretches, g->n_stretches, sizeof *g->stretches, by_length);
	return 0;
}

static int count_intervals(const struct pair *v, size_t n, enum interval interval, struct arena *a,
			   struct position_history_row *row, struct err *e)
{
	size_t cap = 0;
	for (size_t i = 0; i < n; i++) {
		day_t from = interval_start(id_day(v[i].id), interval);
		if (row->n_intervals == 0 || row->intervals[row->n_intervals - 1].from != from) {
			if (arena_grow(a, (void **)&row->intervals, &cap, row->n_intervals + 1,
				       sizeof *row->intervals))
				return arena_full(e);
			row->intervals[row->n_intervals++] =
				(struct position_interval){.from = from};
		}
		row->intervals[row->n_intervals - 1].statements[v[i].position]++;
		row->changes.statements[v[i].position]++;
	}
	return 0;
}

static int find_runs(const struct pair *v, size_t n, int articles, struct arena *a,
		     struct position_changes *out, struct err *e)
{
	struct positions_taken taken = {.v = arena_array(a, n, sizeof *taken.v)};
	if (!taken.v)
		return arena_full(e);
	for (size_t i = 0; i < n; i++)
		if (v[i].position == POSITION_SUPPORT || v[i].position == POSITION_OPPOSE)
			taken.v[taken.n++] =
				(struct position_taken){.id = v[i].id,
							.article = v[i].article,
							.position = (enum position)v[i].position};
	return position_runs_find(&taken, articles, a, out, e);
}

static int fill(struct reader *r, const struct position_history_query *h, const struct gathering *g,
		struct position_history *out, struct err *e)
{
	size_t most = h->limit < 1 ? 1 : (size_t)h->limit, intervals = 0;
	out->rows = g->n_stretches;
	out->n = out->rows < most ? out->rows : most;
	out->v = arena_array(g->a, out->n, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	for (size_t i = 0; i < out->n; i++) {
		struct position_history_row *row = &out->v[i];
		const struct stretch *s = &g->stretches[i];
		const struct pair *v = g->v + s->from;
		row->issue = name_cache_issue(&r->names, v->issue, g->a, e);
		if (!row->issue || count_intervals(v, s->n, h->interval, g->a, row, e) ||
		    find_runs(v, s->n, h->articles, g->a, &row->changes, e))
			return -1;
		intervals += row->n_intervals;
		if (intervals > COUNT_GROUPS_MAX)
			return err_set(e, ERR_INPUT, "interval",
				       "more than %d intervals of all issues; let \"interval\" be "
				       "longer, or \"limit\" less",
				       COUNT_GROUPS_MAX);
	}
	return 0;
}

int store_position_history(struct reader *r, const struct position_history_query *h,
			   struct arena *a, struct position_history *out, struct err *e)
{
	struct gathering g = {.a = a};
	struct statement_query all = *h->q;
	*out = (struct position_history){0};
	if (all.is_void)
		return 0;
	all.positions = 0;
	const struct scan_query s = {.q = &all,
				     .unit = SCAN_PAIRS,
				     .columns = BLOCK_IDS | BLOCK_BIT(BLOCK_ARTICLES),
				     .with_open = h->with_open};
	if (scan(r, &s, a, take, &g, e) || find_stretches(&g, e))
		return -1;
	return reader_call(r, e) || fill(r, h, &g, out, e) ? -1 : 0;
}
