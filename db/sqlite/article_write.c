/* Articles: stored once a text, dropped with all that they brought. */
#include "db/sqlite/article_write.h"

#include "db/id.h"
#include "db/packed_fields.h"
#include "db/sqlite/ahead.h"
#include "db/sqlite/article_copy.h"
#include "db/sqlite/edit_row.h"
#include "db/sqlite/statement_row.h"
#include "db/validation.h"

/* An article of more bytes does not fit SQLite's bound on one value (db/sqlite/sql.c) with room to
 * spare. */
enum { TEXT_BYTES_MAX = 48 * 1024 * 1024 };

static int find_text(struct transaction *t, struct write *w, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_FIND_TEXT);
	if (t->ahead && ahead_is_new_text(t->ahead, w->article.sha256))
		return 0;
	sqlite3_bind_blob(st, 1, w->article.sha256, sizeof w->article.sha256, SQLITE_STATIC);
	int row = sql_row(st, e);
	if (row > 0) {
		w->id = sqlite3_column_int64(st, 0);
		w->article.statement_count = (uint32_t)sqlite3_column_int64(st, 1);
	}
	sqlite3_reset(st);
	return row;
}

/* The day that leads the ids: of publication, else of arrival. */
static int64_t day_of(const struct article *a)
{
	day_t day = article_day(a);
	if (day != DAY_NONE)
		return day;
	const int64_t ms_per_day = 86400000;
	int64_t days = a->received_ms / ms_per_day - (a->received_ms % ms_per_day < 0);
	/* Years 1 to 9999. */
	return days < 1 - ID_DAY_OFFSET || days > 2932896 ? 0 : days;
}

static int insert_article(struct transaction *t, const struct write *w, int64_t edition,
			  struct err *e)
{
	const struct article *a = &w->article;
	sqlite3_stmt *st = transaction_sql(t, W_ADD_ARTICLE);
	sqlite3_bind_int64(st, 1, w->id);
	sqlite3_bind_blob(st, 2, a->sha256, sizeof a->sha256, SQLITE_STATIC);
	sqlite3_bind_int64(st, 3, a->received_ms);
	sqlite3_bind_int64(st, 4, a->statement_count);
	sql_bind_str(st, 5, a->published_at);
	sql_bind_str(st, 6, a->outlet);
	sql_bind_str(st, 7, a->title);
	sql_bind_str(st, 8, a->url);
	sql_bind_str(st, 9, a->author);
	sql_bind_str(st, 10, a->language);
	sqlite3_bind_int64(st, 11, edition);
	sqlite3_bind_int64(st, 12, t->commit);
	sqlite3_bind_int64(st, 13, a->copy_of);
	if (sql_do(st, e) || transaction_note_outlet(t, w->id, a->outlet, e))
		return -1;
	st = transaction_sql(t, W_ADD_TEXT);
	sqlite3_bind_int64(st, 1, w->id);
	sqlite3_bind_blob64(st, 2, a->text.p ? a->text.p : "", a->text.n, SQLITE_STATIC);
	return sql_do(st, e);
}

/* A statement that persons edited has the id again that it had, if its day is the same. */
static int take_former_id(struct transaction *t, int64_t article, const struct decision *by,
			  int64_t *id, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_STATEMENT_OF);
	if (!by || by->statement >> ID_DAY_SHIFT != article >> ID_DAY_SHIFT)
		return 0;
	sqlite3_bind_int64(st, 1, by->statement);
	int row = sql_row(st, e);
	sqlite3_reset(st);
	if (row == 0)
		*id = by->statement;
	return row < 0 ? -1 : 0;
}

/* Ids fall below the article's, and ordinals rise. */
static int add_statements(struct transaction *t, const struct write *w, struct nearby *near,
			  const struct overlaid_list *list, struct err *e)
{
	int64_t article = w->id;
	struct str origin = origin_of(&w->article, &t->arena);
	if (!origin.p)
		return arena_full(e);
	for (size_t i = 0; i < list->n; i++) {
		const struct decision *by = list->v[i].by;
		struct statement_row row;
		if (statement_row_make(t, list->v[i].is, near, &row, e) ||
		    statement_row_set_copy(t, &row, w->article.copy_of != 0, e))
			return -1;
		row.id = article - 1 - (int64_t)i;
		if (take_former_id(t, article, by, &row.id, e))
			return -1;
		row.article = article;
		row.origin = origin;
		row.edit = by ? by->edit : 0;
		row.ordinal = (int64_t)i + 1;
		if (statement_row_insert(t, &row, e))
			return -1;
	}
	return 0;
}

