/* Which edits may be taken back, and who does what is asked. */
#include "db/sqlite/edit_write.h"

#include "db/sqlite/edit_entity.h"
#include "db/sqlite/edit_statement.h"

/* 1 when it was taken back, 0 when it cannot be. */
static int undo_one(struct transaction *t, struct edit_write *w, const struct edit_row *of,
		    struct err *e)
{
	struct edit_top top;
	if (edit_top_of(t, of->thing, &top, e))
		return -1;
	if (of->id != top.last && of->id != top.standing)
		return 0;
	bool is_statement = of->text.n > 0;
	if (is_statement ? edit_undo_statement(t, w, of, e)
			 : edit_undo_entity(t, w, of, of->id == of->thing, e))
		return -1;
	return !edit_is_refused(w);
}

/* The last one first: what was made later may rest on what was made before. */
static int list_batch(struct transaction *t, int64_t batch, struct keys *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_EDITS_OF_BATCH);
	sqlite3_bind_int64(st, 1, batch);
	return sql_keys(st, &t->arena, out, e);
}

static int undo(struct transaction *t, struct edit_write *w, struct err *e)
{
	struct edit_row of;
	struct keys all = {&w->undoes, 1};
	if (edit_row_find(t, w->undoes, &of, e))
		return -1;
	if (!of.id)
		return EDIT_REFUSE(w, ERR_NOT_FOUND, NULL, "there is no edit %lld",
				   (long long)w->undoes);
	if (w->together && list_batch(t, of.batch, &all, e))
		return -1;
	for (size_t i = 0; i < all.n; i++)
		if (edit_row_find(t, all.v[i], &of, e) || undo_one(t, w, &of, e) < 0)
			return -1;
	if (w->made == 0)
		return EDIT_REFUSE(w, ERR_CONFLICT, NULL,
				   "edit %lld was taken back, or there is a later one to take back "
				   "first",
				   (long long)w->undoes);
	return 0;
}

/* The new actor, what remains of the other one, and the statements that name the new one. All is
 * looked at before the first of it is written. */
static int split(struct transaction *t, struct edit_write *w, struct err *e)
{
	const struct actor added = w->actor;
	int rc = 0;
	for (int writes = 0; writes < 2 && rc == 0 && !edit_is_refused(w); writes++) {
		w->action = EDIT_ADD_ACTOR;
		w->actor = added;
		rc = writes ? edit_entity(t, w, e) : edit_actor_check(t, w, e);
		w->action = EDIT_CHANGE_ACTOR;
		w->actor = *w->remains;
		if (rc == 0 && !edit_is_refused(w))
			rc = writes ? edit_entity(t, w, e) : edit_actor_check(t, w, e);
		w->action = EDIT_CHANGE;
		if (rc == 0 && !edit_is_refused(w))
			rc = writes ? edit_statements(t, w, e) : edit_statements_check(t, w, e);
	}
	w->action = EDIT_ADD_ACTOR;
	w->actor = added;
	return rc;
}

int edit_save(struct transaction *t, struct write *write, struct err *e)
{
	struct edit_write *w = (struct edit_write *)(void *)write;
	w->edit = 0;
	w->made = 0;
	switch (w->action) {
	case EDIT_CONFIRM:
	case EDIT_CHANGE:
	case EDIT_REJECT:
	case EDIT_ADD:
		return edit_statements(t, w, e);
	case EDIT_UNDO:
		return undo(t, w, e);
	case EDIT_DROP:
		return edit_drop_orphan(t, w, e);
	case EDIT_ADD_ACTOR:
		return w->remains ? split(t, w, e) : edit_entity(t, w, e);
	default:
		return edit_entity(t, w, e);
	}
}
