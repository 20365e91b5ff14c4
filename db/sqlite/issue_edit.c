/* Issues added, changed, reset, dropped, each as one write; and their list, for the engine. */
#include "db/sqlite/issue_edit.h"

#include <string.h>

#include "db/issue_edit.h"
#include "db/sqlite/catalog.h"
#include "db/sqlite/entity_key.h"
#include "db/validation.h"

/* What the caller asks cannot be: reported in the write, while the group goes on. */
#define REFUSE(w, ...) (err_set(&(w)->err, __VA_ARGS__), 0)

/* Up from the parent: each must be there, none open, and none the issue itself. The bound ends a
 * circle that is there already. */
static int check_parent(struct transaction *t, struct issue_write *iw, struct err *e)
{
	enum { LEVELS_MAX = 32 };
	struct str at = iw->issue.parent;
	sqlite3_stmt *st = transaction_sql(t, W_ISSUE_PARENT);
	for (int level = 0; at.n; level++) {
		if (level == LEVELS_MAX || str_eq(at, iw->issue.id))
			return REFUSE(&iw->write, ERR_INPUT, "parent",
				      "\"%.*s\" would stand above itself", STR_ARG(iw->issue.id));
		sql_bind_str(st, 1, at);
		int row = sql_row(st, e);
		bool is_open = row > 0 && sqlite3_column_int(st, 1);
		struct str next = row > 0 ? sql_copy(st, 0, &t->arena) : STR_EMPTY;
		sqlite3_reset(st);
		if (row < 0)
			return -1;
		if (!next.p)
			return arena_full(e);
		if (level == 0 && (row == 0 || is_open))
			return REFUSE(&iw->write, ERR_INPUT, "parent", "there is no issue \"%.*s\"",
				      STR_ARG(at));
		at = next;
	}
	return 0;
}

static int join_terms(struct transaction *t, struct strs terms, struct str *out, struct err *e)
{
	size_t n = 0, room = 1;
	for (size_t i = 0; i < terms.n; i++)
		room += terms.v[i].n + 1;
	char *p = arena_alloc(&t->arena, room);
	if (!p)
		return arena_full(e);
	for (size_t i = 0; i < terms.n; i++) {
		memcpy(p + n, terms.v[i].p, terms.v[i].n);
		n += terms.v[i].n;
		p[n++] = '\n';
	}
	*out = (struct str){p, n};
	return 0;
}

static int mark_edited(struct transaction *t, int64_t key, bool is_edited, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_EDIT_ISSUE);
	sqlite3_bind_int64(st, 1, key);
	sqlite3_bind_int64(st, 2, is_edited);
	sqlite3_bind_int64(st, 3, t->commit);
	return sql_do(st, e);
}

static int save_edit(struct transaction *t, const struct issue *i, int64_t key, struct err *e)
{
	struct str terms;
	sqlite3_stmt *st = transaction_sql(t, W_SAVE_EDIT);
	if (join_terms(t, i->terms, &terms, e))
		return -1;
	sqlite3_bind_int64(st, 1, key);
	sql_bind_str(st, 2, terms);
	return sql_do(st, e) || mark_edited(t, key, true, e) ? -1 : 0;
}

static int put(struct transaction *t, struct issue_write *iw, struct entity_row *row, struct err *e)
{
	const struct issue *i = &iw->issue;
	if (iw->change == ISSUE_ADD && row->is_known)
		return REFUSE(&iw->write, ERR_CONFLICT, "label",
			      "there is an issue \"%.*s\" already", STR_ARG(i->id));
	if (iw->change == ISSUE_CHANGE && !row->key)
		return REFUSE(&iw->write, ERR_NOT_FOUND, NULL, "there is no issue \"%.*s\"",
			      STR_ARG(i->id));
	if (check_parent(t, iw, e))
		return -1;
	if (iw->write.err.kind != ERR_NONE)
		return 0;
	if (row->key ? issue_update(t, i, row->key, e) : issue_insert(t, i, &row->key, e))
		return -1;
	return save_edit(t, i, row->key, e);
}

