/* One pass over each side's facets, which stand in the order of the issues; the two merged. */
#include "db/grid.h"

#include <stdlib.h>

#include "db/id.h"
#include "db/packed_fields.h"
#include "db/sqlite/catalog.h"

struct side_issue {
	int64_t key;
	struct grid_cell cell;
};

struct side_issues {
	struct side_issue *v;
	size_t n, cap;
};

static void bind_side(sqlite3_stmt *st, const struct grid_query *q, int side)
{
	int64_t above, below;
	id_bounds(q->published_after, q->published_before, false, 0, &above, &below);
	sqlite3_bind_int64(st, 1, q->sides[side]);
	sqlite3_bind_int64(st, 2, above);
	sqlite3_bind_int64(st, 3, below);
	sqlite3_bind_int64(st, 4, fields_thousandths(q->min_confidence));
	sqlite3_bind_int64(st, 5, fields_thousandths(q->min_stance_confidence));
	sqlite3_bind_int64(st, 6, fields_thousandths(q->min_position_confidence));
	uint32_t copies = copies_mask(q->copies);
	sqlite3_bind_int64(st, 7, copies ? copies : 3);
}

static void count(struct grid_cell *c, int64_t statement, int64_t fields)
{
	int position = fields_position(fields);
	if (position < POSITION_COUNT)
		c->statements[position]++;
	c->count++;
	if (statement > c->latest)
		c->latest = statement;
	if (c->first == 0 || statement < c->first)
		c->first = statement;
}

static int read_side(struct reader *r, const struct grid_query *q, int side, struct arena *a,
		     struct side_issues *out, int64_t *statements, struct err *e)
{
	sqlite3_stmt *st = r->st[R_GRID_SIDE];
	bind_side(st, q, side);
	int row;
	while ((row = sql_row(st, e)) > 0) {
		int64_t issue = sqlite3_column_int64(st, 0);
		if (issue == 0) {
			++*statements;
			continue;
		}
		if (out->n == 0 || out->v[out->n - 1].key != issue) {
			if (out->n == GRID_ISSUES_MAX)
				row = err_set(e, ERR_INPUT, NULL,
					      "more than %d issues; narrow the question",
					      GRID_ISSUES_MAX);
			else if (arena_grow(a, (void **)&out->v, &out->cap, out->n + 1,
					    sizeof *out->v))
				row = arena_full(e);
			if (row < 0)
				break;
			out->v[out->n++] = (struct side_issue){.key = issue};
		}
		count(&out->v[out->n - 1].cell, sqlite3_column_int64(st, 1),
		      sqlite3_column_int64(st, 2));
	}
	sqlite3_reset(st);
	return row;
}

struct merged {
	int64_t key;
	const struct grid_cell *cells[2]; /* NULL: silent */
	int64_t count;
};

/* The largest first; of equals the older issue. */
static int by_count(const void *va, const void *vb)
{
	const struct merged *a = va, *b = vb;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return a->key < b->key ? -1 : a->key > b->key;
}

static bool is_wanted(const struct grid_query *q, const struct merged *m)
{
	const struct grid_cell *a = m->cells[0], *b = m->cells[1];
	if (q->only_silences && a && b)
		return false;
	return !q->only_unanswered || (a && (!b || id_day(b->latest) < id_day(a->first)));
}

/* Both lists rise by key. */
static size_t merge(const struct side_issues sides[2], const struct grid_query *q,
		    struct merged *out)
{
	size_t at[2] = {0, 0}, n = 0;
	while (at[0] < sides[0].n || at[1] < sides[1].n) {
		struct merged m = {.key = INT64_MAX};
		for (int s = 0; s < 2; s++)
			if (at[s] < sides[s].n && sides[s].v[at[s]].key < m.key)
				m.key = sides[s].v[at[s]].key;
		for (int s = 0; s < 2; s++) {
			if (at[s] == sides[s].n || sides[s].v[at[s]].key != m.key)
				continue;
			m.cells[s] = &sides[s].v[at[s]++].cell;
			m.count += m.cells[s]->count;
		}
		if (is_wanted(q, &m))
			out[n++] = m;
	}
	return n;
}

static int fill(struct reader *r, const struct grid_query *q, const struct merged *v, size_t n,
		struct arena *a, struct grid *out, struct err *e)
{
	size_t most = q->limit < 1 ? 1 : (size_t)q->limit;
	struct keys known;
	out->v = arena_array(a, most, sizeof *out->v);
	if (!out->v)
		return arena_full(e);
	if (catalog_known_issues(r, a, &known, e))
		return -1;
	for (size_t i = 0; i < n; i++) {
		if ((!q->with_open && !catalog_has_key(known, v[i].key)) || out->rows++ >= most)
			continue;
		const struct issue *issue = name_cache_issue(&r->names, v[i].key, a, e);
		if (!issue)
			return -1;
		struct grid_row *row = &out->v[out->n++];
		*row = (struct grid_row){.issue = issue};
		for (int s = 0; s < 2; s++)
			if (v[i].cells[s])
				row->sides[s] = *v[i].cells[s];
	}
	return 0;
}

int store_grid(struct reader *r, const struct grid_query *q, struct arena *a, struct grid *out,
	       struct err *e)
{
	struct side_issues sides[2] = {0};
	*out = (struct grid){0};
	if (reader_call(r, e))
		return -1;
	for (int s = 0; s < 2; s++)
		if (read_side(r, q, s, a, &sides[s], &out->statements[s], e))
			return -1;
	struct merged *v = arena_array(a, sides[0].n + sides[1].n, sizeof *v);
	if (!v)
		return arena_full(e);
	size_t n = merge(sides, q, v);
	if (n)
		qsort(v, n, sizeof *v, by_count);
	return fill(r, q, v, n, a, out, e);
}
