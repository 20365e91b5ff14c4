/* Columns of blocks (db/statement_block.h) as a store's readers read them last, kept where they are
 * read without SQLite: one after another, instead of page by page. In a file without a name, beside
 * the database and in its room, which goes with the process: memory that the system has back
 * whenever it needs it. Exact for each snapshot: the writer notes what it changes before it
 * commits. Any thread. */
#ifndef DEMARCHE_DB_SQLITE_BLOCK_CACHE_H
#define DEMARCHE_DB_SQLITE_BLOCK_CACHE_H

#include "db/statement_block.h"

struct block_cache;

/* For blocks of the database at this path. NULL where there can be none. */
struct block_cache *block_cache_new(const char *path);
void block_cache_free(struct block_cache *c);

/* The transaction of this number makes, changes or drops the block that begins with `first`: noted
 * before it commits, whether it does or not. c may be NULL. */
void block_cache_note(struct block_cache *c, int64_t first, int64_t commit);

/* A snapshot: the number of its last transaction, and of the changes by others (signals.h). */
struct block_snapshot {
	int64_t commit;
	uint64_t changes;
};

/* Does it know where all blocks of the snapshot begin? If not, it is to be told: false when the
 * snapshot is of no use to it. */
bool block_cache_knows(struct block_cache *c, struct block_snapshot s);
bool block_cache_learn(struct block_cache *c, struct block_snapshot s, const int64_t *firsts,
		       size_t n);

/* A block that is found: where it begins. Is it kept, then n and columns that were asked for, which
 * last until the next call with it. Begins as {0}. */
struct kept_block {
	int64_t first;
	bool is_kept;
	size_t n;
	struct str columns[BLOCK_COLUMNS];
	size_t held;  /* a slot's number and one more, 0: none */
	size_t place; /* where it was listed last */
};

/* Of the blocks that begin at or before `at` the last one, or (`up`) at or after it the first one;
 * false: there is none. One that is not kept may be none of the snapshot: it is to be read. */
bool block_cache_find(struct block_cache *c, struct block_snapshot s, int64_t at, bool up,
		      unsigned columns, struct kept_block *k);
void block_cache_give_back(struct block_cache *c, struct kept_block *k);

/* The snapshot has none that begins there. */
void block_cache_miss(struct block_cache *c, struct block_snapshot s, int64_t first);

/* Where the newest blocks begin, one of sixteen: news add to these, mostly. 0: that is not known.
 */
int64_t block_cache_newest(struct block_cache *c, struct block_snapshot s);
/* Was no block that begins before `below` changed by a transaction after `since`? Then many blocks
 * more than the newest may begin behind it, but not twice as many: else false, too. */
bool block_cache_is_unchanged(struct block_cache *c, struct block_snapshot s, int64_t below,
			      int64_t since);

/* Keeps these columns of a block as the snapshot has it, where there is room. */
void block_cache_keep(struct block_cache *c, struct block_snapshot s, int64_t first,
		      const struct block *b, unsigned columns);

#endif
