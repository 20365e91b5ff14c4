/* What questions made of all statements but the newest ones, kept as bytes: who asks the same again
 * looks at the blocks of the newest alone (block_cache.h). Exact for each snapshot: what was made
 * of blocks of which one has changed since is not given. Any thread. */
#ifndef DEMARCHE_DB_SQLITE_PART_CACHE_H
#define DEMARCHE_DB_SQLITE_PART_CACHE_H

#include "base/arena.h"
#include "db/sqlite/block_cache.h"

struct part_cache;

/* Of a store with these blocks, which must last as long, or NULL. NULL where there can be none. */
struct part_cache *part_cache_new(struct block_cache *blocks);
void part_cache_free(struct part_cache *c);

/* What is asked, compared as it is. */
struct part_key {
	uint64_t words[2];
};

/* A part: of all statements with ids below. */
struct part {
	int64_t below; /* 0: there is none */
	bool is_kept;  /* else it is to be made, and may be kept */
	struct str bytes;
};

/* c may be NULL. Bytes are in the arena, aligned. 0, or -1 with *e. */
int part_cache_find(struct part_cache *c, struct block_snapshot s, struct part_key key,
		    struct arena *a, struct part *out, struct err *e) MUST_CHECK;
/* Where they are not too many. */
void part_cache_keep(struct part_cache *c, struct block_snapshot s, struct part_key key,
		     int64_t below, struct str bytes);

#endif