static uint32_t count_statements(const struct overlaid_list *list)
{
	uint32_t n = 0;
	for (size_t i = 0; i < list->n; i++)
		n += fields_are_counted(fields_pack(list->v[i].is));
	return n;
}

static int lay_over(struct transaction *t, const struct write *w, struct nearby *near,
		    struct overlaid_list *out, struct err *e)
{
	struct str sha256 = {(const char *)w->article.sha256, sizeof w->article.sha256};
	struct decisions decided = {0};
	bool is_new = t->ahead && ahead_is_new_text(t->ahead, w->article.sha256);
	return (!is_new && decisions_read(t, sha256, near, &decided, e)) ||
			       overlay(decided, &w->extraction, &t->arena, out, e)
		       ? -1
		       : 0;
}

static int add_article(struct transaction *t, struct write *w, struct err *e)
{
	struct nearby near = {.title = w->article.title, .text = w->article.text};
	struct overlaid_list list;
	if (lay_over(t, w, &near, &list, e) || state_take_numbers(&t->state, list.n + 1, e) ||
	    copy_find(t, &w->signature, &w->article.copy_of, e))
		return -1;
	w->id = id_day_start(day_of(&w->article)) | t->state.counter;
	int64_t led = copy_leads(w->id, w->article.copy_of) ? w->article.copy_of : 0;
	if (led)
		w->article.copy_of = 0;
	w->article.statement_count = count_statements(&list);
	w->is_new = true;
	int64_t edition = state_add_article(&t->state, w->edition);
	t->is_stale = edition < t->state.reread.edition;
	if (insert_article(t, w, edition, e) || add_statements(t, w, &near, &list, e) ||
	    (led && copy_lead(t, w->id, led, e)))
		return -1;
	t->is_stale = false;
	return w->article.copy_of ? 0 : signature_save(t, w->id, &w->signature, e);
}

int article_save(struct transaction *t, struct write *w, struct err *e)
{
	w->is_new = false;
	w->id = 0;
	if (w->article.text.n > TEXT_BYTES_MAX)
		return err_set(e, ERR_TOO_LARGE, "text", "the text is too large to store");
	if (validate_article(&w->article, e))
		return -1;
	int found = find_text(t, w, e);
	if (found < 0)
		return -1;
	return found ? source_save(t, w->id, &w->article, e) : add_article(t, w, e);
}

/* --- deletion --- */

static int drop_statements(struct transaction *t, int64_t article, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_STATEMENTS_OF);
	sqlite3_bind_int64(st, 1, article);
	int more;
	while ((more = sql_row(st, e)) > 0) {
		struct statement_row row;
		struct statement is;
		if (statement_row_read(t, st, &row, &is, e) ||
		    statement_row_drop(t, &row, false, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return more;
}

/* What persons decided of the text. */
static int purge(struct transaction *t, int64_t article, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_TEXT_OF), *drop = transaction_sql(t, W_DROP_EDITS);
	sqlite3_bind_int64(st, 1, article);
	int row = sql_row(st, e);
	struct str sha256 = row > 0 ? sql_copy(st, 2, &t->arena) : STR_EMPTY;
	sqlite3_reset(st);
	if (row < 0 || !sha256.p)
		return row < 0 ? -1 : arena_full(e);
	sqlite3_bind_blob64(drop, 1, sha256.p, sha256.n, SQLITE_STATIC);
	return sql_do(drop, e);
}

int article_drop(struct transaction *t, struct write *w, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_EDITION_OF);
	sqlite3_bind_int64(st, 1, w->id);
	int row = sql_row(st, e);
	int64_t edition = row > 0 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	if (row < 0)
		return -1;
	if (row == 0) {
		err_set(&w->err, ERR_NOT_FOUND, NULL, "there is no article %lld", (long long)w->id);
		return 0;
	}
	if (w->purges && purge(t, w->id, e))
		return -1;
	static const enum writer_sql drops[] = {W_DROP_STATEMENTS, W_DROP_TEXT, W_DROP_ARTICLE};
	if (drop_statements(t, w->id, e) || copy_drop(t, w->id, e))
		return -1;
	for (size_t i = 0; i < sizeof drops / sizeof drops[0]; i++) {
		sqlite3_bind_int64(transaction_sql(t, drops[i]), 1, w->id);
		if (sql_do(transaction_sql(t, drops[i]), e))
			return -1;
	}
	state_drop_article(&t->state, edition);
	return 0;
}
