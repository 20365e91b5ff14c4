/* Blocks changed by what a transaction noted. */
#include "db/sqlite/block_write.h"

#include <stdlib.h>

#include "db/sqlite/block_row.h"

/* A block in change: what it held, and which ids it is for. */
struct changing {
	struct transaction *t;
	struct arena *a;
	bool is_stored;
	int64_t first, after; /* the next block's first, or INT64_MAX */
	struct block_entry *v;
	size_t n;
};

static int by_id(const void *va, const void *vb)
{
	const struct block_op *a = va, *b = vb;
	if (a->entry.id != b->entry.id)
		return a->entry.id < b->entry.id ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

static int read_block(struct changing *c, int64_t id, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(c->t, W_BLOCK_AT);
	struct block b;
	int rc = 0;
	sqlite3_bind_int64(st, 1, id);
	int row = sql_row(st, e);
	c->is_stored = row > 0;
	if (row > 0) {
		c->first = sqlite3_column_int64(st, 0);
		rc = block_of_row(st, 1, BLOCK_ALL, &b, e) || block_entries(&b, c->a, &c->v, e) ? -1
												: 0;
		c->n = b.n;
	}
	sqlite3_reset(st);
	return row < 0 ? -1 : rc;
}

static int read_after(struct changing *c, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(c->t, W_BLOCK_AFTER);
	sqlite3_bind_int64(st, 1, c->first);
	int row = sql_row(st, e);
	bool is_there = row > 0 && sqlite3_column_type(st, 0) != SQLITE_NULL;
	c->after = is_there ? sqlite3_column_int64(st, 0) : INT64_MAX;
	sqlite3_reset(st);
	return row < 0 ? -1 : 0;
}

static int save_block(struct changing *c, int64_t first, const struct block_entry *v, size_t n,
		      struct err *e)
{
	struct block b;
	sqlite3_stmt *st = transaction_sql(c->t, W_SAVE_BLOCK);
	if (block_make(v, n, c->a, &b, e))
		return -1;
	sqlite3_bind_int64(st, 1, first);
	block_bind(st, 2, &b);
	return sql_do(st, e);
}

/* What grows at the end of all, as news comes in, fills its blocks; what grows between is parted
 * evenly, so that each part has room. */
static int save_parts(struct changing *c, const struct block_entry *v, size_t n, struct err *e)
{
	size_t parts = (n + BLOCK_STATEMENTS_MAX - 1) / BLOCK_STATEMENTS_MAX, at = 0;
	sqlite3_stmt *drop = transaction_sql(c->t, W_DROP_BLOCK);
	if (n == 0 && c->is_stored) {
		sqlite3_bind_int64(drop, 1, c->first);
		return sql_do(drop, e);
	}
	for (size_t i = 0; i < parts; i++) {
		size_t to = c->after == INT64_MAX ? at + BLOCK_STATEMENTS_MAX : n * (i + 1) / parts;
		to = to < n ? to : n;
		if (save_block(c, i ? v[at].id : c->first, v + at, to - at, e))
			return -1;
		at = to;
	}
	return 0;
}

/* The last of several ops of a statement says how it is. */
static size_t merge(const struct changing *c, const struct block_op *ops, size_t n_ops,
		    struct block_entry *out)
{
	size_t n = 0, at = 0;
	for (size_t i = 0; i < n_ops; i++) {
		int64_t id = ops[i].entry.id;
		if (i + 1 < n_ops && ops[i + 1].entry.id == id)
			continue;
		while (at < c->n && c->v[at].id < id)
			out[n++] = c->v[at++];
		at += at < c->n && c->v[at].id == id;
		if (!ops[i].is_drop)
			out[n++] = ops[i].entry;
	}
	while (at < c->n)
		out[n++] = c->v[at++];
	return n;
}

/* The block of the first op, and all others of its ids: *n_ops of them. */
static int change_block(struct changing *c, const struct block_op *ops, size_t *n_ops,
			struct err *e)
{
	size_t most = *n_ops;
	if (read_block(c, ops[0].entry.id, e) || read_after(c, e))
		return -1;
	for (*n_ops = 0; *n_ops < most && ops[*n_ops].entry.id < c->after;)
		++*n_ops;
	struct block_entry *v = arena_room(c->a, c->n + *n_ops, sizeof *v);
	return v ? save_parts(c, v, merge(c, ops, *n_ops, v), e) : arena_full(e);
}

/* --- outlets --- */

static int add_outlet(struct transaction *t, struct str name, uint32_t *key, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_ADD_OUTLET);
	sql_bind_str(st, 1, name);
	if (sql_do(st, e))
		return -1;
	*key = (uint32_t)sqlite3_last_insert_rowid(t->connection->db);
	return 0;
}