static int drop_edit(struct transaction *t, int64_t key, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_DROP_EDIT);
	sqlite3_bind_int64(st, 1, key);
	return sql_do(st, e) || mark_edited(t, key, false, e) ? -1 : 0;
}

static int has_child(struct transaction *t, struct issue_write *iw, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_HAS_CHILD);
	sql_bind_str(st, 1, iw->issue.id);
	int row = sql_row(st, e);
	if (row > 0)
		err_set(&iw->write.err, ERR_CONFLICT, NULL, "the issue \"%.*s\" stands under it",
			STR_ARG(sql_column(st, 0)));
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

/* An open issue from now on: it goes with the last statement that names it, at once if there is
 * none. */
static int drop(struct transaction *t, struct issue_write *iw, int64_t key, struct err *e)
{
	if (has_child(t, iw, e))
		return -1;
	if (iw->write.err.kind != ERR_NONE)
		return 0;
	struct issue open = {
		.id = iw->issue.id, .label = iw->issue.label, .parent = STR_EMPTY, .is_open = true};
	return drop_edit(t, key, e) || issue_update(t, &open, key, e) ||
			       transaction_count_issue(t, key, 1, 0, e) ||
			       transaction_count_issue(t, key, -1, 0, e)
		       ? -1
		       : 0;
}

static int take_back(struct transaction *t, struct issue_write *iw, const struct entity_row *row,
		     struct err *e)
{
	if (!row->key)
		return REFUSE(&iw->write, ERR_NOT_FOUND, NULL, "there is no issue \"%.*s\"",
			      STR_ARG(iw->issue.id));
	if (!row->is_edited && iw->change == ISSUE_RESET)
		return REFUSE(&iw->write, ERR_CONFLICT, NULL,
			      "the issue \"%.*s\" is of the program's own table: it can be "
			      "changed, not deleted",
			      STR_ARG(iw->issue.id));
	if (!row->is_edited && !row->is_known)
		return REFUSE(&iw->write, ERR_CONFLICT, NULL,
			      "the issue \"%.*s\" was found in texts: it goes with the last "
			      "statement that names it",
			      STR_ARG(iw->issue.id));
	if (iw->change == ISSUE_DROP)
		return drop(t, iw, row->key, e);
	return drop_edit(t, row->key, e) || issue_update(t, &iw->issue, row->key, e) ? -1 : 0;
}

int issue_edit_save(struct transaction *t, struct write *w, struct err *e)
{
	struct issue_write *iw = (struct issue_write *)(void *)w;
	bool is_put = iw->change == ISSUE_ADD || iw->change == ISSUE_CHANGE;
	struct entity_row row;
	if (validate_issue(&iw->issue, e) || issue_find(t, iw->issue.id, &row, e) ||
	    (is_put ? put(t, iw, &row, e) : take_back(t, iw, &row, e)))
		return -1;
	if (w->err.kind != ERR_NONE)
		return 0;
	key_cache_clear(t->keys);
	t->renames = true;
	state_raise_edition(&t->state);
	iw->edition = t->state.reread.edition;
	return 0;
}

int store_edited_issues(struct reader *r, struct arena *a, struct issue **out, size_t *n,
			int64_t *edition, struct err *e)
{
	struct issue_matches found;
	if (reader_call(r, e))
		return -1;
	int row = sql_row(r->st[R_EDITION], e);
	if (row <= 0)
		return row < 0 ? -1 : err_set(e, ERR_DB, NULL, "the table \"reread\" is empty");
	*edition = sqlite3_column_int64(r->st[R_EDITION], 0);
	sqlite3_reset(r->st[R_EDITION]);
	if (catalog_read_issues(r->st[R_EDITED_ISSUES], a, &found, e) ||
	    catalog_read_terms(r, a, &found, e))
		return -1;
	*out = arena_array(a, found.n, sizeof **out);
	if (!*out)
		return arena_full(e);
	for (*n = 0; *n < found.n; (*n)++)
		(*out)[*n] = found.v[*n].issue;
	return 0;
}
