/* What is put off to the end of a transaction, in an order that suits the indexes. */
#include "db/sqlite/transaction.h"

#include <stdlib.h>

/* Its scratch: facets and counts of 128 articles take a few hundred kB; a lone article of 8 MiB
 * must fit too. */
enum { TRANSACTION_BYTES_MAX = 512 * 1024 * 1024, RECORD_BYTES_MAX = 32 * 1024 * 1024 };

int transaction_begin(struct transaction *t, struct write_connection *c, struct key_cache *keys,
		      const struct state *committed, struct err *e)
{
	*t = (struct transaction){.connection = c,
				  .keys = keys,
				  .committed = committed,
				  .state = *committed,
				  .commit = committed->commits + 1};
	t->changes = sqlite3_total_changes64(c->db);
	arena_init(&t->arena, TRANSACTION_BYTES_MAX);
	buf_init(&t->record, RECORD_BYTES_MAX);
	t->arena.budget = t->record.budget = &t->budget;
	return sql_do(c->st[W_BEGIN], e) || state_check(c, committed, e) ? -1 : 0;
}

void transaction_release(struct transaction *t)
{
	buf_release(&t->record);
	arena_release(&t->arena);
}

#define ADD(t, list, op, e)                                                                        \
	(arena_grow(&(t)->arena, (void **)&(list)->v, &(list)->cap, (list)->n + 1,                 \
		    sizeof *(list)->v)                                                             \
		 ? arena_full(e)                                                                   \
		 : ((list)->v[(list)->n++] = (op), 0))

int transaction_add_facet(struct transaction *t, const struct facet_op *op, struct err *e)
{
	struct facet_op numbered = *op;
	numbered.number = t->facets.n;
	return ADD(t, &t->facets, numbered, e);
}

int transaction_add_block(struct transaction *t, const struct block_op *op, struct err *e)
{
	struct block_op numbered = *op;
	numbered.number = t->blocks.n;
	return ADD(t, &t->blocks, numbered, e);
}

int transaction_add_fts(struct transaction *t, const struct fts_op *op, struct err *e)
{
	struct fts_op numbered = *op;
	numbered.number = t->fts.n;
	return ADD(t, &t->fts, numbered, e);
}

int transaction_note_outlet(struct transaction *t, int64_t article, struct str name, struct err *e)
{
	return ADD(t, &t->fresh, ((struct named_outlet){article, name}), e);
}

int transaction_count_actor(struct transaction *t, int64_t key, int64_t statements,
			    int64_t mentions, struct err *e)
{
	if (!key)
		return 0;
	return ADD(t, &t->actors, ((struct count_op){key, statements, mentions}), e);
}

int transaction_count_issue(struct transaction *t, int64_t key, int64_t statements,
			    int64_t uncounted, struct err *e)
{
	return ADD(t, &t->issues, ((struct count_op){key, statements, uncounted}), e);
}

int transaction_count_tally(struct transaction *t, int64_t key, int64_t statements, struct err *e)
{
	return ADD(t, &t->tallies, ((struct count_op){key, statements, 0}), e);
}

