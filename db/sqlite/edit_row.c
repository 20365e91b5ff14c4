/* Edits by text and by thing. */
#include "db/sqlite/edit_row.h"

#include "base/clock.h"
#include "db/label.h"

static int read_row(struct transaction *t, sqlite3_stmt *st, struct edit_row *out, struct err *e)
{
	struct arena *a = &t->arena;
	*out = (struct edit_row){.id = sqlite3_column_int64(st, 0),
				 .action = (enum edit_action)sqlite3_column_int(st, 1),
				 .batch = sqlite3_column_int64(st, 2),
				 .thing = sqlite3_column_int64(st, 3),
				 .undoes = sqlite3_column_int64(st, 4),
				 .text = sql_copy(st, 5, a),
				 .subject = sql_copy(st, 6, a),
				 .before = sql_copy(st, 7, a),
				 .after = sql_copy(st, 8, a)};
	return out->text.p && out->subject.p && out->before.p && out->after.p ? 0 : arena_full(e);
}

int edit_row_find(struct transaction *t, int64_t id, struct edit_row *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_EDIT);
	*out = (struct edit_row){0};
	sqlite3_bind_int64(st, 1, id);
	int row = sql_row(st, e);
	if (row <= 0)
		return row;
	int result = read_row(t, st, out, e);
	sqlite3_reset(st);
	return result;
}

int edit_row_add(struct transaction *t, struct edit_row *row, struct str who, struct err *e)
{
	if (!row->id) {
		if (state_take_numbers(&t->state, 1, e))
			return -1;
		row->id = t->state.counter;
	}
	row->batch = row->batch ? row->batch : row->id;
	row->thing = row->thing ? row->thing : row->id;
	sqlite3_stmt *st = transaction_sql(t, W_ADD_EDIT);
	sqlite3_bind_int64(st, 1, row->id);
	sqlite3_bind_int64(st, 2, now_unix_ms());
	sql_bind_str(st, 3, who);
	sqlite3_bind_int64(st, 4, row->action);
	sqlite3_bind_int64(st, 5, row->batch);
	sqlite3_bind_int64(st, 6, row->thing);
	sqlite3_bind_int64(st, 7, row->undoes);
	if (row->text.n)
		sqlite3_bind_blob64(st, 8, row->text.p, row->text.n, SQLITE_STATIC);
	else
		sqlite3_bind_null(st, 8);
	sql_bind_str(st, 9, row->subject);
	sqlite3_bind_blob64(st, 10, row->before.p ? row->before.p : "", row->before.n,
			    SQLITE_STATIC);
	sqlite3_bind_blob64(st, 11, row->after.p ? row->after.p : "", row->after.n, SQLITE_STATIC);
	return sql_do(st, e);
}

/* --- what stands --- */

struct link {
	int64_t id, undoes;
};

int edit_top_of(struct transaction *t, int64_t thing, struct edit_top *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_EDITS_OF_THING);
	struct link *v = NULL;
	size_t n = 0, cap = 0, at = 0;
	sqlite3_bind_int64(st, 1, thing);
	int row;
	while ((row = sql_row(st, e)) > 0) {
		if (arena_grow(&t->arena, (void **)&v, &cap, n + 1, sizeof *v)) {
			sqlite3_reset(st);
			return arena_full(e);
		}
		v[n++] = (struct link){sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1)};
	}
	/* What was before the edit that it takes back; and that may be another taking back. */
	while (at < n && v[at].undoes) {
		int64_t undone = v[at].undoes;
		while (at < n && v[at].id != undone)
			at++;
		at++;
	}
	*out = (struct edit_top){n ? v[0].id : 0, at < n ? v[at].id : 0};
	return row;
}

/* --- decisions --- */

struct reading {
	struct transaction *t;
	struct nearby *in;
	struct decision *v;
	size_t n, cap;
	int64_t thing; /* that v[n - 1] is of */
};

/* The words are the text's. */
static int complete(struct reading *r, const struct label *l, const struct statement **out,
		    struct err *e)
{
	struct statement *s = arena_alloc(&r->t->arena, sizeof *s);
	if (!s)
		return arena_full(e);
	*s = l->statement;
	*out = s;
	return label_content(r->in, s->spans.content, &r->t->arena, &s->content, e);
}

static bool fits(struct reading *r, const struct label *l)
{
	return l->kind == LABEL_STATEMENT && label_anchor(r->in, &l->statement) == l->anchor;
}

/* The rows of one thing follow one another, the first one first. */
static int take(struct reading *r, const struct edit_row *row, struct err *e)
{
	struct label before, after;
	if (!r->n || row->thing != r->thing) {
		if (arena_grow(&r->t->arena, (void **)&r->v, &r->cap, r->n + 1, sizeof *r->v))
			return arena_full(e);
		struct decision *d = &r->v[r->n++];
		*d = (struct decision){0};
		r->thing = row->thing;
		if (label_read(row->before, &r->t->arena, &before, e) ||
		    (fits(r, &before) && complete(r, &before, &d->found, e)))
			return -1;
	}
	if (!r->v)
		return arena_full(e);
	struct decision *d = &r->v[r->n - 1];
	d->edit = row->id;
	if (!str_to_i64(row->subject, &d->statement))
		return err_set(e, ERR_DB, NULL, "edit %lld is damaged", (long long)row->id);
	d->is = NULL;
	d->is_in_force = false;
	if (label_read(row->after, &r->t->arena, &after, e))
		return -1;
	if (!fits(r, &after))
		return 0;
	d->is_in_force = after.statement.status != STATUS_MACHINE;
	return complete(r, &after, &d->is, e);
}

int decisions_read(struct transaction *t, struct str sha256, struct nearby *in,
		   struct decisions *out, struct err *e)
{
	struct reading r = {.t = t, .in = in};
	sqlite3_stmt *st = transaction_sql(t, W_EDITS_OF_TEXT);
	sqlite3_bind_blob64(st, 1, sha256.p, sha256.n, SQLITE_STATIC);
	int more;
	while ((more = sql_row(st, e)) > 0) {
		struct edit_row row;
		if (read_row(t, st, &row, e) || take(&r, &row, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	*out = (struct decisions){r.v, r.n};
	return more;
}
