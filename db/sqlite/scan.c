/* Scanning one range or many; of many, what was seen is remembered. */
#include "db/sqlite/scan.h"

/* Ids, hashed by Fibonacci's multiplier; 0 is none. At most 3/4 full. */
struct seen {
	int64_t *slots;
	size_t n, cap; /* a power of two, or 0 */
};

static size_t slot_of(const struct seen *s, int64_t id)
{
	size_t at = (size_t)(((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (s->cap - 1);
	while (s->slots[at] && s->slots[at] != id)
		at = (at + 1) & (s->cap - 1);
	return at;
}

static int seen_grow(struct seen *s, struct arena *a, struct err *e)
{
	struct seen larger = {.n = s->n, .cap = s->cap ? s->cap * 2 : 1024};
	larger.slots = arena_array(a, larger.cap, sizeof *larger.slots);
	if (!larger.slots)
		return arena_full(e);
	for (size_t i = 0; i < s->cap; i++)
		if (s->slots[i])
			larger.slots[slot_of(&larger, s->slots[i])] = s->slots[i];
	*s = larger;
	return 0;
}

/* 1 the first time, 0 later, -1 when the arena is full. */
static int seen_add(struct seen *s, int64_t id, struct arena *a, struct err *e)
{
	if (s->n * 4 >= s->cap * 3 && seen_grow(s, a, e))
		return -1;
	size_t at = slot_of(s, id);
	if (s->slots[at])
		return 0;
	s->slots[at] = id;
	s->n++;
	return 1;
}

static struct scan_row read_row(sqlite3_stmt *st, enum plan_columns columns)
{
	struct scan_row row = {.id = sqlite3_column_int64(st, 0),
			       .fields = sqlite3_column_int64(st, 1),
			       .facets = STR_EMPTY};
	if (columns != PLAN_NAMES)
		return row;
	row.speaker = sqlite3_column_int64(st, 2);
	row.target = sqlite3_column_int64(st, 3);
	row.article = sqlite3_column_int64(st, 4);
	row.facets = sql_column(st, 5);
	return row;
}

int scan(struct reader *r, const struct statement_query *q, enum plan_columns columns,
	 struct arena *a, scan_take *take, void *context, struct err *e)
{
	struct plan plan;
	struct seen seen = {0};
	struct statement_query all = *q;
	all.after = 0;
	if (reader_call(r, e) || plan_make(r, &all, a, &plan, e))
		return -1;
	plan.limit = INT32_MAX - 1;
	for (size_t i = 0; i < plan.n_ranges && !plan.is_empty; i++) {
		sqlite3_stmt *st = plan_open(r, &plan, &plan.ranges[i], columns, e);
		if (!st)
			return -1;
		int row;
		while ((row = sql_row(st, e)) > 0) {
			struct scan_row one = read_row(st, columns);
			int is_new = plan.n_ranges > 1 ? seen_add(&seen, one.id, a, e) : 1;
			if (is_new < 0 || (is_new && take(context, &one, e))) {
				sqlite3_reset(st);
				return -1;
			}
		}
		if (row < 0)
			return -1;
	}
	return 0;
}
