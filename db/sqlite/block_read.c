/* Each question reads the columns that it asks for, and no others. */
#include "db/sqlite/block_read.h"

#include <stdio.h>
#include <string.h>

#include "db/sqlite/block_row.h"

enum { FIRST_COLUMN = 1, FIRSTS_BYTES_MAX = 64 << 20 };

static const char *const names[BLOCK_COLUMNS] = {
	[BLOCK_FLAGS] = "b.flags",	 [BLOCK_TRAITS] = "b.traits",
	[BLOCK_SPEAKERS] = "b.speakers", [BLOCK_TARGETS] = "b.targets",
	[BLOCK_DAYS] = "b.days",	 [BLOCK_OUTLETS] = "b.outlets",
	[BLOCK_SAID] = "b.said",	 [BLOCK_ARTICLES] = "b.articles",
	[BLOCK_PAIRS] = "b.pairs",	 [BLOCK_NUMBERS] = "b.numbers",
	[BLOCK_SURE] = "b.sure",	 [BLOCK_BY_ISSUE] = "b.by_issue",
};

/* SQLite copies what a text names, and nothing else. */
static void make_text(unsigned columns, const char *rest, char out[BLOCK_TEXT_MAX])
{
	size_t n = (size_t)snprintf(out, BLOCK_TEXT_MAX, "SELECT b.first, b.statements");
	for (int c = 0; c < BLOCK_COLUMNS; c++)
		n += (size_t)snprintf(out + n, BLOCK_TEXT_MAX - n, ", %s",
				      columns >> c & 1 ? names[c] : "x''");
	snprintf(out + n, BLOCK_TEXT_MAX - n, "%s", rest);
}

#define WALK_TEXT                                                                                  \
	" FROM statement_block b WHERE b.first >= coalesce((SELECT max(f.first)"                   \
	" FROM statement_block f WHERE f.first <= ?1), 0) AND b.first < ?2 ORDER BY b.first "

void block_walk_text(unsigned columns, bool last_first, char out[BLOCK_TEXT_MAX])
{
	make_text(columns, last_first ? WALK_TEXT "DESC" : WALK_TEXT "ASC", out);
}

void block_seek_text(unsigned columns, char out[BLOCK_TEXT_MAX])
{
	make_text(columns,
		  " FROM statement_block b WHERE b.first <= ?1 ORDER BY b.first DESC LIMIT 1", out);
}

/* --- blocks that are kept --- */

struct block_snapshot block_snapshot_of(const struct reader *r)
{
	return (struct block_snapshot){r->commit, r->changes};
}

static int read_firsts(struct reader *r, int64_t **v, size_t *n, struct arena *a, struct err *e)
{
	sqlite3_stmt *st = reader_prepare(r, STR(BLOCK_FIRSTS_TEXT), e);
	size_t cap = 0;
	int row = -1;
	while (st && (row = sql_row(st, e)) > 0) {
		if (arena_grow(a, (void **)v, &cap, *n + 1, sizeof **v)) {
			sqlite3_reset(st);
			return arena_full(e);
		}
		(*v)[(*n)++] = sqlite3_column_int64(st, 0);
	}
	return row;
}

/* 1 where what is kept is of use to the reader's snapshot, 0 where not, -1 with *e. */
static int uses_kept(struct reader *r, struct err *e)
{
	struct block_cache *c = r->signals->blocks;
	struct arena a;
	int64_t *firsts = NULL;
	size_t n = 0;
	if (!c || block_cache_knows(c, block_snapshot_of(r)))
		return c != NULL;
	arena_init(&a, FIRSTS_BYTES_MAX);
	int rc = read_firsts(r, &firsts, &n, &a, e);
	if (rc == 0)
		rc = block_cache_learn(c, block_snapshot_of(r), firsts, n);
	arena_release(&a);
	return rc;
}

static int open_kept(const struct kept_block *k, unsigned columns, struct block *b, struct err *e)
{
	b->n = k->n;
	memcpy(b->columns, k->columns, sizeof b->columns);
	return block_open_known(b, columns, e);
}

/* --- one after another --- */

/* 0, 1 to end the walk, or -1 with *e. */
static int take_block(struct reader *r, const struct block *b, block_take *take, void *context,
		      struct err *e)
{
	return reader_spend(r, (int64_t)b->n, e) ? -1 : take(context, b, e);
}

static int walk_rows(struct reader *r, unsigned columns, int64_t above, int64_t below,
		     bool last_first, block_take *take, void *context, struct err *e)
{
	char text[BLOCK_TEXT_MAX];
	block_walk_text(columns, last_first, text);
	sqlite3_stmt *st = reader_prepare(r, str_of(text), e);
	if (!st)
		return -1;
	sqlite3_bind_int64(st, 1, above);
	sqlite3_bind_int64(st, 2, below);
	int row;
	while ((row = sql_row(st, e)) > 0) {
		struct block b;
		int end = block_of_row(st, FIRST_COLUMN, columns, &b, e)
				  ? -1
				  : take_block(r, &b, take, context, e);
		if (end) {
			sqlite3_reset(st);
			return end < 0 ? -1 : 0;
		}
	}
	return row;
}

/* The block of an id, or the last one before it: *st is on its row, which *b lasts as long as. 1,
 * 0 where there is none, or -1 with *e. */
