/* What is stale, and the statements of an article replaced by those that are found in it now. */
#include "db/sqlite/reread.h"

#include <stdlib.h>

#include "db/id.h"
#include "db/packed_fields.h"
#include "db/sqlite/article_copy.h"
#include "db/sqlite/edit_row.h"
#include "db/sqlite/entity_key.h"
#include "db/sqlite/reader.h"
#include "db/sqlite/statement_row.h"
#include "db/statement_match.h"

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

/* --- both sides --- */

struct stored {
	struct statement is;
	struct statement_row row;
};

/* An article's statements: those that are stored and those that are found now, each list in the
 * order of the text, and beside each of `stored` its side of the match. */
struct replacing {
	struct transaction *t;
	int64_t article, ordinal;
	int64_t copy_of; /* of the article, as the next */
	struct nearby near;
	struct str sha256, origin;
	struct stored *stored;
	size_t cap;
	struct overlaid_list list; /* beside `new`: which decision a statement is by */
	struct match_sides old, new;
	int64_t counted; /* out: the article's statements */
	int64_t changed; /* out: added, changed, removed */
};

static int by_ordinal(const void *va, const void *vb)
{
	const struct stored *a = va, *b = vb;
	int64_t x = id_ordinal_key(a->row.ordinal, a->row.id);
	int64_t y = id_ordinal_key(b->row.ordinal, b->row.id);
	return x < y ? -1 : x > y;
}

static int read_rows(struct replacing *r, size_t *n, struct err *e)
{
	struct transaction *t = r->t;
	sqlite3_stmt *st = transaction_sql(t, W_STATEMENTS_OF);
	sqlite3_bind_int64(st, 1, r->article);
	int more;
	while ((more = sql_row(st, e)) > 0) {
		if (arena_grow(&t->arena, (void **)&r->stored, &r->cap, *n + 1,
			       sizeof *r->stored)) {
			more = arena_full(e);
			break;
		}
		struct stored *s = &r->stored[(*n)++];
		if (statement_row_read(t, st, &s->row, &s->is, e)) {
			more = -1;
			break;
		}
		s->row.article = r->article;
	}
	sqlite3_reset(st);
	return more;
}

static int read_stored(struct replacing *r, struct err *e)
{
	size_t n = 0;
	if (read_rows(r, &n, e))
		return -1;
	if (n)
		qsort(r->stored, n, sizeof *r->stored, by_ordinal);
	r->old.v = arena_array(&r->t->arena, n, sizeof *r->old.v);
	if (!r->old.v)
		return arena_full(e);
	for (; r->old.n < n; r->old.n++) {
		const struct stored *s = &r->stored[r->old.n];
		r->old.v[r->old.n] = match_measure(&s->is, s->row.speaker, r->old.n);
	}
	return 0;
}

static int read_text(struct replacing *r, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(r->t, W_TEXT_OF);
	sqlite3_bind_int64(st, 1, r->article);
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1
			       : err_set(e, ERR_DB, NULL, "article %lld has no text",
					 (long long)r->article);
	r->near.title = sql_copy(st, 0, &r->t->arena);
	r->near.text = sql_copy(st, 1, &r->t->arena);
	r->sha256 = sql_copy(st, 2, &r->t->arena);
	r->origin = origin_of_text(st, &r->t->arena);
	sqlite3_reset(st);
	return r->near.title.p && r->near.text.p && r->sha256.p && r->origin.p ? 0 : arena_full(e);
}

/* The row that a decision has made is that decision's statement, wherever it lies. */
static void pair_decided(struct replacing *r, struct match_side *new)
{
	const struct decision *by = r->list.v[new->ordinal].by;
	for (size_t i = 0; by && i < r->old.n; i++)
		if (r->stored[i].row.edit == by->edit) {
			new->other = &r->old.v[i];
			r->old.v[i].other = new;
			return;
		}
}

static int take_found(struct replacing *r, const struct extraction *found, struct err *e)
{
	struct decisions decided;
	if (decisions_read(r->t, r->sha256, &r->near, &decided, e) ||
	    overlay(decided, found, &r->t->arena, &r->list, e))
		return -1;
	r->new.v = arena_array(&r->t->arena, r->list.n, sizeof *r->new.v);
	if (!r->new.v)
		return arena_full(e);
	for (; r->new.n < r->list.n; r->new.n++) {
		const struct statement *s = r->list.v[r->new.n].is;
		struct entity_row speaker = {0};
		/* It matters beside statements that were there. */
		if (r->old.n && s->speaker && actor_find(r->t, s->speaker->id, &speaker, e))
			return -1;
		int64_t key = speaker.merged ? speaker.merged : speaker.key;
		r->new.v[r->new.n] = match_measure(s, key, r->new.n);
		pair_decided(r, &r->new.v[r->new.n]);
	}
	return 0;
}

/* --- what becomes of each --- */

static const struct statement_row *row_of(const struct replacing *r, const struct match_side *old)
{
	return &r->stored[old - r->old.v].row;
}

/* What persons did to the row itself; a decision is laid over what is found (db/overlay.h), and one
 * that does not fit the text any more keeps its row, too. */
static bool stays(const struct match_side *old)
{
	return old->is->status != STATUS_MACHINE;
}

static int by_start(const void *va, const void *vb)
{
	const struct match_side *a = *(struct match_side *const *)va;
	const struct match_side *b = *(struct match_side *const *)vb;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->is->id < b->is->id ? -1 : a->is->id > b->is->id;
}

