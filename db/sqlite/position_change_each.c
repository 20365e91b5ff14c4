/* The statements that take a position, by speaker and issue; of each pair its runs. */
#include <stdlib.h>

#include "db/packed_fields.h"
#include "db/position_change.h"
#include "db/position_runs.h"
#include "db/sqlite/scan.h"

struct pair {
	int64_t speaker, issue; /* 0: together */
	struct position_taken is;
};

/* A change, and the pair that it is of. */
struct found {
	struct position_change change;
	int64_t speaker, issue;
};

struct gathering {
	struct reader *r;
	struct arena *a;
	const struct position_change_each *each;
	struct position_changes *out;
	struct pair *v;
	size_t n, cap;
	struct found *found;
	size_t n_found, cap_found;
};

static int take(void *context, const struct scan_row *row, struct err *e)
{
	struct gathering *g = context;
	int position = fields_position(row->fields);
	if ((g->each->speaker && !row->speaker) || (g->each->issue && !row->issue))
		return 0;
	if (position < POSITION_COUNT)
		g->out->statements[position]++;
	if (position != POSITION_SUPPORT && position != POSITION_OPPOSE)
		return 0;
	if (g->n == POSITION_STATEMENTS_MAX)
		return err_set(e, ERR_INPUT, NULL,
			       "more than %d statements take a position; narrow the question",
			       POSITION_STATEMENTS_MAX);
	if (arena_grow(g->a, (void **)&g->v, &g->cap, g->n + 1, sizeof *g->v))
		return arena_full(e);
	g->v[g->n++] = (struct pair){.speaker = g->each->speaker ? row->speaker : 0,
				     .issue = g->each->issue ? row->issue : 0,
				     .is = {.id = row->id,
					    .article = row->article,
					    .position = (enum position)position}};
	return 0;
}

static int by_pair(const void *va, const void *vb)
{
	const struct pair *a = va, *b = vb;
	if (a->speaker != b->speaker)
		return a->speaker < b->speaker ? -1 : 1;
	if (a->issue != b->issue)
		return a->issue < b->issue ? -1 : 1;
	return (a->is.id > b->is.id) - (a->is.id < b->is.id);
}

/* In the order of time; of one statement by pair. */
static int by_time(const void *va, const void *vb)
{
	const struct found *a = va, *b = vb;
	if (a->change.after != b->change.after)
		return a->change.after < b->change.after ? -1 : 1;
	if (a->speaker != b->speaker)
		return a->speaker < b->speaker ? -1 : 1;
	return (a->issue > b->issue) - (a->issue < b->issue);
}

/* "Officials" are others each time, and change no mind. */
static int is_somebody(struct gathering *g, int64_t speaker, bool *out, struct err *e)
{
	const struct actor *a = speaker ? name_cache_actor(&g->r->names, speaker, g->a, e) : NULL;
	if (speaker && !a)
		return -1;
	*out = !a || actor_kind_is_named(a->kind);
	return 0;
}

/* One that takes one side alone has no change: its articles are counted all the same. */
static int find(struct gathering *g, const struct pair *v, size_t n, int articles, struct err *e)
{
	struct positions_taken taken = {.v = arena_array(g->a, n, sizeof *taken.v)};
	struct position_changes one = {0};
	if (!taken.v)
		return arena_full(e);
	for (; taken.n < n; taken.n++)
		taken.v[taken.n] = v[taken.n].is;
	if (position_runs_find(&taken, articles, g->a, &one, e) ||
	    arena_grow(g->a, (void **)&g->found, &g->cap_found, g->n_found + one.n,
		       sizeof *g->found))
		return arena_full(e);
	g->out->articles += one.articles;
	bool is_told = false;
	if (one.n && is_somebody(g, v->speaker, &is_told, e))
		return -1;
	for (size_t i = 0; is_told && i < one.n; i++)
		g->found[g->n_found++] = (struct found){one.v[i], v->speaker, v->issue};
	return 0;
}

static int find_all(struct gathering *g, int articles, struct err *e)
{
	if (g->n)
		qsort(g->v, g->n, sizeof *g->v, by_pair);
	for (size_t i = 0, n; i < g->n; i += n) {
		for (n = 1; i + n < g->n && g->v[i + n].speaker == g->v[i].speaker &&
			    g->v[i + n].issue == g->v[i].issue;)
			n++;
		if (find(g, g->v + i, n, articles, e))
			return -1;
	}
	if (g->n_found)
		qsort(g->found, g->n_found, sizeof *g->found, by_time);
	return 0;
}

static int name(struct gathering *g, struct err *e)
{
	struct position_changes *out = g->out;
	struct name_cache *names = &g->r->names;
	size_t most = g->each->limit < 1 ? 1 : (size_t)g->each->limit;
	size_t told = g->n_found < most ? g->n_found : most;
	const struct found *f = g->found + (g->n_found - told);
	out->n = g->n_found;
	out->v = arena_array(g->a, told, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	for (size_t i = 0; i < told; i++) {
		out->v[i] = f[i].change;
		if (f[i].speaker &&
		    !(out->v[i].speaker = name_cache_actor(names, f[i].speaker, g->a, e)))
			return -1;
		if (f[i].issue && !(out->v[i].issue = name_cache_issue(names, f[i].issue, g->a, e)))
			return -1;
	}
	return 0;
}

int store_position_changes_each(struct reader *r, const struct statement_query *q, int articles,
				const struct position_change_each *each, struct arena *a,
				struct position_changes *out, struct err *e)
{
	struct gathering g = {.r = r, .a = a, .each = each, .out = out};
	struct statement_query all = *q;
	*out = (struct position_changes){0};
	if (all.is_void)
		return 0;
	all.positions = 0;
	const struct scan_query s = {.q = &all,
				     .unit = each->issue ? SCAN_PAIRS : SCAN_POSITIONS,
				     .columns = BLOCK_IDS | BLOCK_BIT(BLOCK_TRAITS) |
						BLOCK_BIT(BLOCK_ARTICLES) |
						BLOCK_BIT(BLOCK_SPEAKERS),
				     .with_open = each->with_open};
	if (scan(r, &s, a, take, &g, e) || reader_call(r, e) || find_all(&g, articles, e))
		return -1;
	return name(&g, e);
}
