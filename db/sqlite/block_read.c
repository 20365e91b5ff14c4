/* Each question reads the columns that it asks for, and no others. */
#include "db/sqlite/block_read.h"

#include <stdio.h>

#include "db/sqlite/block_row.h"

enum { FIRST_COLUMN = 1 };

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

int blocks_walk(struct reader *r, unsigned columns, int64_t above, int64_t below, bool last_first,
		block_take *take, void *context, struct err *e)
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
		int end = block_of_row(st, FIRST_COLUMN, columns, &b, e) ||
					  reader_spend(r, (int64_t)b.n, e)
				  ? -1
				  : take(context, &b, e);
		if (end) {
			sqlite3_reset(st);
			return end < 0 ? -1 : 0;
		}
	}
	return row;
}

void block_seeker_init(struct block_seeker *s, struct reader *r, unsigned columns)
{
	s->r = r;
	s->columns = columns | BLOCK_IDS;
	s->st = NULL;
	block_seek_text(s->columns, s->text);
}

void block_seeker_end(struct block_seeker *s)
{
	if (s->st)
		sqlite3_reset(s->st);
	s->st = NULL;
}

/* 1, 0 where all blocks are behind the id, or -1 with *e. */
static int read_block(struct block_seeker *s, int64_t id, struct err *e)
{
	sqlite3_stmt *st = reader_prepare(s->r, str_of(s->text), e);
	if (!st)
		return -1;
	sqlite3_bind_int64(st, 1, id);
	int row = sql_row(st, e);
	if (row <= 0)
		return row;
	s->st = st;
	s->at = 0;
	s->first = sqlite3_column_int64(st, 0);
	if (block_of_row(st, FIRST_COLUMN, s->columns, &s->block, e))
		return -1;
	s->after = s->block.n ? block_id(&s->block, s->block.n - 1) + 1 : s->first;
	return 1;
}

int block_seek_near(struct block_seeker *s, int64_t id, struct err *e)
{
	if (s->st && id >= s->first && id < s->after)
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
