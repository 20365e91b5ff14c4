/* Statements issued again: the walk's place, its next articles, and new issues for statements that are there. */
#include <string.h>

#include "db/detail.h"
#include "db/edit.h"
#include "db/inside.h"
#include "db/traits.h"

/* --- the walk ------------------------------------------------------------------------------------------------------ */

enum { REISSUE_COLUMNS = sizeof(struct reissue_state) / sizeof(int64_t) };

/* In the order of the columns. */
static void list_columns(struct reissue_state *s, int64_t *out[REISSUE_COLUMNS])
{
	int64_t *const columns[REISSUE_COLUMNS] = {&s->edition, &s->cursor, &s->total,	    &s->done,	    &s->changed,
						   &s->failed,	&s->late,   &s->started_ms, &s->finished_ms};
	memcpy(out, columns, sizeof columns);
}

int reissue_load(struct writer *w, struct err *e)
{
	int64_t *columns[REISSUE_COLUMNS];
	sqlite3_stmt *st = w->st[W_REISSUE_STATE];
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1 : err_set(e, ERR_DB, NULL, "the table \"reissue\" is empty");
	list_columns(&w->state.reissue, columns);
	for (int i = 0; i < REISSUE_COLUMNS; i++)
		*columns[i] = sqlite3_column_int64(st, i);
	sqlite3_reset(st);
	return 0;
}

int reissue_flush(struct group *g, struct err *e)
{
	int64_t *columns[REISSUE_COLUMNS];
	sqlite3_stmt *st = g->w->st[W_SAVE_REISSUE];
	if (memcmp(&g->state.reissue, &g->w->state.reissue, sizeof g->state.reissue) == 0)
		return 0;
	list_columns(&g->state.reissue, columns);
	for (int i = 0; i < REISSUE_COLUMNS; i++)
		sqlite3_bind_int64(st, i + 1, *columns[i]);
	return sql_do(st, e);
}

void reissue_start(struct group *g)
{
	struct reissue_state *s = &g->state.reissue;
	*s = (struct reissue_state){.edition = s->edition + 1,
				    .cursor = INT64_MAX,
				    .total = g->state.articles,
				    .late = s->late,
				    .started_ms = now_unix_ms()};
}

int note_late(struct group *g, int64_t article, struct err *e)
{
	sqlite3_bind_int64(g->w->st[W_ADD_LATE], 1, article);
	g->state.reissue.late++;
	return sql_do(g->w->st[W_ADD_LATE], e);
}

int forget_late(struct group *g, int64_t article, struct err *e)
{
	if (g->state.reissue.late == 0)
		return 0;
	sqlite3_bind_int64(g->w->st[W_DROP_LATE], 1, article);
	if (sql_do(g->w->st[W_DROP_LATE], e))
		return -1;
	g->state.reissue.late -= sqlite3_changes(g->w->db);
	return 0;
}

int store_reissue_next(struct reader *r, int most, struct arena *a, struct keys *out, bool *is_late, struct err *e)
{
	int64_t *v = arena_array(a, (size_t)most, sizeof *v);
	sqlite3_stmt *walk = r->st[R_REISSUE_NEXT], *late = r->st[R_REISSUE_LATE], *at = r->st[R_REISSUE];
	size_t n = 0;
	int row;
	if (!v)
		return arena_full(e);
	if (reader_call(r, e))
		return -1;
	sqlite3_bind_int64(late, 1, most);
	while ((row = sql_row(late, e)) > 0)
		v[n++] = sqlite3_column_int64(late, 0);
	*is_late = n > 0;
	if (row == 0 && n == 0 && (row = sql_row(at, e)) > 0) {
		sqlite3_bind_int64(walk, 1, sqlite3_column_int64(at, 1));
		sqlite3_bind_int64(walk, 2, most);
		sqlite3_reset(at);
		while ((row = sql_row(walk, e)) > 0)
			v[n++] = sqlite3_column_int64(walk, 0);
	}
	*out = (struct keys){v, n};
	return row < 0 ? -1 : 0;
}

/* --- statements ---------------------------------------------------------------------------------------------------- */

/* A statement as it is stored; strings are copies in the group's arena. */
struct stored {
	int64_t id, traits, reported_by;
	struct str facets, content, detail;
	struct statement is;
	const int64_t *issue_keys;
};

