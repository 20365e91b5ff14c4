/* One transaction of many writes: what is put off to its end, in an order that suits the indexes.
 */
#include <stdlib.h>
#include <string.h>

#include "db/sqlite/writer.h"

/* A group's scratch: facets and counts of 128 articles take a few hundred kB; a lone article of 8
 * MiB must fit too. */
enum { GROUP_BYTES_MAX = 512 * 1024 * 1024, DETAIL_BYTES_MAX = 32 * 1024 * 1024 };

static int read_state(struct writer *w, struct state *out, struct err *e)
{
	sqlite3_stmt *st = w->st[W_STATE];
	int row = sql_row(st, e);
	if (row <= 0)
		return row < 0 ? -1 : err_set(e, ERR_DB, NULL, "the table \"state\" is empty");
	int64_t *const columns[] = {&out->counter, &out->articles,  &out->statements, &out->actors,
				    &out->issues,  &out->knowledge, &out->commits};
	for (int i = 0; i < 7; i++)
		*columns[i] = sqlite3_column_int64(st, i);
	sqlite3_reset(st);
	return 0;
}

int writer_prepare(struct writer *w, sqlite3 *db, struct err *e)
{
	static const char *const texts[W_COUNT] = {
#define X(name, text) text,
		WRITER_SQL(X)
#undef X
	};
	w->db = db;
	w->actors = calloc(SLUGS, sizeof *w->actors);
	w->issues = calloc(SLUGS, sizeof *w->issues);
	if (!w->actors || !w->issues)
		return err_set(e, ERR_DB, NULL, "out of memory");
	for (int i = 0; i < W_COUNT; i++) {
		w->st[i] = sql_prepare(db, texts[i], e);
		if (!w->st[i])
			return -1;
	}
	if (read_state(w, &w->state, e))
		return -1;
	return reread_load(w, e);
}

void writer_release(struct writer *w)
{
	for (int i = 0; i < W_COUNT; i++)
		sqlite3_finalize(w->st[i]);
	sqlite3_close(w->db);
	free(w->actors);
	free(w->issues);
}

void writer_forget(struct writer *w)
{
	for (int i = 0; i < SLUGS; i++)
		w->actors[i].key = w->issues[i].key = 0;
}

/* The lock of the one writer keeps every program of ours out. Should the file be another one, or
 * have been changed all the same, then the counters and keys that are remembered are those of
 * another past: nothing is written. */
static int is_ours(struct writer *w, struct err *e)
{
	struct state now = w->state;
	if (sql_in_place(w->db, e) || read_state(w, &now, e))
		return -1;
	if (memcmp(&now, &w->state, sizeof now) != 0)
		return err_set(e, ERR_DB, NULL,
			       "another program has changed the database: nothing is written until "
			       "a new start");
	return 0;
}

int group_begin(struct group *g, struct writer *w, struct err *e)
{
	*g = (struct group){.w = w, .state = w->state, .commit = w->state.commits + 1};
	g->changes = sqlite3_total_changes64(w->db);
	arena_init(&g->arena, GROUP_BYTES_MAX);
	buf_init(&g->detail, DETAIL_BYTES_MAX);
	g->arena.budget = g->detail.budget = &g->budget;
	return sql_do(w->st[W_BEGIN], e) || is_ours(w, e) ? -1 : 0;
}

