/* Statements as answers write them, kept by id, so that a page of those that were shown before
 * needs their ids alone of the store. One holds in whoever's snapshot it says the same
 * (reader_holds). The oldest go first, but for those that were used since one was last passed over.
 * Any thread; parted by id into shards, each under a lock that is held for one look-up and the copy
 * of a statement. */
#ifndef DEMARCHE_API_STATEMENT_CACHE_H
#define DEMARCHE_API_STATEMENT_CACHE_H

#include "base/buf.h"
#include "db/store.h"

struct statement_cache;

struct statement_cache_stats {
	uint64_t hits, misses; /* statements written, and asked for in vain */
	int64_t statements, bytes;
};

/* Takes at most max_bytes (sizes in memory) for what it keeps; NULL when memory is out. */
struct statement_cache *statement_cache_new(size_t max_bytes);
void statement_cache_free(struct statement_cache *c); /* NULL is allowed */
/* These are asked for next: what they are found by is fetched for all of them at once, instead of
 * waited for fifty times. */
void statement_cache_expect(struct statement_cache *c, struct keys ids);
/* Appends the statement as it is in r's snapshot, where it is known to be, with the hash that it
 * was put with. False, and nothing is appended, when it is not kept. */
bool statement_cache_write(struct statement_cache *c, const struct reader *r, int64_t id,
			   struct buf *out, uint64_t *hash) MUST_CHECK;
/* Keeps a copy of what was written of it from r's snapshot, if there is room. */
void statement_cache_put(struct statement_cache *c, const struct reader *r, int64_t id,
			 struct str text, uint64_t hash);
struct statement_cache_stats statement_cache_stats(struct statement_cache *c);

#endif
