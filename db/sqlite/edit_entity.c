/* Edits of actors and issues: names, and which of them are the same. */
#include "db/sqlite/edit_entity.h"

#include "db/sqlite/entity_key.h"
#include "db/validation.h"

/* What differs between actors and issues, where they are merged. */
struct sort {
	const char *noun;
	int (*find)(struct transaction *, struct str, struct entity_row *, struct err *);
	enum writer_sql is_merged_into; /* the keys of those */
};
static const struct sort actors = {"actor", actor_find, W_ACTORS_MERGED};
static const struct sort issues = {"issue", issue_find, W_ISSUES_MERGED};

static const struct sort *sort_of(enum edit_action action)
{
	return action == EDIT_MERGE_ISSUES ? &issues : &actors;
}

/* --- the row as it is --- */

static int read_strs(struct transaction *t, int64_t key, struct strs *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_ALIASES_OF);
	struct str *v = NULL;
	size_t n = 0, cap = 0;
	sqlite3_bind_int64(st, 1, key);
	int row;
	while ((row = sql_row(st, e)) > 0) {
		if (arena_grow(&t->arena, (void **)&v, &cap, n + 1, sizeof *v) ||
		    !(v[n++] = sql_copy(st, 0, &t->arena)).p) {
			sqlite3_reset(st);
			return arena_full(e);
		}
	}
	*out = (struct strs){v, n};
	return row;
}

static day_t column_day(sqlite3_stmt *st, int at)
{
	return sqlite3_column_type(st, at) == SQLITE_NULL ? DAY_NONE
							  : (day_t)sqlite3_column_int(st, at);
}

static int read_roles(struct transaction *t, int64_t key, struct actor *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_ROLES_OF);
	struct role *v = NULL;
	size_t n = 0, cap = 0;
	sqlite3_bind_int64(st, 1, key);
	int row;
	while ((row = sql_row(st, e)) > 0) {
		if (arena_grow(&t->arena, (void **)&v, &cap, n + 1, sizeof *v)) {
			sqlite3_reset(st);
			return arena_full(e);
		}
		v[n++] = (struct role){sql_copy(st, 0, &t->arena), sql_copy(st, 1, &t->arena),
				       column_day(st, 2), column_day(st, 3)};
	}
	out->roles = v;
	out->n_roles = n;
	return row;
}

/* An actor with all its names. */
static int read_actor(struct transaction *t, int64_t key, struct actor *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_ACTOR_OF);
	sqlite3_bind_int64(st, 1, key);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_DB, NULL, "actor %lld is missing", (long long)key);
	*out = (struct actor){.id = sql_copy(st, 0, &t->arena),
			      .name = sql_copy(st, 1, &t->arena),
			      .kind = (enum actor_kind)sqlite3_column_int(st, 2),
			      .country = sql_copy(st, 3, &t->arena),
			      .wikidata = sql_copy(st, 4, &t->arena)};
	sqlite3_reset(st);
	return read_strs(t, key, &out->aliases, e) || read_roles(t, key, out, e) ? -1 : 0;
}

static int read_issue(struct transaction *t, int64_t key, struct issue *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_ISSUE_OF);
	sqlite3_bind_int64(st, 1, key);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_DB, NULL, "issue %lld is missing", (long long)key);
	*out = (struct issue){.id = sql_copy(st, 0, &t->arena),
			      .label = sql_copy(st, 1, &t->arena),
			      .parent = STR_EMPTY};
	sqlite3_reset(st);
	return out->id.p && out->label.p ? 0 : arena_full(e);
}

static struct str actor_blob(struct transaction *t, const struct actor *a, struct str into)
{
	buf_clear(&t->record);
	label_write_actor(&t->record, a, into);
	struct str none = {0};
	return t->record.failed ? none : arena_str(&t->arena, buf_str(&t->record));
}

static struct str issue_blob(struct transaction *t, const struct issue *i, struct str into)
{
	buf_clear(&t->record);
	label_write_issue(&t->record, i, into);
	struct str none = {0};
	return t->record.failed ? none : arena_str(&t->arena, buf_str(&t->record));
}

/* --- rows written --- */

/* Names lead elsewhere from now on. */
static void forget_names(struct transaction *t)
{
	key_cache_clear(t->keys);
	t->renames = true;
}

