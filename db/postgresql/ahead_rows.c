/* Keys listed, and asked for by the statements that will want them. */
#include "db/postgresql/ahead_rows.h"

#include <stdlib.h>

#include "db/knowledge.h"
#include "db/postgresql/statement.h"

struct names {
	struct transaction *t;
	struct value *actors, *issues;
	size_t n_actors, n_issues, cap_actors, cap_issues;
	bool has_failed;
};

static struct rows_ahead *expect(const struct transaction *t, enum writer_sql text,
				 const struct value *keys, size_t n)
{
	sqlite3_stmt *st = transaction_sql(t, text);
	rows_ahead_expect(&st->ahead, st->db, st->sql, keys, n);
	return &st->ahead;
}

/* --- names --- */

static void add(struct names *l, struct value **v, size_t *n, size_t *cap, struct str slug)
{
	if (arena_grow(&l->t->arena, (void **)v, cap, *n + 1, sizeof **v))
		l->has_failed = true;
	else
		(*v)[(*n)++] = value_bytes(slug.p, slug.n, PG_BYTEA);
}

static void add_actor(struct names *l, struct str slug)
{
	const struct cached_key *cached = key_cache_find(l->t->keys->actors, slug);
	if (slug.n && !(cached && cached->is_known))
		add(l, &l->actors, &l->n_actors, &l->cap_actors, slug);
}

static void add_statement(struct names *l, const struct statement *s)
{
	const struct actor *const actors[] = {s->speaker, s->stance.target, s->addressee,
					      s->reported_by};
	for (size_t i = 0; i < sizeof actors / sizeof actors[0]; i++)
		if (actors[i])
			add_actor(l, actors[i]->id);
	if (s->speaker)
		add_actor(l, s->speaker->country);
	for (size_t i = 0; i < s->n_issues; i++) {
		struct str slug = s->issues[i].issue ? s->issues[i].issue->id : STR_EMPTY;
		if (slug.n && !key_cache_find(l->t->keys->issues, slug))
			add(l, &l->issues, &l->n_issues, &l->cap_issues, slug);
	}
}

int ahead_rows_names(struct transaction *t, struct write *const *v, int n, struct err *e)
{
	struct names l = {.t = t};
	for (int i = 0; i < n; i++)
		for (size_t k = 0; k < v[i]->extraction.n_statements; k++)
			add_statement(&l, &v[i]->extraction.statements[k]);
	if (l.has_failed)
		return arena_full(e);
	struct rows_ahead *const all[] = {expect(t, W_FIND_ACTOR, l.actors, l.n_actors),
					  expect(t, W_FIND_ISSUE, l.issues, l.n_issues)};
	rows_ahead_ask(all, sizeof all / sizeof all[0]);
	return 0;
}

/* --- articles --- */

/* That is asked for last, by what the texts are. */
static const enum writer_sql of_article[] = {W_EDITION_OF,   W_TEXT_OF,	      W_COPY_OF,
					     W_SIGNATURE_OF, W_STATEMENTS_OF, W_EDITS_OF_TEXT};
enum { BY_TEXT = sizeof of_article / sizeof of_article[0] - 1, SHA256 = 2 };

static int by_number(const void *va, const void *vb)
{
	int64_t a = read_number(((const struct value *)va)->number);
	int64_t b = read_number(((const struct value *)vb)->number);
	return a < b ? -1 : a > b;
}

static bool has_twice(struct value *ids, int n)
{
	qsort(ids, (size_t)n, sizeof *ids, by_number);
	for (int i = 1; i < n; i++)
		if (by_number(&ids[i - 1], &ids[i]) == 0)
			return true;
	return false;
}

/* Views of what was read. */
static size_t list_texts(const struct rows_ahead *texts, struct value *out)
{
	const struct libpq *pq = texts->db->pq;
	for (int i = 0; i < texts->n; i++)
		out[i] = value_bytes(pq->PQgetvalue(texts->rows, i, SHA256),
				     (size_t)pq->PQgetlength(texts->rows, i, SHA256), PG_BYTEA);
	return (size_t)texts->n;
}

int ahead_rows_articles(struct transaction *t, struct write *const *v, int n, struct err *e)
{
	struct rows_ahead *all[BY_TEXT], *edits;
	struct value *keys = arena_array(&t->arena, (size_t)n, sizeof *keys);
	if (!keys)
		return arena_full(e);
	for (int i = 0; i < n; i++)
		keys[i] = value_number(v[i]->id);
	if (has_twice(keys, n))
		return 0;
	for (int i = 0; i < BY_TEXT; i++)
		all[i] = expect(t, of_article[i], keys, (size_t)n);
	rows_ahead_ask(all, BY_TEXT);
	edits = expect(t, W_EDITS_OF_TEXT, keys,
		       list_texts(&transaction_sql(t, W_TEXT_OF)->ahead, keys));
	rows_ahead_ask(&edits, 1);
	return 0;
}

void ahead_rows_forget(struct transaction *t)
{
	for (int i = 0; i <= BY_TEXT; i++)
		rows_ahead_forget(&transaction_sql(t, of_article[i])->ahead);
}
