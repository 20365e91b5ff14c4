/* Edits of statements: the row of each becomes at once what the decision says.
 */
#include "db/sqlite/edit_statement.h"

#include "db/id.h"
#include "db/packed_fields.h"
#include "db/sqlite/entity_key.h"
#include "db/sqlite/statement_row.h"
#include "db/validation.h"

/* What an edit of a statement needs of its article. */
struct host {
	int64_t article; /* 0: it is not stored */
	struct nearby near;
	struct str sha256, origin;
	int64_t edition, copy_of;
};

static int read_host(struct transaction *t, int64_t article, struct host *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_TEXT_OF);
	*out = (struct host){0};
	sqlite3_bind_int64(st, 1, article);
	int row = sql_row(st, e);
	if (row <= 0)
		return row;
	out->article = article;
	out->near.title = sql_copy(st, 0, &t->arena);
	out->near.text = sql_copy(st, 1, &t->arena);
	out->sha256 = sql_copy(st, 2, &t->arena);
	out->edition = sqlite3_column_int64(st, 3);
	out->copy_of = sqlite3_column_int64(st, 4);
	out->origin = origin_of_text(st, &t->arena);
	sqlite3_reset(st);
	return out->near.title.p && out->near.text.p && out->sha256.p && out->origin.p
		       ? 0
		       : arena_full(e);
}

/* A row as stored; id 0 where there is none. */
struct current {
	struct statement_row row;
	struct statement is;
};

static int read_current(struct transaction *t, enum writer_sql text, int64_t key,
			struct current *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, text);
	*out = (struct current){0};
	sqlite3_bind_int64(st, 1, key);
	int row = sql_row(st, e);
	if (row <= 0)
		return row;
	int result = statement_row_read(t, st, &out->row, &out->is, e);
	sqlite3_reset(st);
	return result;
}

static struct str blob_of(struct transaction *t, const struct statement *s, struct nearby *in)
{
	buf_clear(&t->record);
	label_write_statement(&t->record, s, label_anchor(in, s));
	struct str none = {0};
	return t->record.failed ? none : arena_str(&t->arena, buf_str(&t->record));
}

static struct str id_text(struct transaction *t, int64_t id)
{
	return arena_printf(&t->arena, "%lld", (long long)id);
}

/* --- where it stands --- */

static int count_article(struct transaction *t, int64_t article, int by, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_COUNT_ARTICLE);
	sqlite3_bind_int64(st, 1, article);
	sqlite3_bind_int64(st, 2, by);
	sqlite3_bind_int64(st, 3, t->commit);
	return sql_do(st, e);
}

static uint32_t start_of(const struct statement *s)
{
	return s->spans.content.n ? s->spans.content.v[0].start : 0;
}

/* Behind the last of the article that does not begin after it; what follows
 * makes room. */
static int take_ordinal(struct transaction *t, int64_t article, const struct statement *s,
			int64_t *ordinal, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_STATEMENTS_OF);
	*ordinal = 1;
	sqlite3_bind_int64(st, 1, article);
	int more;
	while ((more = sql_row(st, e)) > 0) {
		struct current at;
		if (statement_row_read(t, st, &at.row, &at.is, e)) {
			sqlite3_reset(st);
			return -1;
		}
		if (start_of(&at.is) <= start_of(s) && at.row.ordinal >= *ordinal)
			*ordinal = at.row.ordinal + 1;
	}
	if (more < 0)
		return -1;
	st = transaction_sql(t, W_SHIFT_ORDINALS);
	sqlite3_bind_int64(st, 1, article);
	sqlite3_bind_int64(st, 2, *ordinal);
	return sql_do(st, e);
}

/* --- the row --- */

/* The statement `s` under this id, where `old` was (its row.id is 0: there was
 * none). */
static int put(struct transaction *t, struct host *host, const struct current *old, int64_t id,
	       const struct statement *s, int64_t edit, struct err *e)
{
	struct statement_row row;
	bool is_changed, was = old->row.id && fields_are_counted(old->row.fields);
	if (statement_row_make(t, s, &host->near, &row, e) ||
	    statement_row_set_copy(t, &row, host->copy_of != 0, e))
		return -1;
	row.id = id;
	row.article = host->article;
	row.origin = host->origin;
	row.edit = edit;
	row.ordinal = old->row.ordinal;
	if (!old->row.id && take_ordinal(t, host->article, s, &row.ordinal, e))
		return -1;
	if (old->row.id ? statement_row_replace(t, &old->row, &row, &is_changed, e)
			: statement_row_insert(t, &row, e))
		return -1;
	return count_article(t, host->article, fields_are_counted(row.fields) - was, e);
}

