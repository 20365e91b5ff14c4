/* One question for rows, one for what they name. */
#include "db/sqlite/page_ahead.h"

#include "db/packed_fields.h"
#include "db/postgresql/statement.h"
#include "db/record.h"

/* Keys beyond are asked for one by one. */
enum { ROWS_MAX = 2048, KEYS_MAX = 4096, SCRATCH_MAX = 16 * 1024 * 1024 };

static struct rows_ahead *expect(struct reader *r, enum reader_sql text, struct keys keys)
{
	sqlite3_stmt *st = r->st[text];
	struct value values[KEYS_MAX];
	size_t n = keys.n < KEYS_MAX ? keys.n : KEYS_MAX;
	for (size_t i = 0; i < n; i++)
		values[i] = value_number(keys.v[i]);
	rows_ahead_expect(&st->ahead, st->db, st->sql, values, n);
	st->named = NULL;
	return &st->ahead;
}

void page_ahead_statements(struct reader *r, struct keys ids)
{
	expect(r, R_STATEMENT, ids);
}

/* Keys that are not remembered, each once for each row. */
struct naming {
	struct reader *r;
	struct arena arena;
	struct keys actors, issues, articles;
	size_t cap_actors, cap_issues, cap_articles;
};

static void add(struct naming *n, struct keys *to, size_t *cap, int64_t key)
{
	int64_t *v = (int64_t *)to->v;
	if (arena_grow(&n->arena, (void **)&v, cap, to->n + 1, sizeof *v))
		return; /* it is asked for alone */
	v[to->n] = key;
	*to = (struct keys){v, to->n + 1};
}

static void add_actor(struct naming *n, int64_t key)
{
	if (key && !name_cache_holds(&n->r->names, key, false))
		add(n, &n->actors, &n->cap_actors, key);
}

static void add_row(struct naming *n, sqlite3_stmt *st)
{
	enum { ARTICLE = 1, ACTORS = 2, FIELDS = 5, DETAIL = 7 };
	struct statement s = {0};
	struct err damaged = {0}; /* shows when the row is read */
	int64_t fields = sqlite3_column_int64(st, FIELDS), reported_by;
	const int64_t *issues;
	fields_unpack(fields, &s);
	if (record_read(sql_column(st, DETAIL), &n->arena, &s, &reported_by, &issues, &damaged))
		return;
	for (int i = 0; i < 3; i++)
		add_actor(n, sqlite3_column_int64(st, ACTORS + i));
	add_actor(n, reported_by);
	for (size_t i = 0; i < s.n_issues; i++)
		if (!name_cache_holds(&n->r->names, issues[i], true))
			add(n, &n->issues, &n->cap_issues, issues[i]);
	if (fields_are_of_copy(fields))
		add(n, &n->articles, &n->cap_articles, sqlite3_column_int64(st, ARTICLE));
}

void page_ahead_names(struct reader *r, sqlite3_stmt *st)
{
	struct naming n = {.r = r};
	int row = st->row, n_rows = st->db->pq->PQntuples(st->rows);
	if (st->named == st->rows)
		return;
	arena_init(&n.arena, SCRATCH_MAX);
	for (st->row = 0; st->row < n_rows && st->row < ROWS_MAX; st->row++)
		add_row(&n, st);
	st->row = row;
	st->named = st->rows;
	struct rows_ahead *const all[] = {expect(r, R_ACTOR_NAME, n.actors),
					  expect(r, R_ISSUE_NAME, n.issues),
					  expect(r, R_SHOWN_ARTICLE, n.articles)};
	rows_ahead_ask(all, sizeof all / sizeof all[0]);
	arena_release(&n.arena);
}

/* One question brings both. */
bool page_ahead_takes_ids(struct reader *r)
{
	(void)r;
	return false;
}

void page_ahead_rows(struct reader *r, struct keys ids, struct str *rows)
{
	(void)r, (void)ids, (void)rows;
}
