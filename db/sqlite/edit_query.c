/* Edits read: the trail, what is in force, and what fits nowhere. */
#include <string.h>

#include "db/edit.h"
#include "db/sqlite/reader.h"

/* The text that the edit before was of: often it is the same. */
struct host {
	unsigned char sha256[DIGEST_BYTES];
	bool is_read;
	struct article article; /* id 0: not stored */
	struct nearby near;
};

static int read_host(struct reader *r, const struct edit *d, struct arena *a, struct host *h,
		     struct err *e)
{
	if (h->is_read && memcmp(h->sha256, d->sha256, sizeof h->sha256) == 0)
		return 0;
	memcpy(h->sha256, d->sha256, sizeof h->sha256);
	h->is_read = true;
	if (store_article_of(r, d->sha256, a, &h->article, e) ||
	    (h->article.id && store_article(r, h->article.id, a, &h->article, e)))
		return -1;
	h->near = (struct nearby){.title = h->article.title, .text = h->article.text};
	return 0;
}

static int copy_column(sqlite3_stmt *st, int at, struct arena *a, struct str *out, struct err *e)
{
	*out = sql_copy(st, at, a);
	return out->p ? 0 : arena_full(e);
}

static int read_edit(sqlite3_stmt *st, struct arena *a, struct edit *d, struct err *e)
{
	struct str before, after, text = sql_column(st, 7);
	*d = (struct edit){.id = sqlite3_column_int64(st, 0),
			   .made_ms = sqlite3_column_int64(st, 1),
			   .action = (enum edit_action)sqlite3_column_int(st, 3),
			   .batch = sqlite3_column_int64(st, 4),
			   .thing = sqlite3_column_int64(st, 5),
			   .undoes = sqlite3_column_int64(st, 6),
			   .has_text = text.n == DIGEST_BYTES};
	if (d->has_text)
		memcpy(d->sha256, text.p, DIGEST_BYTES);
	return copy_column(st, 2, a, &d->who, e) || copy_column(st, 8, a, &d->subject, e) ||
			       copy_column(st, 9, a, &before, e) ||
			       copy_column(st, 10, a, &after, e) ||
			       label_read(before, a, &d->before, e) ||
			       label_read(after, a, &d->after, e)
		       ? -1
		       : 0;
}