static int drop(struct transaction *t, const struct current *old, struct err *e)
{
	return statement_row_drop(t, &old->row, true, e) ||
			       count_article(t, old->row.article,
					     -fields_are_counted(old->row.fields), e)
		       ? -1
		       : 0;
}

/* The engine has its say on the statement again: so that it is asked anew. */
static int make_stale(struct transaction *t, const struct host *host, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_SET_EDITION);
	if (host->edition < t->state.reread.edition)
		return 0;
	t->state.reread.stale++;
	sqlite3_bind_int64(st, 1, host->article);
	sqlite3_bind_int64(st, 2, STATE_EDITION_NEVER);
	return sql_do(st, e);
}

/* --- made --- */

static int check_host(struct transaction *t, struct edit_write *w, int64_t article, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_EDITION_OF);
	sqlite3_bind_int64(st, 1, article);
	int row = sql_row(st, e);
	sqlite3_reset(st);
	return row ? (row < 0 ? -1 : 0)
		   : EDIT_REFUSE(w, ERR_NOT_FOUND, NULL, "there is no article %lld",
				 (long long)article);
}

static int check_item(struct transaction *t, struct edit_write *w, const struct edit_item *i,
		      struct err *e)
{
	struct current now;
	if (!i->before)
		return check_host(t, w, i->after.article_id, e) || validate_statement(&i->after, e)
			       ? -1
			       : 0;
	if (read_current(t, W_STATEMENT_OF, i->before->id, &now, e))
		return -1;
	if (!now.row.id)
		return EDIT_REFUSE(w, ERR_NOT_FOUND, NULL, "there is no statement %lld",
				   (long long)i->before->id);
	if (now.is.version != i->before->version)
		return EDIT_REFUSE(w, ERR_CHANGED, NULL,
				   "statement %lld has changed since it was read: it has version "
				   "%lld by now",
				   (long long)i->before->id, (long long)now.is.version);
	return validate_statement(&i->after, e);
}

static int thing_of(struct transaction *t, int64_t edit, int64_t *out, struct err *e)
{
	struct edit_row last;
	*out = 0;
	if (!edit)
		return 0;
	if (edit_row_find(t, edit, &last, e))
		return -1;
	*out = last.thing;
	return 0;
}

static int change(struct transaction *t, struct edit_write *w, struct edit_item *i, struct err *e)
{
	struct current now;
	struct host host;
	struct edit_row row = {.action = w->action == EDIT_DROP ? EDIT_CHANGE : w->action};
	if (read_current(t, W_STATEMENT_OF, i->before->id, &now, e) ||
	    read_host(t, now.row.article, &host, e) || thing_of(t, now.row.edit, &row.thing, e))
		return -1;
	i->statement = i->before->id;
	said_on_set_days(&i->after.said_on);
	row.text = host.sha256;
	row.subject = id_text(t, i->statement);
	row.before = blob_of(t, i->before, &host.near);
	row.after = blob_of(t, &i->after, &host.near);
	if (!row.subject.p || !row.before.p || !row.after.p)
		return arena_full(e);
	if (str_eq(row.before, row.after))
		return 0; /* it says what is there */
	return edit_note(t, w, &row, e) || put(t, &host, &now, i->statement, &i->after, row.id, e)
		       ? -1
		       : 0;
}

static int add(struct transaction *t, struct edit_write *w, struct edit_item *i, struct err *e)
{
	const struct current none = {0};
	struct host host;
	struct edit_row row = {.action = EDIT_ADD};
	if (read_host(t, i->after.article_id, &host, e) || state_take_numbers(&t->state, 1, e))
		return -1;
	i->statement = (host.article >> ID_DAY_SHIFT) << ID_DAY_SHIFT | t->state.counter;
	said_on_set_days(&i->after.said_on);
	row.text = host.sha256;
	row.subject = id_text(t, i->statement);
	row.after = blob_of(t, &i->after, &host.near);
	if (!row.subject.p || !row.after.p)
		return arena_full(e);
	return edit_note(t, w, &row, e) || put(t, &host, &none, i->statement, &i->after, row.id, e)
		       ? -1
		       : 0;
}

int edit_statements_check(struct transaction *t, struct edit_write *w, struct err *e)
{
	for (size_t i = 0; i < w->n_items && !edit_is_refused(w); i++)
		if (check_item(t, w, &w->items[i], e))
			return -1;
	return 0;
}

int edit_statements(struct transaction *t, struct edit_write *w, struct err *e)
{
	if (edit_statements_check(t, w, e))
		return -1;
	for (size_t i = 0; i < w->n_items && !edit_is_refused(w); i++)
		if (w->items[i].before ? change(t, w, &w->items[i], e) : add(t, w, &w->items[i], e))
			return -1;
	return 0;
}