/* 1, 0 when it is gone or a person has looked at it, -1. */
static int read_stored(struct group *g, int64_t id, struct stored *s, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_STATEMENT_OF];
	sqlite3_bind_int64(st, 1, id);
	int row = sql_row(st, e);
	if (row <= 0)
		return row;
	*s = (struct stored){.id = id, .traits = sqlite3_column_int64(st, 0)};
	s->facets = sql_copy(st, 1, &g->arena);
	s->content = sql_copy(st, 2, &g->arena);
	s->detail = sql_copy(st, 3, &g->arena);
	sqlite3_reset(st);
	if (!s->facets.p || !s->content.p || !s->detail.p)
		return arena_full(e);
	traits_unpack(s->traits, &s->is);
	if (s->is.status != STATUS_MACHINE)
		return 0;
	return detail_read(s->detail, &g->arena, &s->is, &s->reported_by, &s->issue_keys, e) ? -1 : 1;
}

static bool has(const struct facets *f, int64_t issue)
{
	for (size_t i = 0; i < f->n_issues; i++)
		if (f->issues[i] == issue)
			return true;
	return false;
}

/* What one list of issues has beyond another: its facets and counts. */
static int queue_difference(struct group *g, const struct stored *s, const struct facets *from, const struct facets *other,
			    bool is_drop, struct err *e)
{
	for (size_t i = 0; i < from->n_issues; i++) {
		if (has(other, from->issues[i]))
			continue;
		struct facet_op op = {.issue = from->issues[i], .statement = s->id, .traits = s->traits, .is_drop = is_drop};
		for (size_t k = 0; k <= from->n_speakers; k++) {
			op.speaker = k ? from->speakers[k - 1] : 0;
			if (group_add_facet(g, &op, e))
				return -1;
		}
		if (group_count_issue(g, from->issues[i], is_drop ? -1 : 1, e))
			return -1;
	}
	return 0;
}

static int update_row(struct group *g, const struct stored *s, struct str words, struct err *e)
{
	sqlite3_stmt *st = g->w->st[W_SET_ISSUES];
	struct str detail = buf_str(&g->detail);
	sqlite3_bind_int64(st, 1, s->id);
	sql_bind_str(st, 2, words);
	sqlite3_bind_blob64(st, 3, detail.p, detail.n, SQLITE_STATIC);
	return sql_do(st, e);
}

static int replace(struct group *g, const struct stored *s, const struct facets *old, const struct facets *new, struct err *e)
{
	struct str words;
	if (facet_words(g, new, &words, e) || update_row(g, s, words, e))
		return -1;
	g->state.reissue.changed++;
	if (str_eq(words, s->facets))
		return 0;
	struct fts_op gone = {.statement = s->id, .content = s->content, .facets = s->facets, .is_drop = true};
	struct fts_op come = {.statement = s->id, .content = s->content, .facets = words};
	return queue_difference(g, s, old, new, true, e) || queue_difference(g, s, new, old, false, e) ||
			       group_add_fts(g, &gone, e) || group_add_fts(g, &come, e)
		       ? -1
		       : 0;
}

static int issue_statement_again(struct group *g, const struct statement *with, struct err *e)
{
	struct stored s;
	struct facets old, new;
	if (gate_statement(with, e))
		return -1;
	int row = read_stored(g, with->id, &s, e);
	if (row <= 0)
		return row;
	int64_t *keys = arena_array(&g->arena, with->n_issues, sizeof *keys);
	int64_t *once = arena_array(&g->arena, with->n_issues, sizeof *once);
	if (!keys || !once)
		return arena_full(e);
	if (parse_facets(g, s.facets, &old, e))
		return -1;
	new = old;
	new.issues = once;
	new.n_issues = 0;
	for (size_t i = 0; i < with->n_issues; i++) {
		if (issue_key(g, with->issues[i].issue, &keys[i], e))
			return -1;
		if (!has(&new, keys[i]))
			once[new.n_issues++] = keys[i];
	}
	s.is.issues = with->issues;
	s.is.n_issues = with->n_issues;
	buf_clear(&g->detail);
	detail_write(&g->detail, &s.is, s.reported_by, keys);
	if (g->detail.failed)
		return arena_full(e);
	return str_eq(buf_str(&g->detail), s.detail) ? 0 : replace(g, &s, &old, &new, e);
}

int save_reissued(struct group *g, struct write *w, struct err *e)
{
	const struct reissue_write *rw = (const struct reissue_write *)(const void *)w;
	struct reissue_state *s = &g->state.reissue;
	if (rw->edition != s->edition)
		return 0;
	for (size_t i = 0; i < rw->n; i++) {
		const struct reissued *r = &rw->v[i];
		for (size_t k = 0; k < r->n; k++)
			if (issue_statement_again(g, &r->v[k], e))
				return -1;
		if (forget_late(g, r->article, e))
			return -1;
		s->failed += r->has_failed;
		if (!rw->is_late) {
			s->cursor = r->article;
			s->done++;
		}
	}
	if (rw->is_end && s->finished_ms == 0)
		s->finished_ms = now_unix_ms();
	return 0;
}