/* As db/sqlite/edit_row.c: the last one, and the last one that stands. */
static int can_undo(struct reader *r, struct edit *d, struct err *e)
{
	sqlite3_stmt *st = r->st[R_EDITS_OF_THING];
	int64_t skip_to = 0;
	bool is_first = true, skips = false, has_passed = false;
	sqlite3_bind_int64(st, 1, d->thing);
	int row = 0;
	while (!has_passed && (row = sql_row(st, e)) > 0) {
		int64_t id = sqlite3_column_int64(st, 0), undoes = sqlite3_column_int64(st, 1);
		d->can_be_undone |= is_first && id == d->id;
		is_first = false;
		if (skips) {
			skips = id != skip_to;
			continue;
		}
		skips = undoes != 0;
		skip_to = undoes;
		has_passed = !undoes;
		d->can_be_undone |= has_passed && id == d->id;
	}
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

static int statement_now(struct reader *r, struct edit *d, struct err *e)
{
	sqlite3_stmt *st = r->st[R_EDITS_OF_THING];
	sqlite3_bind_int64(st, 1, d->thing);
	int row = sql_row(st, e);
	int64_t last = row > 0 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	if (row < 0)
		return -1;
	st = r->st[R_STATEMENT_BY_EDIT];
	sqlite3_bind_int64(st, 1, last);
	row = sql_row(st, e);
	d->statement = row > 0 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

/* The words that its spans mean, where the text has them. */
static int complete_label(struct host *h, struct label *l, bool *fits, struct arena *a,
			  struct err *e)
{
	*fits = h->article.id && l->kind == LABEL_STATEMENT &&
		label_anchor(&h->near, &l->statement) == l->anchor;
	if (!*fits)
		return 0;
	l->statement.article_id = h->article.id;
	l->statement.article_title = h->article.title;
	l->statement.article_url = h->article.url;
	l->statement.outlet = h->article.outlet;
	l->statement.published_at = h->article.published_at;
	return label_content(&h->near, l->statement.spans.content, a, &l->statement.content, e);
}

static int complete(struct reader *r, struct edit *d, struct host *h, struct arena *a,
		    struct err *e)
{
	bool ignored;
	if (can_undo(r, d, e))
		return -1;
	if (!d->has_text)
		return 0;
	if (read_host(r, d, a, h, e) || statement_now(r, d, e) ||
	    complete_label(h, &d->before, &ignored, a, e) ||
	    complete_label(h, &d->after, &d->fits, a, e))
		return -1;
	d->article = h->article.id;
	d->before.statement.id = d->after.statement.id = d->statement;
	return 0;
}

static bool is_label(const struct edit *d)
{
	return d->after.kind == LABEL_STATEMENT && d->after.statement.status != STATUS_MACHINE;
}

static bool is_wanted(const struct edit_query *q, const struct edit *d)
{
	if (q->only_orphans)
		return is_label(d) && !d->fits;
	return !q->only_labels || is_label(d);
}

/* A number from a row of one column; 0 where there is none. */
static int one_number(sqlite3_stmt *st, int64_t *out, struct err *e)
{
	int row = sql_row(st, e);
	*out = row > 0 ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

/* The text that gives the rows, and what its third parameter is. */
static int choose(struct reader *r, const struct edit_query *q, enum reader_sql *text,
		  int64_t *third, struct err *e)
{
	*third = q->id ? q->id : q->batch;
	*text = q->id				    ? R_EDIT
		: q->batch			    ? R_EDITS_OF_BATCH
		: q->only_labels || q->only_orphans ? R_EDITS_LAST
						    : R_EDITS;
	if (q->statement) {
		*text = R_EDITS_OF;
		sqlite3_bind_int64(r->st[R_EDIT_OF_STATEMENT], 1, q->statement);
		return one_number(r->st[R_EDIT_OF_STATEMENT], third, e);
	}
	if (!q->actor.n && !q->issue.n)
		return 0;
	sqlite3_stmt *st = r->st[q->actor.n ? R_EDIT_OF_ACTOR : R_EDIT_OF_ISSUE];
	*text = R_EDITS_OF;
	sql_bind_str(st, 1, q->actor.n ? q->actor : q->issue);
	return one_number(st, third, e);
}

int store_edits(struct reader *r, const struct edit_query *q, struct arena *a,
		struct edit_list *out, int64_t *next, struct err *e)
{
	enum reader_sql text;
	struct host host = {0};
	size_t cap = 0, limit = q->limit < 1		     ? 1
				: q->limit > EDITS_LIMIT_MAX ? EDITS_LIMIT_MAX
							     : (size_t)q->limit;
	int64_t third;
	*out = (struct edit_list){0};
	*next = 0;
	if (reader_call(r, e) || choose(r, q, &text, &third, e))
		return -1;
	sqlite3_stmt *st = r->st[text];
	sqlite3_bind_int64(st, 1, q->after ? q->after : INT64_MAX);
	sql_bind_str(st, 2, q->who);
	if (sqlite3_bind_parameter_count(st) > 2)
		sqlite3_bind_int64(st, 3, third);
	int row;
	while ((row = sql_row(st, e)) > 0) {
		struct edit d;
		if (read_edit(st, a, &d, e) || complete(r, &d, &host, a, e) ||
		    (is_wanted(q, &d) &&
		     arena_grow(a, (void **)&out->v, &cap, out->n + 1, sizeof *out->v))) {
			sqlite3_reset(st);
			return arena_full(e);
		}
		if (!is_wanted(q, &d))
			continue;
		if (out->n == limit) {
			*next = out->v[limit - 1].id;
			break;
		}
		out->v[out->n++] = d;
	}
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}