static int find_outlet(struct transaction *t, struct str name, uint32_t *key, struct err *e)
{
	sqlite3_stmt *st = transaction_sql(t, W_OUTLET_KEY);
	sql_bind_str(st, 1, name);
	int row = sql_row(st, e);
	if (row > 0)
		*key = (uint32_t)sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return row == 0 ? add_outlet(t, name, key, e) : row < 0 ? -1 : 0;
}

/* Each outlet is looked up once. */
static int outlet_key(struct transaction *t, struct str name, uint32_t *key, struct err *e)
{
	struct named_outlets *known = &t->outlets;
	*key = 0;
	if (!name.n)
		return 0;
	for (size_t i = 0; i < known->n; i++)
		if (str_eq(known->v[i].name, name)) {
			*key = (uint32_t)known->v[i].number;
			return 0;
		}
	if (find_outlet(t, name, key, e))
		return -1;
	if (arena_grow(&t->arena, (void **)&known->v, &known->cap, known->n + 1, sizeof *known->v))
		return arena_full(e);
	known->v[known->n++] = (struct named_outlet){*key, arena_str(&t->arena, name)};
	return known->v[known->n - 1].name.p ? 0 : arena_full(e);
}

static int by_number(const void *va, const void *vb)
{
	const struct named_outlet *a = va, *b = vb;
	return a->number < b->number ? -1 : a->number > b->number;
}

static int outlet_of(struct transaction *t, int64_t article, uint32_t *key, struct err *e)
{
	const struct named_outlet searched = {.number = article}, *fresh = NULL;
	if (t->fresh.n)
		fresh = bsearch(&searched, t->fresh.v, t->fresh.n, sizeof searched, by_number);
	if (fresh)
		return outlet_key(t, fresh->name, key, e);
	sqlite3_stmt *st = transaction_sql(t, W_OUTLET_OF);
	sqlite3_bind_int64(st, 1, article);
	int row = sql_row(st, e);
	int rc = row > 0 ? outlet_key(t, sql_column(st, 0), key, e) : row;
	sqlite3_reset(st);
	return rc;
}

/* Statements of an article stand together. */
static int set_outlets(struct transaction *t, struct err *e)
{
	int64_t article = 0;
	uint32_t key = 0;
	if (t->fresh.n)
		qsort(t->fresh.v, t->fresh.n, sizeof *t->fresh.v, by_number);
	for (size_t i = 0; i < t->blocks.n; i++) {
		struct block_op *op = &t->blocks.v[i];
		if (op->is_drop)
			continue;
		if (op->entry.article != article && outlet_of(t, op->entry.article, &key, e))
			return -1;
		article = op->entry.article;
		op->entry.outlet = key;
	}
	return 0;
}

int blocks_flush(struct transaction *t, struct err *e)
{
	struct block_ops *ops = &t->blocks;
	if (ops->n)
		qsort(ops->v, ops->n, sizeof *ops->v, by_id);
	int rc = set_outlets(t, e);
	for (size_t at = 0, n; at < ops->n && rc == 0; at += n) {
		struct arena scratch;
		arena_init_beside(&scratch, &t->arena);
		struct changing c = {.t = t, .a = &scratch};
		n = ops->n - at;
		rc = change_block(&c, ops->v + at, &n, e);
		arena_release(&scratch);
	}
	return rc;
}