static int by(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_facet(const void *va, const void *vb)
{
	const struct facet_op *a = va, *b = vb;
	int order = by(a->speaker, b->speaker);
	order = order ? order : by(a->issue, b->issue);
	order = order ? order : by(a->statement, b->statement);
	return order ? order : (a->number > b->number) - (a->number < b->number);
}

static int by_statement(const void *va, const void *vb)
{
	const struct fts_op *a = va, *b = vb;
	int order = by(a->statement, b->statement);
	return order ? order : (a->number > b->number) - (a->number < b->number);
}

static int by_key(const void *va, const void *vb)
{
	const struct count_op *a = va, *b = vb;
	return by(a->key, b->key);
}

static void sort(void *v, size_t n, size_t size, int (*compare)(const void *, const void *))
{
	if (n)
		qsort(v, n, size, compare);
}

/* Sorted, neighbours of the b-tree are touched together. */
static int flush_facets(struct transaction *t, struct err *e)
{
	sort(t->facets.v, t->facets.n, sizeof *t->facets.v, by_facet);
	for (size_t i = 0; i < t->facets.n; i++) {
		const struct facet_op *f = &t->facets.v[i];
		sqlite3_stmt *st = t->connection->st[f->is_drop ? W_DROP_FACET : W_ADD_FACET];
		sqlite3_bind_int64(st, 1, f->speaker);
		sqlite3_bind_int64(st, 2, f->issue);
		sqlite3_bind_int64(st, 3, f->statement);
		if (!f->is_drop)
			sqlite3_bind_int64(st, 4, f->fields);
		if (sql_do(st, e))
			return -1;
	}
	return 0;
}

/* FTS5 writes its pending terms out whenever a rowid falls: in rising order it does so once, at the
 * commit. */
static int flush_fts(struct transaction *t, struct err *e)
{
	sort(t->fts.v, t->fts.n, sizeof *t->fts.v, by_statement);
	for (size_t i = 0; i < t->fts.n; i++) {
		const struct fts_op *f = &t->fts.v[i];
		sqlite3_stmt *st = t->connection->st[f->is_drop ? W_DROP_FTS : W_ADD_FTS];
		sqlite3_bind_int64(st, 1, f->statement);
		sql_bind_str(st, 2, f->content);
		sql_bind_str(st, 3, f->facets);
		sql_bind_str(st, 4, f->nearby);
		sql_bind_str(st, 5, f->role);
		if (sql_do(st, e))
			return -1;
	}
	return 0;
}

static int do_key(sqlite3_stmt *st, int64_t key, struct err *e)
{
	sqlite3_bind_int64(st, 1, key);
	return sql_do(st, e);
}

static int is_unused(sqlite3_stmt *st, int64_t key, struct err *e)
{
	sqlite3_bind_int64(st, 1, key);
	int row = sql_row(st, e);
	sqlite3_reset(st);
	return row;
}

/* An actor that only deleted texts named goes with them. A country stays: others may speak for it
 * without naming it. */
static int drop_unused_actor(struct transaction *t, int64_t key, struct err *e)
{
	sqlite3_stmt **st = t->connection->st;
	sqlite3_bind_int64(st[W_IS_UNUSED_ACTOR], 2, ACTOR_COUNTRY);
	int unused = is_unused(st[W_IS_UNUSED_ACTOR], key, e);
	if (unused <= 0)
		return unused;
	t->renames = true;
	t->state.actors--;
	return do_key(st[W_DROP_ALIASES], key, e) || do_key(st[W_DROP_ROLES], key, e) ||
			       do_key(st[W_DROP_ACTOR], key, e)
		       ? -1
		       : 0;
}

static int drop_unused_issue(struct transaction *t, int64_t key, struct err *e)
{
	sqlite3_stmt **st = t->connection->st;
	int unused = is_unused(st[W_IS_UNUSED_ISSUE], key, e);
	if (unused <= 0)
		return unused;
	t->renames = true;
	t->state.issues--;
	return do_key(st[W_DROP_TERMS], key, e) || do_key(st[W_DROP_ISSUE], key, e) ? -1 : 0;
}

static int drop_empty_tally(struct transaction *t, int64_t key, struct err *e)
{
	return do_key(t->connection->st[W_DROP_TALLY], key, e);
}

/* What comes and goes in one transaction changes nothing. */
static int change_counts(struct transaction *t, const struct count_op *sum, enum writer_sql update,
			 struct err *e)
{
	sqlite3_stmt *st = t->connection->st[update];
	if (sum->statements == 0 && sum->others == 0)
		return 0;
	sqlite3_bind_int64(st, 1, sum->key);
	sqlite3_bind_int64(st, 2, sum->statements);
	if (update == W_COUNT_ACTOR || update == W_COUNT_ISSUE) {
		sqlite3_bind_int64(st, 3, sum->others);
		sqlite3_bind_int64(st, 4, t->commit);
	}
	return sql_do(st, e);
}

/* One update for each actor, issue or tally however often the writes name it. */
static int flush_counts(struct transaction *t, struct count_ops *ops, enum writer_sql update,
			int (*drop)(struct transaction *, int64_t, struct err *), struct err *e)
{
	sort(ops->v, ops->n, sizeof *ops->v, by_key);
	for (size_t i = 0, next; i < ops->n; i = next) {
		struct count_op sum = {.key = ops->v[i].key};
		bool falls = false;
		for (next = i; next < ops->n && ops->v[next].key == sum.key; next++) {
			const struct count_op *op = &ops->v[next];
			sum.statements += op->statements;
			sum.others += op->others;
			falls |= op->statements < 0 || op->others < 0;
		}
		if (change_counts(t, &sum, update, e) || (falls && drop(t, sum.key, e)))
			return -1;
	}
	return 0;
}

int transaction_flush(struct transaction *t, struct err *e)
{
	if (flush_facets(t, e) || flush_fts(t, e) ||
	    flush_counts(t, &t->actors, W_COUNT_ACTOR, drop_unused_actor, e) ||
	    flush_counts(t, &t->issues, W_COUNT_ISSUE, drop_unused_issue, e) ||
	    flush_counts(t, &t->tallies, W_COUNT_TALLY, drop_empty_tally, e))
		return -1;
	bool changes = sqlite3_total_changes64(t->connection->db) != t->changes;
	return state_save(t->connection, &t->state, t->committed, t->commit, changes, e);
}