static int write_actor(struct transaction *t, int64_t key, const struct actor *a, bool is_edited,
		       int64_t edit, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_EDIT_ACTOR);
	sqlite3_bind_int64(st, 1, key);
	sql_bind_str(st, 2, a->name);
	sqlite3_bind_int64(st, 3, a->kind);
	sql_bind_str(st, 4, a->country);
	sql_bind_str(st, 5, a->wikidata);
	sqlite3_bind_int64(st, 6, is_edited);
	sqlite3_bind_int64(st, 7, edit);
	sqlite3_bind_int64(st, 8, t->commit);
	forget_names(t);
	state_raise_edition(&t->state);
	return sql_do(st, e) || actor_drop_names(t, key, e) || actor_put_names(t, a, key, e) ? -1
											     : 0;
}

/* --- merging --- */

static int run_stale(struct transaction *t, enum writer_sql text, int64_t key, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, text);
	int64_t before = sqlite3_total_changes64(t->connection->db);
	sqlite3_bind_int64(st, 1, key);
	sqlite3_bind_int64(st, 2, t->state.reread.edition);
	if (sql_do(st, e))
		return -1;
	t->state.reread.stale += sqlite3_total_changes64(t->connection->db) - before;
	return 0;
}

/* The articles whose statements name it are read again. */
static int make_stale(struct transaction *t, const struct sort *s, int64_t key, struct err *e)
{
	if (s == &issues)
		return run_stale(t, W_STALE_BY_ISSUE, key, e);
	return run_stale(t, W_STALE_BY_SPEAKER, key, e) ||
			       run_stale(t, W_STALE_BY_TARGET, key, e) ||
			       run_stale(t, W_STALE_BY_ADDRESSEE, key, e)
		       ? -1
		       : 0;
}

static int set_merged(struct transaction *t, const struct sort *s, int64_t key, int64_t into,
		      int64_t edit, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, s == &issues ? W_MERGE_ISSUE : W_MERGE_ACTOR);
	sqlite3_bind_int64(st, 1, key);
	sql_bind_key(st, 2, into);
	sqlite3_bind_int64(st, 3, edit);
	sqlite3_bind_int64(st, 4, t->commit);
	return sql_do(st, e);
}

static int list_merged(struct transaction *t, const struct sort *s, int64_t into, struct keys *out,
		       struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, s->is_merged_into);
	sqlite3_bind_int64(st, 1, into);
	return sql_keys(st, &t->arena, out, e);
}

/* Where the row of a slug leads now, by what its last edit says; "" for nowhere. */
static int read_link(struct transaction *t, const struct sort *s, int64_t key, struct str *into,
		     int64_t *edit, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, s == &issues ? W_ISSUE_OF : W_ACTOR_OF);
	struct edit_row row;
	struct label label;
	sqlite3_bind_int64(st, 1, key);
	int found = sql_row(st, e);
	if (found <= 0)
		return found;
	*edit = sqlite3_column_int64(st, s == &issues ? 3 : 8);
	sqlite3_reset(st);
	if (edit_row_find(t, *edit, &row, e) || label_read(row.after, &t->arena, &label, e))
		return -1;
	*into = label.merged_into;
	return 0;
}

/* Those that lead to `root` by way of what is merged into it, or not any more: every one leads to
 * its end in one step. */
static int lead_on(struct transaction *t, const struct sort *s, struct str by, int64_t from,
		   int64_t to, struct err *e)
{
	struct keys all;
	if (list_merged(t, s, from, &all, e))
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		struct str into = STR_EMPTY;
		int64_t edit = 0;
		if (read_link(t, s, all.v[i], &into, &edit, e))
			return -1;
		if (by.n && !str_eq(by, into))
			continue;
		if (set_merged(t, s, all.v[i], to, edit, e))
			return -1;
	}
	return 0;
}

