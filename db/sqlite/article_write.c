/* An article and its statements into rows, and out of them again. */
#include <nettle/sha2.h>

#include "db/packed_fields.h"
#include "db/sqlite/writer.h"

/* An article of more bytes does not fit SQLite's bound on one value (db/sqlite/sql.c) with room to
 * spare.
 */
enum { TEXT_BYTES_MAX = 48 * 1024 * 1024 };

void digest_text(struct str text, unsigned char out[32])
{
	struct sha256_ctx hash;
	sha256_init(&hash);
	sha256_update(&hash, text.n, (const uint8_t *)text.p);
	sha256_digest(&hash, SHA256_DIGEST_SIZE, out);
}

static int find_text(struct group *g, struct write *w, struct err *e)
{
	digest_text(w->article.text, w->article.sha256);
	sqlite3_stmt *st = g->w->st[W_FIND_TEXT];
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
	day_t day;
	if (a->published_at.n && day_parse(a->published_at, &day))
		return day;
	const int64_t ms_per_day = 86400000;
	int64_t days = a->received_ms / ms_per_day - (a->received_ms % ms_per_day < 0);
	/* Years 1 to 9999. */
	return days < 1 - ID_DAY_OFFSET || days > 2932896 ? 0 : days;
}

static int insert_article(struct group *g, const struct write *w, int64_t edition, struct err *e)
{
	const struct article *a = &w->article;
	sqlite3_stmt *st = g->w->st[W_ADD_ARTICLE];
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
	sqlite3_bind_int64(st, 12, g->commit);
	if (sql_do(st, e))
		return -1;
	st = g->w->st[W_ADD_TEXT];
	sqlite3_bind_int64(st, 1, w->id);
	sqlite3_bind_blob64(st, 2, a->text.p ? a->text.p : "", a->text.n, SQLITE_STATIC);
	return sql_do(st, e);
}

/* Ids fall below the article's, and places rise. */
static int add_statements(struct group *g, struct write *w, struct err *e)
{
	for (size_t i = 0; i < w->extraction.n_statements; i++) {
		struct filed f;
		if (file_make(g, &w->extraction.statements[i], &f, e))
			return -1;
		f.id = w->id - 1 - (int64_t)i;
		f.article = w->id;
		f.place = (int64_t)i + 1;
		if (file_add(g, &f, e))
			return -1;
	}
	return 0;
}

static uint32_t count_statements(const struct extraction *x)
{
	uint32_t n = 0;
	for (size_t i = 0; i < x->n_statements; i++)
		n += traits_counted(traits_pack(&x->statements[i]));
	return n;
}

int save_article(struct group *g, struct write *w, struct err *e)
{
	w->is_new = false;
	w->id = 0;
	if (w->article.text.n > TEXT_BYTES_MAX)
		return err_set(e, ERR_TOO_LARGE, "text", "the text is too large to store");
	if (gate_article(&w->article, e))
		return -1;
	int found = find_text(g, w, e);
	if (found)
		return found < 0 ? -1 : 0;
	size_t n = w->extraction.n_statements;
	int64_t first_of_day = (day_of(&w->article) + ID_DAY_OFFSET) << ID_DAY_SHIFT;
	if (group_take_numbers(g, n + 1, e))
		return -1;
	w->id = first_of_day | g->state.counter;
	w->article.statement_count = count_statements(&w->extraction);
	w->is_new = true;
	int64_t edition = reread_note(g, w->edition);
	g->is_stale = edition < g->state.reread.edition;
	if (insert_article(g, w, edition, e) || add_statements(g, w, e))
		return -1;
	g->is_stale = false;
	g->state.articles++;
	return 0;
}

/* --- deletion
 * -------------------------------------------------------------------------------------------------
 */

static int drop_statements(struct group *g, int64_t article, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_STATEMENTS_OF];
	sqlite3_bind_int64(st, 1, article);
	int row;
	while ((row = sql_row(st, e)) > 0) {
		struct filed f;
		struct statement is;
		if (file_read(g, st, &f, &is, e) || file_drop(g, &f, false, e)) {
			sqlite3_reset(st);
			return -1;
		}
	}
	return row;
}

int drop_article(struct group *g, struct write *w, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_EDITION_OF];
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
	static const enum writer_sql drops[] = {W_DROP_STATEMENTS, W_DROP_TEXT, W_DROP_ARTICLE};
	if (drop_statements(g, w->id, e))
		return -1;
	for (size_t i = 0; i < sizeof drops / sizeof drops[0]; i++) {
		sqlite3_bind_int64(g->w->st[drops[i]], 1, w->id);
		if (sql_do(g->w->st[drops[i]], e))
			return -1;
	}
	reread_forget(g, edition);
	g->state.articles--;
	return 0;
}
