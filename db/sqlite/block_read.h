/* Blocks of statements (db/statement_block.h) read: one after another, or the one of a statement.
 * Of one reader, so one thread at a time. */
#ifndef DEMARCHE_DB_SQLITE_BLOCK_READ_H
#define DEMARCHE_DB_SQLITE_BLOCK_READ_H

#include "db/sqlite/block_cache.h"
#include "db/sqlite/reader.h"

enum { BLOCK_TEXT_MAX = 400 };

/* The texts of SQL for these columns (bits), for the test that explains each: all blocks of ids
 * above ?1 and below ?2, in their order or the last one first, and the one of the id ?1. */
void block_walk_text(unsigned columns, bool last_first, char out[BLOCK_TEXT_MAX]);
void block_seek_text(unsigned columns, char out[BLOCK_TEXT_MAX]);
/* Where each begins. */
#define BLOCK_FIRSTS_TEXT "SELECT first FROM statement_block WHERE first >= 0"

/* The snapshot of a reader, to the cache of blocks. */
struct block_snapshot block_snapshot_of(const struct reader *r);

/* What lasts as long as its call. 0, 1 to end the walk, or -1 with *e, which ends it, too. */
typedef int block_take(void *context, const struct block *b, struct err *e);

/* Every block that may have ids between, the first and the last with others, too. Each costs as
 * many steps of the reader's bound as it has statements. 0, or -1 with *e, a failure of `take`
 * included. */
int blocks_walk(struct reader *r, unsigned columns, int64_t above, int64_t below, bool last_first,
		block_take *take, void *context, struct err *e) MUST_CHECK;

/* Where a statement stands; statements that are asked for in the order of their ids, rising or
 * falling, read each block once. */
struct block_seeker {
	struct reader *r;
	unsigned columns; /* bits */
	char text[BLOCK_TEXT_MAX];
	bool is_at_block;
	sqlite3_stmt *st; /* on the row of the block at hand, or NULL where that is kept */
	struct kept_block kept;
	int64_t first, after; /* the ids that it begins with and ends before */
	size_t at;	      /* of the last statement */
	struct block block;
};

void block_seeker_init(struct block_seeker *s, struct reader *r, unsigned columns);
/* Makes s->block the one between whose ids this one is, its own or not. 1, 0 where all blocks come
 * behind it, or -1 with *e. */
int block_seek_near(struct block_seeker *s, int64_t id, struct err *e) MUST_CHECK;
/* Its place in s->block. 0, or -1 with *e (ERR_DB: no block has it). */
int block_seek(struct block_seeker *s, int64_t id, size_t *at, struct err *e) MUST_CHECK;
/* Before the reader is used for anything else that may fail, and when done. */
void block_seeker_end(struct block_seeker *s);

#endif