static int read_row(struct reader *r, const char *text, unsigned columns, int64_t id,
		    sqlite3_stmt **st, struct block *b, struct err *e)
{
	*st = reader_prepare(r, str_of(text), e);
	if (!*st)
		return -1;
	sqlite3_bind_int64(*st, 1, id);
	int row = sql_row(*st, e);
	if (row <= 0)
		return row;
	if (block_of_row(*st, FIRST_COLUMN, columns, b, e)) {
		sqlite3_reset(*st);
		return -1;
	}
	if (r->signals->blocks)
		block_cache_keep(r->signals->blocks, block_snapshot_of(r),
				 sqlite3_column_int64(*st, 0), b, columns);
	return 1;
}

/* Where the block begins that may have ids above. */
static int find_start(struct reader *r, int64_t above, int64_t *first, struct err *e)
{
	char text[BLOCK_TEXT_MAX];
	sqlite3_stmt *st;
	struct block none;
	*first = 0;
	if (above <= 0)
		return 0;
	block_seek_text(0, text);
	int row = read_row(r, text, 0, above, &st, &none, e);
	if (row <= 0)
		return row;
	*first = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return 0;
}

struct walk {
	struct reader *r;
	unsigned columns;
	char text[BLOCK_TEXT_MAX];
	block_take *take;
	void *context;
};

/* The snapshot may be without one that is not kept. As block_take. */
static int walk_block(const struct walk *w, const struct kept_block *k, struct err *e)
{
	struct block b;
	sqlite3_stmt *st;
	if (k->is_kept)
		return open_kept(k, w->columns, &b, e)
			       ? -1
			       : take_block(w->r, &b, w->take, w->context, e);
	int row = read_row(w->r, w->text, w->columns, k->first, &st, &b, e);
	if (row < 0)
		return -1;
	const bool is_there = row > 0 && sqlite3_column_int64(st, 0) == k->first;
	if (!is_there)
		block_cache_miss(w->r->signals->blocks, block_snapshot_of(w->r), k->first);
	int end = is_there ? take_block(w->r, &b, w->take, w->context, e) : 0;
	if (row > 0)
		sqlite3_reset(st);
	return end;
}

static int walk_kept(const struct walk *w, int64_t above, int64_t below, bool last_first,
		     struct err *e)
{
	struct block_cache *c = w->r->signals->blocks;
	struct kept_block k = {0};
	int64_t low;
	int end = 0;
	if (find_start(w->r, above, &low, e))
		return -1;
	int64_t at = last_first ? below - 1 : low;
	while (end == 0 &&
	       block_cache_find(c, block_snapshot_of(w->r), at, !last_first, w->columns, &k) &&
	       k.first >= low && k.first < below) {
		end = walk_block(w, &k, e);
		at = k.first + (last_first ? -1 : 1);
	}
	block_cache_give_back(c, &k);
	return end < 0 ? -1 : 0;
}

int blocks_walk(struct reader *r, unsigned columns, int64_t above, int64_t below, bool last_first,
		block_take *take, void *context, struct err *e)
{
	struct walk w = {.r = r, .columns = columns, .take = take, .context = context};
	int kept = uses_kept(r, e);
	if (kept < 0)
		return -1;
	if (!kept)
		return walk_rows(r, columns, above, below, last_first, take, context, e);
	block_seek_text(columns, w.text);
	return walk_kept(&w, above, below, last_first, e);
}

/* --- the one of a statement --- */

void block_seeker_init(struct block_seeker *s, struct reader *r, unsigned columns)
{
	*s = (struct block_seeker){.r = r, .columns = columns | BLOCK_IDS};
	block_seek_text(s->columns, s->text);
}

void block_seeker_end(struct block_seeker *s)
{
	if (s->st)
		sqlite3_reset(s->st);
	if (s->kept.held)
		block_cache_give_back(s->r->signals->blocks, &s->kept);
	s->st = NULL;
	s->is_at_block = false;
}

/* As read_row. */
static int find_block(struct block_seeker *s, int64_t id, struct err *e)
{
	int kept = uses_kept(s->r, e);
	if (kept < 0)
		return -1;
	if (kept &&
	    block_cache_find(s->r->signals->blocks, block_snapshot_of(s->r), id, false, s->columns,
			     &s->kept) &&
	    s->kept.is_kept) {
		s->first = s->kept.first;
		return open_kept(&s->kept, s->columns, &s->block, e) ? -1 : 1;
	}
	int row = read_row(s->r, s->text, s->columns, id, &s->st, &s->block, e);
	if (row > 0)
		s->first = sqlite3_column_int64(s->st, 0);
	else
		s->st = NULL;
	return row;
}

/* 1, 0 where all blocks are behind the id, or -1 with *e. */
static int read_block(struct block_seeker *s, int64_t id, struct err *e)
{
	int found = find_block(s, id, e);
	if (found <= 0)
		return found;
	s->at = 0;
	s->is_at_block = true;
	s->after = s->block.n ? block_id(&s->block, s->block.n - 1) + 1 : s->first;
	return 1;
}

int block_seek_near(struct block_seeker *s, int64_t id, struct err *e)
{
	if (s->is_at_block && id >= s->first && id < s->after)
		return 1;
	block_seeker_end(s);
	return read_block(s, id, e);
}

int block_seek(struct block_seeker *s, int64_t id, size_t *at, struct err *e)
{
	int found = block_seek_near(s, id, e);
	if (found < 0)
		return -1;
	*at = found ? block_find(&s->block, id, s->at) : 0;
	if (!found || *at == s->block.n)
		return err_set(e, ERR_DB, NULL, "no block has statement %lld", (long long)id);
	s->at = *at;
	return 0;
}