static int check_merge(struct transaction *t, struct edit_write *w, const struct sort *s,
		       struct entity_row *from, struct entity_row *into, struct err *e)
{
	struct str id = s == &issues ? w->issue : w->actor.id;
	if (s->find(t, id, from, e) || s->find(t, w->into, into, e))
		return -1;
	if (!from->key)
		return EDIT_REFUSE(w, ERR_NOT_FOUND, NULL, "there is no %s \"%.*s\"", s->noun,
				   STR_ARG(id));
	if (!into->key)
		return EDIT_REFUSE(w, ERR_INPUT, "into", "there is no %s \"%.*s\"", s->noun,
				   STR_ARG(w->into));
	if (w->version >= 0 && w->version != from->edit)
		return EDIT_REFUSE(w, ERR_CHANGED, NULL,
				   "%s \"%.*s\" has changed since it was read: its last edit is "
				   "%lld by now",
				   s->noun, STR_ARG(id), (long long)from->edit);
	if (from->merged)
		return EDIT_REFUSE(w, ERR_CONFLICT, NULL, "%s \"%.*s\" is merged already", s->noun,
				   STR_ARG(id));
	if ((into->merged ? into->merged : into->key) == from->key)
		return EDIT_REFUSE(w, ERR_CONFLICT, "into",
				   "%s \"%.*s\" would be merged into itself", s->noun, STR_ARG(id));
	return 0;
}

static int thing_of(struct transaction *t, int64_t edit, int64_t *out, struct err *e)
{
	struct edit_row last;
	if (edit_row_find(t, edit, &last, e))
		return -1;
	*out = last.thing;
	return 0;
}

static int merge(struct transaction *t, struct edit_write *w, struct err *e)
{
	const struct sort *s = sort_of(w->action);
	struct entity_row from, into;
	struct edit_row row = {.action = w->action};
	struct actor actor;
	struct issue issue;
	if (check_merge(t, w, s, &from, &into, e))
		return -1;
	if (edit_is_refused(w))
		return 0;
	int64_t root = into.merged ? into.merged : into.key;
	bool is_issue = s == &issues;
	if (is_issue ? read_issue(t, from.key, &issue, e) : read_actor(t, from.key, &actor, e))
		return -1;
	row.subject = is_issue ? issue.id : actor.id;
	row.before = is_issue ? issue_blob(t, &issue, STR_EMPTY) : actor_blob(t, &actor, STR_EMPTY);
	row.after = is_issue ? issue_blob(t, &issue, w->into) : actor_blob(t, &actor, w->into);
	if (!row.before.p || !row.after.p)
		return arena_full(e);
	forget_names(t);
	return thing_of(t, from.edit, &row.thing, e) || edit_note(t, w, &row, e) ||
			       lead_on(t, s, STR_EMPTY, from.key, root, e) ||
			       set_merged(t, s, from.key, root, row.id, e) ||
			       make_stale(t, s, from.key, e)
		       ? -1
		       : 0;
}

/* --- actors added and changed --- */

static int check_actor(struct transaction *t, struct edit_write *w, struct entity_row *row,
		       struct err *e)
{
	struct str id = w->actor.id;
	if (actor_find(t, id, row, e))
		return -1;
	if (w->action == EDIT_ADD_ACTOR && row->key)
		return EDIT_REFUSE(w, ERR_CONFLICT, "name", "there is an actor \"%.*s\" already",
				   STR_ARG(id));
	if (w->action == EDIT_CHANGE_ACTOR && !row->key)
		return EDIT_REFUSE(w, ERR_NOT_FOUND, NULL, "there is no actor \"%.*s\"",
				   STR_ARG(id));
	if (w->action == EDIT_CHANGE_ACTOR && w->version >= 0 && w->version != row->edit)
		return EDIT_REFUSE(w, ERR_CHANGED, NULL,
				   "actor \"%.*s\" has changed since it was read: its last edit is "
				   "%lld by now",
				   STR_ARG(id), (long long)row->edit);
	return validate_actor(&w->actor, e);
}

int edit_actor_check(struct transaction *t, struct edit_write *w, struct err *e)
{
	struct entity_row ignored;
	return check_actor(t, w, &ignored, e);
}

static int put_actor(struct transaction *t, struct edit_write *w, struct err *e)
{
	struct entity_row was;
	struct actor before;
	struct edit_row row = {.action = w->action, .subject = w->actor.id};
	if (check_actor(t, w, &was, e))
		return -1;
	if (edit_is_refused(w))
		return 0;
	if (was.key) {
		if (read_actor(t, was.key, &before, e))
			return -1;
		row.before = actor_blob(t, &before, STR_EMPTY);
	}
	row.after = actor_blob(t, &w->actor, STR_EMPTY);
	if (!row.after.p || (was.key && !row.before.p))
		return arena_full(e);
	if (thing_of(t, was.edit, &row.thing, e) || edit_note(t, w, &row, e) ||
	    (!was.key && actor_insert(t, &w->actor, false, &was.key, e)))
		return -1;
	return write_actor(t, was.key, &w->actor, true, row.id, e);
}