/* --- taken back --- */

static int find_article(struct transaction *t, struct str sha256, int64_t *out, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_ARTICLE_BY_TEXT);
	sqlite3_bind_blob64(st, 1, sha256.p, sha256.n, SQLITE_STATIC);
	int row = sql_row(st, e);
	*out = row > 0 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

/* Is it the last word on its statement, and fits no text? */
static int check_orphan(struct transaction *t, struct edit_write *w, const struct edit_row *of,
			struct err *e)
{
	struct edit_top top;
	struct label label;
	struct host host = {0};
	int64_t article;
	if (!of->id)
		return EDIT_REFUSE(w, ERR_NOT_FOUND, NULL, "there is no edit %lld",
				   (long long)w->undoes);
	if (edit_top_of(t, of->thing, &top, e) || label_read(of->after, &t->arena, &label, e))
		return -1;
	if (label.kind != LABEL_STATEMENT || label.statement.status == STATUS_MACHINE ||
	    top.last != of->id)
		return EDIT_REFUSE(w, ERR_CONFLICT, NULL,
				   "edit %lld is not what is decided on a statement by now",
				   (long long)of->id);
	if (find_article(t, of->text, &article, e) || (article && read_host(t, article, &host, e)))
		return -1;
	if (host.article && label_anchor(&host.near, &label.statement) == label.anchor)
		return EDIT_REFUSE(w, ERR_CONFLICT, NULL,
				   "edit %lld fits the text that it is of: take it back instead",
				   (long long)of->id);
	return 0;
}

int edit_drop_orphan(struct transaction *t, struct edit_write *w, struct err *e)
{
	struct edit_row of;
	if (edit_row_find(t, w->undoes, &of, e) || check_orphan(t, w, &of, e) ||
	    edit_statements_check(t, w, e))
		return -1;
	if (edit_is_refused(w))
		return 0;
	struct edit_row row = {.action = EDIT_DROP,
			       .thing = of.thing,
			       .text = of.text,
			       .subject = of.subject,
			       .before = of.after,
			       .after = STR_EMPTY};
	return edit_note(t, w, &row, e) || edit_statements(t, w, e) ? -1 : 0;
}

/* The id that it had, if its day is still the article's; else a new one. */
static int former_id(struct transaction *t, const struct host *host, const struct edit_row *row,
		     int64_t *id, struct err *e)
{
	struct current there;
	if (!str_to_i64(row->subject, id))
		return err_set(e, ERR_DB, NULL, "edit %lld is damaged", (long long)row->id);
	if (read_current(t, W_STATEMENT_OF, *id, &there, e))
		return -1;
	if (!there.row.id && *id >> ID_DAY_SHIFT == host->article >> ID_DAY_SHIFT)
		return 0;
	if (state_take_numbers(&t->state, 1, e))
		return -1;
	*id = (host->article >> ID_DAY_SHIFT) << ID_DAY_SHIFT | t->state.counter;
	return 0;
}

/* The row as the label says, if the label fits the text. */
static int put_back(struct transaction *t, struct host *host, const struct current *now,
		    const struct edit_row *row, struct label *l, struct err *e)
{
	int64_t id = now->row.id;
	if (label_anchor(&host->near, &l->statement) != l->anchor)
		return 0;
	if (!id && former_id(t, host, row, &id, e))
		return -1;
	if (label_content(&host->near, l->statement.spans.content, &t->arena, &l->statement.content,
			  e))
		return -1;
	return put(t, host, now, id, &l->statement, row->id, e) ||
			       (l->statement.status == STATUS_MACHINE && make_stale(t, host, e))
		       ? -1
		       : 0;
}

/* Of a text that is not stored the edit alone: it is laid over the text when
 * that comes back. */
int edit_undo_statement(struct transaction *t, struct edit_write *w, const struct edit_row *of,
			struct err *e)
{
	struct edit_top top;
	struct edit_row row;
	struct current now;
	struct host host = {0};
	struct label label;
	int64_t article;
	if (edit_top_of(t, of->thing, &top, e) ||
	    read_current(t, W_STATEMENT_BY_EDIT, top.last, &now, e) ||
	    find_article(t, of->text, &article, e) ||
	    (article && read_host(t, article, &host, e)) ||
	    label_read(of->before, &t->arena, &label, e) || edit_note_undo(t, w, of, &row, e))
		return -1;
	if (!host.article)
		return 0;
	if (label.kind == LABEL_STATEMENT)
		return put_back(t, &host, &now, &row, &label, e);
	return now.row.id ? drop(t, &now, e) : 0;
}
