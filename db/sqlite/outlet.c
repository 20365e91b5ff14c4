/* Outlets, from the index of articles by outlet alone. */
#include "db/outlet.h"

#include "db/id.h"
#include "db/sqlite/reader.h"

/* One step in the index, however many articles lie between. 1, 0 at the end, -1 with *e. */
static int next_name(struct reader *r, struct str after, struct arena *a, struct str *out,
		     struct err *e)
{
	sqlite3_stmt *st = r->st[R_NEXT_OUTLET];
	sql_bind_str(st, 1, after);
	int row = sql_row(st, e);
	if (row <= 0)
		return row;
	*out = sql_copy(st, 0, a);
	sqlite3_reset(st);
	return out->p ? 1 : arena_full(e);
}

static int sum_up(struct reader *r, struct outlet *o, struct err *e)
{
	sqlite3_stmt *st = r->st[R_OUTLET];
	sql_bind_str(st, 1, o->name);
	int row = sql_row(st, e);
	if (row > 0) {
		o->articles = sqlite3_column_int64(st, 0);
		o->statements = sqlite3_column_int64(st, 1);
		o->first = (day_t)(sqlite3_column_int64(st, 2) - ID_DAY_OFFSET);
		o->last = (day_t)(sqlite3_column_int64(st, 3) - ID_DAY_OFFSET);
	}
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

int store_outlets(struct reader *r, const struct outlet_query *q, struct arena *a,
		  struct outlets *out, struct str *next, struct err *e)
{
	struct str at = q->after;
	*next = STR_EMPTY;
	*out = (struct outlets){.v = arena_array(a, (size_t)q->limit, sizeof *out->v)};
	if (!out->v)
		return arena_full(e);
	if (reader_call(r, e))
		return -1;
	for (;;) {
		int found = next_name(r, at, a, &at, e);
		if (found <= 0)
			return found;
		if (out->n == (size_t)q->limit) {
			*next = out->v[out->n - 1].name;
			return 0;
		}
		struct outlet *o = &out->v[out->n++];
		*o = (struct outlet){.name = at};
		if (!q->names_alone && sum_up(r, o, e))
			return -1;
	}
}

int outlet_statements(struct reader *r, struct str name, int64_t *out, struct err *e)
{
	struct outlet o = {.name = name};
	int rc = reader_call(r, e) || sum_up(r, &o, e) ? -1 : 0;
	*out = o.statements;
	return rc;
}