int edit_entity(struct transaction *t, struct edit_write *w, struct err *e)
{
	bool is_merge = w->action == EDIT_MERGE_ACTORS || w->action == EDIT_MERGE_ISSUES;
	return is_merge ? merge(t, w, e) : put_actor(t, w, e);
}

/* --- taken back --- */

/* Merged or not, as the label says. */
static int undo_merge(struct transaction *t, const struct sort *s, const struct edit_row *row,
		      const struct label *to, const struct entity_row *now, struct err *e)
{
	struct entity_row into = {0};
	int64_t root = 0;
	if (to->merged_into.n) {
		if (s->find(t, to->merged_into, &into, e))
			return -1;
		root = into.merged ? into.merged : into.key;
	}
	/* A circle by what has happened since: it stays apart. */
	if (root == now->key)
		root = 0;
	int rc = root ? lead_on(t, s, STR_EMPTY, now->key, root, e)
		      : lead_on(t, s, row->subject, now->merged, now->key, e);
	forget_names(t);
	return rc || set_merged(t, s, now->key, root, row->id, e) ||
			       make_stale(t, s, root ? now->key : now->merged, e)
		       ? -1
		       : 0;
}

/* An actor that nobody names goes; of others the edit cannot be taken back. */
static int drop_actor(struct transaction *t, struct edit_write *w, const struct edit_row *of,
		      const struct entity_row *now, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_ACTOR_OF);
	struct edit_row row;
	struct keys merged;
	sqlite3_bind_int64(st, 1, now->key);
	int found = sql_row(st, e);
	int64_t mentions = found > 0 ? sqlite3_column_int64(st, 5) : 0;
	/* What goes with the same write is counted at its end. */
	for (size_t i = 0; i < t->actors.n; i++)
		if (t->actors.v[i].key == now->key)
			mentions += t->actors.v[i].others;
	bool is_named = mentions > 0;
	sqlite3_reset(st);
	if (found < 0 || list_merged(t, &actors, now->key, &merged, e))
		return -1;
	if (is_named || merged.n)
		return EDIT_REFUSE(w, ERR_CONFLICT, NULL,
				   "statements name the actor \"%.*s\", or another one is merged "
				   "into it",
				   STR_ARG(of->subject));
	st = transaction_sql(t, W_DROP_ACTOR);
	sqlite3_bind_int64(st, 1, now->key);
	forget_names(t);
	state_raise_edition(&t->state);
	t->state.actors--;
	return edit_note_undo(t, w, of, &row, e) || actor_drop_names(t, now->key, e) ||
			       sql_do(st, e)
		       ? -1
		       : 0;
}

int edit_undo_entity(struct transaction *t, struct edit_write *w, const struct edit_row *of,
		     bool is_last, struct err *e)
{
	struct label before, after;
	struct entity_row now;
	struct edit_row row;
	if (label_read(of->before, &t->arena, &before, e) ||
	    label_read(of->after, &t->arena, &after, e))
		return -1;
	bool is_issue = before.kind == LABEL_ISSUE || after.kind == LABEL_ISSUE;
	const struct sort *s = is_issue ? &issues : &actors;
	if (s->find(t, of->subject, &now, e))
		return -1;
	if (before.kind == LABEL_NONE)
		return drop_actor(t, w, of, &now, e);
	if (!now.key && after.kind != LABEL_NONE)
		return EDIT_REFUSE(w, ERR_CONFLICT, NULL, "there is no %s \"%.*s\" any more",
				   s->noun, STR_ARG(of->subject));
	if (edit_note_undo(t, w, of, &row, e))
		return -1;
	if (!str_eq(before.merged_into, after.merged_into))
		return undo_merge(t, s, &row, &before, &now, e);
	if (!now.key && actor_insert(t, &before.actor, false, &now.key, e))
		return -1;
	return write_actor(t, now.key, &before.actor, !is_last, row.id, e);
}