/* Those that stay though they are not found come before the first that is found and begins after
 * them. */
static int collect_kept(struct replacing *r, struct match_side ***out, size_t *n, struct err *e)
{
	*out = arena_array(&r->t->arena, r->old.n, sizeof(struct match_side *));
	*n = 0;
	if (!*out)
		return arena_full(e);
	for (size_t i = 0; i < r->old.n; i++)
		if (stays(&r->old.v[i]) && !r->old.v[i].other)
			(*out)[(*n)++] = &r->old.v[i];
	if (*n)
		qsort(*out, *n, sizeof(struct match_side *), by_start);
	return 0;
}

static int keep(struct replacing *r, const struct match_side *old, struct err *e)
{
	struct statement_row row = *row_of(r, old);
	bool is_changed;
	if (nearby_of(&r->near, old->is, &r->t->arena, &row.nearby, e))
		return -1;
	row.origin = r->origin;
	row.ordinal = ++r->ordinal;
	r->counted += fields_are_counted(row.fields);
	return statement_row_set_copy(r->t, &row, r->copy_of != 0, e) ||
			       statement_row_replace(r->t, row_of(r, old), &row, &is_changed, e)
		       ? -1
		       : 0;
}

/* A new id begins with the day that the article's begins with. */
static int take_id(struct replacing *r, int64_t *id, struct err *e)
{
	if (state_take_numbers(&r->t->state, 1, e))
		return -1;
	*id = (r->article >> ID_DAY_SHIFT) << ID_DAY_SHIFT | r->t->state.counter;
	return 0;
}

static int put(struct replacing *r, const struct match_side *new, struct err *e)
{
	const struct match_side *old = new->other;
	struct statement_row row;
	bool is_changed = true;
	const struct decision *by = r->list.v[new->ordinal].by;
	if (old && stays(old) && !by)
		return keep(r, old, e);
	if (statement_row_make(r->t, new->is, &r->near, &row, e) ||
	    statement_row_set_copy(r->t, &row, r->copy_of != 0, e))
		return -1;
	if (old)
		row.id = old->is->id;
	else if (take_id(r, &row.id, e))
		return -1;
	row.article = r->article;
	row.origin = r->origin;
	row.edit = by ? by->edit : old ? row_of(r, old)->edit : 0;
	row.ordinal = ++r->ordinal;
	if (old ? statement_row_replace(r->t, row_of(r, old), &row, &is_changed, e)
		: statement_row_insert(r->t, &row, e))
		return -1;
	r->counted += fields_are_counted(row.fields);
	r->changed += is_changed;
	return 0;
}

static int drop_gone(struct replacing *r, struct err *e)
{
	for (size_t i = 0; i < r->old.n; i++) {
		const struct match_side *old = &r->old.v[i];
		if (old->other || stays(old))
			continue;
		if (statement_row_drop(r->t, row_of(r, old), true, e))
			return -1;
		r->changed++;
	}
	return 0;
}

static int replace(struct replacing *r, const struct extraction *found, struct err *e)
{
	struct match_side **kept;
	size_t n_kept, k = 0;
	if (read_stored(r, e) || read_text(r, e) ||
	    copy_catch_up(r->t, r->article, r->near.text, &r->copy_of, e) ||
	    take_found(r, found, e) || statements_match(&r->old, &r->new, &r->t->arena, e) ||
	    drop_gone(r, e) || collect_kept(r, &kept, &n_kept, e))
		return -1;
	for (size_t i = 0; i < r->new.n; i++) {
		for (; k < n_kept && kept[k]->start <= r->new.v[i].start; k++)
			if (keep(r, kept[k], e))
				return -1;
		if (put(r, &r->new.v[i], e))
			return -1;
	}
	for (; k < n_kept; k++)
		if (keep(r, kept[k], e))
			return -1;
	return 0;
}

/* --- the article --- */

static int set_edition(struct transaction *t, int64_t article, int64_t edition, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_SET_EDITION);
	sqlite3_bind_int64(st, 1, article);
	sqlite3_bind_int64(st, 2, edition);
	return sql_do(st, e);
}

static int change_article(struct transaction *t, int64_t article, int64_t edition,
			  int64_t statements, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_CHANGE_ARTICLE);
	sqlite3_bind_int64(st, 1, article);
	sqlite3_bind_int64(st, 2, edition);
	sqlite3_bind_int64(st, 3, statements);
	sqlite3_bind_int64(st, 4, t->commit);
	return sql_do(st, e);
}

int reread_save(struct transaction *t, struct write *w, struct err *e)
{
	struct reread_write *rw = (struct reread_write *)(void *)w;
	struct reread_state *s = &t->state.reread;
	struct replacing r = {.t = t, .article = w->id};
	sqlite3_stmt *st = transaction_sql(t, W_EDITION_OF);
	sqlite3_bind_int64(st, 1, w->id);
	int row = sql_row(st, e);
	int64_t was = row > 0 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	rw->is_taken = row > 0 && !s->is_outdated && w->edition == s->edition && was <= w->edition;
	if (row < 0)
		return -1;
	if (!rw->is_taken)
		return 0;
	if (!rw->has_failed && replace(&r, &w->extraction, e))
		return -1;
	s->changed += r.changed;
	if (was != w->edition) {
		s->stale--;
		s->done++;
		s->failed += rw->has_failed;
	}
	if (r.changed)
		return change_article(t, w->id, w->edition, r.counted, e);
	return was != w->edition ? set_edition(t, w->id, w->edition, e) : 0;
}
