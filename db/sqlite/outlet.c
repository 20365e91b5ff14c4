/* Outlets, from the indexes of articles and of their further sources. */
#include "db/outlet.h"

#include "db/id.h"
#include "db/sqlite/outlet_name.h"

int outlet_next(struct reader *r, struct str after, struct arena *a, struct str *out, struct err *e)
{
	static const enum reader_sql texts[] = {R_NEXT_OUTLET, R_NEXT_SOURCE};
	bool is_found = false;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		sqlite3_stmt *st = r->st[texts[i]];
		sql_bind_str(st, 1, after);
		int row = sql_row(st, e);
		if (row > 0 && (!is_found || str_cmp(sql_column(st, 0), *out) < 0))
			*out = sql_copy(st, 0, a);
		sqlite3_reset(st);
		if (row < 0)
			return -1;
		if (row > 0 && !out->p)
			return arena_full(e);
		is_found |= row > 0;
	}
	return is_found;
}

/* Its own articles, and those that it printed after another one. */
static int sum_up(struct reader *r, struct outlet *o, struct err *e)
{
	static const enum reader_sql texts[] = {R_OUTLET, R_OUTLET_SOURCES};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		sqlite3_stmt *st = r->st[texts[i]];
		sql_bind_str(st, 1, o->name);
		int row = sql_row(st, e);
		int64_t n = row > 0 ? sqlite3_column_int64(st, 0) : 0;
		day_t first = (day_t)(sqlite3_column_int64(st, 2) - ID_DAY_OFFSET);
		day_t last = (day_t)(sqlite3_column_int64(st, 3) - ID_DAY_OFFSET);
		if (n > 0) {
			o->first = o->articles && o->first < first ? o->first : first;
			o->last = o->articles && o->last > last ? o->last : last;
			o->articles += n;
			o->statements += sqlite3_column_int64(st, 1);
		}
		sqlite3_reset(st);
		if (row < 0)
			return -1;
	}
	return 0;
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
		int found = outlet_next(r, at, a, &at, e);
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

int store_has_outlet(struct reader *r, struct str name, bool *out, struct err *e)
{
	static const enum reader_sql texts[] = {R_FEW_OF_OUTLET, R_FEW_OF_SOURCE};
	*out = false;
	if (reader_call(r, e))
		return -1;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0] && !*out; i++) {
		sqlite3_stmt *st = r->st[texts[i]];
		sql_bind_str(st, 1, name);
		sqlite3_bind_int64(st, 2, 1);
		int row = sql_row(st, e);
		*out = row > 0 && sqlite3_column_int64(st, 0) > 0;
		sqlite3_reset(st);
		if (row < 0)
			return -1;
	}
	return 0;
}

int outlet_statements(struct reader *r, struct str name, int64_t *out, struct err *e)
{
	struct outlet o = {.name = name};
	int rc = reader_call(r, e) || sum_up(r, &o, e) ? -1 : 0;
	*out = o.statements;
	return rc;
}
