/* The edition in force, what is stale under it, and one article read again. */
#include "db/reread.h"

#include <string.h>

#include "db/sqlite/reader.h"

enum { COLUMNS = 7 };

/* In the order of the columns. */
static void list_columns(struct reread_state *s, int64_t *out[COLUMNS])
{
	int64_t *const columns[COLUMNS] = {&s->edition, &s->stale,	&s->done,	&s->changed,
					   &s->failed,	&s->started_ms, &s->finished_ms};
	memcpy(out, columns, sizeof columns);
}

int reread_load(struct writer *w, struct err *e)
{
	int64_t *columns[COLUMNS];
	sqlite3_stmt *st = w->st[W_REREAD];
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1 : err_set(e, ERR_DB, NULL, "the table \"reread\" is empty");
	list_columns(&w->state.reread, columns);
	for (int i = 0; i < COLUMNS; i++)
		*columns[i] = sqlite3_column_int64(st, i);
	sqlite3_reset(st);
	return 0;
}

/* When something becomes stale, and when nothing is any more. */
static void note_times(struct reread_state *s, const struct reread_state *before)
{
	bool is_new = s->edition != before->edition;
	if (s->stale > 0 && (before->stale == 0 || is_new)) {
		s->started_ms = now_unix_ms();
		s->finished_ms = 0;
	}
	if (s->stale == 0 && s->started_ms && s->finished_ms == 0)
		s->finished_ms = now_unix_ms();
}

int reread_flush(struct group *g, struct err *e)
{
	int64_t *columns[COLUMNS];
	sqlite3_stmt *st = g->w->st[W_SAVE_REREAD];
	if (memcmp(&g->state.reread, &g->w->state.reread, sizeof g->state.reread) == 0)
		return 0;
	note_times(&g->state.reread, &g->w->state.reread);
	list_columns(&g->state.reread, columns);
	for (int i = 0; i < COLUMNS; i++)
		sqlite3_bind_int64(st, i + 1, *columns[i]);
	return sql_do(st, e);
}

void reread_raise(struct group *g)
{
	struct reread_state *s = &g->state.reread;
	s->edition++;
	s->stale = g->state.articles;
	s->done = s->changed = s->failed = 0;
}

int64_t reread_note(struct group *g, int64_t edition)
{
	struct reread_state *s = &g->state.reread;
	if (s->is_outdated)
		edition = 0;
	s->stale += edition < s->edition;
	return edition < s->edition ? edition : s->edition;
}

void reread_forget(struct group *g, int64_t edition)
{
	g->state.reread.stale -= edition < g->state.reread.edition;
}

int store_stale(struct reader *r, int most, struct arena *a, struct keys *out, struct err *e)
{
	int64_t *v = arena_array(a, (size_t)most, sizeof *v);
	sqlite3_stmt *st = r->st[R_STALE];
	size_t n = 0;
	int row;
	if (!v)
		return arena_full(e);
	if (reader_call(r, e))
		return -1;
	sqlite3_bind_int64(st, 1, most);
	while ((row = sql_row(st, e)) > 0)
		v[n++] = sqlite3_column_int64(st, 0);
	*out = (struct keys){v, n};
	return row;
}

/* --- one article
 * -------------------------------------------------------------------------------------------------
 */

static int set_edition(struct group *g, int64_t article, int64_t edition, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_SET_EDITION];
	sqlite3_bind_int64(st, 1, article);
	sqlite3_bind_int64(st, 2, edition);
	return sql_do(st, e);
}

static int change_article(struct group *g, int64_t article, int64_t statements, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_CHANGE_ARTICLE];
	sqlite3_bind_int64(st, 1, article);
	sqlite3_bind_int64(st, 2, statements);
	sqlite3_bind_int64(st, 3, g->commit);
	return sql_do(st, e);
}

int save_reread(struct group *g, struct write *w, struct err *e)
{
	struct reread_write *rw = (struct reread_write *)(void *)w;
	struct reread_state *s = &g->state.reread;
	struct again again = {0};
	sqlite3_stmt *st = g->w->st[W_EDITION_OF];
	sqlite3_bind_int64(st, 1, w->id);
	int row = sql_row(st, e);
	int64_t was = row > 0 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	rw->is_taken = row > 0 && !s->is_outdated && w->edition == s->edition && was <= w->edition;
	if (row < 0)
		return -1;
	if (!rw->is_taken)
		return 0;
	if (!rw->has_failed && (save_again(g, w->id, &w->extraction, &again, e) ||
				(again.changed && change_article(g, w->id, again.counted, e))))
		return -1;
	s->changed += again.changed;
	if (was == w->edition)
		return 0;
	s->stale--;
	s->done++;
	s->failed += rw->has_failed;
	return set_edition(g, w->id, w->edition, e);
}