#define ADD(g, name, op, e)                                                                        \
	(arena_grow(&(g)->arena, (void **)&(g)->name, &(g)->cap_##name, (g)->n_##name + 1,         \
		    sizeof *(g)->name)                                                             \
		 ? arena_full(e)                                                                   \
		 : ((g)->name[(g)->n_##name++] = (op), 0))

int group_add_facet(struct group *g, const struct facet_op *op, struct err *e)
{
	struct facet_op numbered = *op;
	numbered.number = g->n_facets;
	return ADD(g, facets, numbered, e);
}

int group_add_fts(struct group *g, const struct fts_op *op, struct err *e)
{
	struct fts_op numbered = *op;
	numbered.number = g->n_fts;
	return ADD(g, fts, numbered, e);
}

int group_count_actor(struct group *g, int64_t key, int64_t statements, int64_t mentions,
		      struct err *e)
{
	if (!key)
		return 0;
	return ADD(g, actors, ((struct count_op){key, statements, mentions}), e);
}

int group_take_numbers(struct group *g, size_t n, struct err *e)
{
	enum { COUNTER_MAX = INT32_MAX };
	if (n > (size_t)(COUNTER_MAX - g->state.counter))
		return err_set(e, ERR_DB, NULL, "the counter of ids is used up");
	g->state.counter += (int64_t)n;
	return 0;
}

int group_count_issue(struct group *g, int64_t key, int64_t statements, int64_t uncounted,
		      struct err *e)
{
	return ADD(g, issues, ((struct count_op){key, statements, uncounted}), e);
}

int group_count_tally(struct group *g, int64_t key, int64_t statements, struct err *e)
{
	return ADD(g, tallies, ((struct count_op){key, statements, 0}), e);
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
static int flush_facets(struct group *g, struct err *e)
{
	sort(g->facets, g->n_facets, sizeof *g->facets, by_facet);
	for (size_t i = 0; i < g->n_facets; i++) {
		const struct facet_op *f = &g->facets[i];
		sqlite3_stmt *st = g->w->st[f->is_drop ? W_DROP_FACET : W_ADD_FACET];
		sqlite3_bind_int64(st, 1, f->speaker);
		sqlite3_bind_int64(st, 2, f->issue);
		sqlite3_bind_int64(st, 3, f->statement);
		if (!f->is_drop)
			sqlite3_bind_int64(st, 4, f->traits);
		if (sql_do(st, e))
			return -1;
	}
	return 0;
}

/* FTS5 writes its pending terms out whenever a rowid falls: in rising order it does so once, at the
 * commit. */
static int flush_fts(struct group *g, struct err *e)
{
	sort(g->fts, g->n_fts, sizeof *g->fts, by_statement);
	for (size_t i = 0; i < g->n_fts; i++) {
		const struct fts_op *f = &g->fts[i];
		sqlite3_stmt *st = g->w->st[f->is_drop ? W_DROP_FTS : W_ADD_FTS];
		sqlite3_bind_int64(st, 1, f->statement);
		sql_bind_str(st, 2, f->content);
		sql_bind_str(st, 3, f->facets);
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

static int is_forgotten(sqlite3_stmt *st, int64_t key, struct err *e)
{
	sqlite3_bind_int64(st, 1, key);
	int row = sql_row(st, e);
	sqlite3_reset(st);
	return row;
}

/* An actor that only deleted texts named goes with them. A country stays: others may speak for it
 * without naming it. */
static int forget_actor(struct group *g, int64_t key, struct err *e)
{
	sqlite3_stmt **st = g->w->st;
	sqlite3_bind_int64(st[W_IS_FORGOTTEN_ACTOR], 2, ACTOR_COUNTRY);
	int forgotten = is_forgotten(st[W_IS_FORGOTTEN_ACTOR], key, e);
	if (forgotten <= 0)
		return forgotten;
	g->renames = true;
	g->state.actors--;
	return do_key(st[W_DROP_ALIASES], key, e) || do_key(st[W_DROP_ROLES], key, e) ||
			       do_key(st[W_DROP_ACTOR], key, e)
		       ? -1
		       : 0;
}

static int forget_issue(struct group *g, int64_t key, struct err *e)
{
	sqlite3_stmt **st = g->w->st;
	int forgotten = is_forgotten(st[W_IS_FORGOTTEN_ISSUE], key, e);
	if (forgotten <= 0)
		return forgotten;
	g->renames = true;
	g->state.issues--;
	return do_key(st[W_DROP_TERMS], key, e) || do_key(st[W_DROP_ISSUE], key, e) ? -1 : 0;
}

static int forget_tally(struct group *g, int64_t key, struct err *e)
{
	return do_key(g->w->st[W_DROP_TALLY], key, e);
}

/* What comes and goes in one transaction changes nothing. */
static int change_counts(struct group *g, const struct count_op *sum, enum writer_sql update,
			 struct err *e)
{
	sqlite3_stmt *st = g->w->st[update];
	if (sum->statements == 0 && sum->mentions == 0)
		return 0;
	sqlite3_bind_int64(st, 1, sum->key);
	sqlite3_bind_int64(st, 2, sum->statements);
	if (update != W_COUNT_TALLY) {
		sqlite3_bind_int64(st, 3, sum->mentions);
		sqlite3_bind_int64(st, 4, g->commit);
	}
	return sql_do(st, e);
}

/* One update for each actor, issue or tally however often the group names it. */
static int flush_counts(struct group *g, struct count_op *ops, size_t n, enum writer_sql update,
			int (*forget)(struct group *, int64_t, struct err *), struct err *e)
{
	sort(ops, n, sizeof *ops, by_key);
	for (size_t i = 0, next; i < n; i = next) {
		struct count_op sum = {.key = ops[i].key};
		bool falls = false;
		for (next = i; next < n && ops[next].key == sum.key; next++) {
			sum.statements += ops[next].statements;
			sum.mentions += ops[next].mentions;
			falls |= ops[next].statements < 0 || ops[next].mentions < 0;
		}
		if (change_counts(g, &sum, update, e) || (falls && forget(g, sum.key, e)))
			return -1;
	}
	return 0;
}

/* A transaction that changed no row takes no number. */
static int save_state(struct group *g, struct err *e)
{
	if (reread_flush(g, e))
		return -1;
	if (sqlite3_total_changes64(g->w->db) == g->changes &&
	    memcmp(&g->state, &g->w->state, sizeof g->state) == 0)
		return 0;
	g->state.commits = g->commit;
	const int64_t values[] = {g->state.counter, g->state.articles, g->state.statements,
				  g->state.actors,  g->state.issues,   g->state.knowledge,
				  g->state.commits};
	sqlite3_stmt *st = g->w->st[W_SAVE_STATE];
	for (int i = 0; i < 7; i++)
		sqlite3_bind_int64(st, i + 1, values[i]);
	return sql_do(st, e);
}

int group_flush(struct group *g, struct err *e)
{
	if (flush_facets(g, e) || flush_fts(g, e) ||
	    flush_counts(g, g->actors, g->n_actors, W_COUNT_ACTOR, forget_actor, e) ||
	    flush_counts(g, g->issues, g->n_issues, W_COUNT_ISSUE, forget_issue, e) ||
	    flush_counts(g, g->tallies, g->n_tallies, W_COUNT_TALLY, forget_tally, e))
		return -1;
	return save_state(g, e);
}
