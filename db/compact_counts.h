/* Counts by one number each, for what is added a million times a question. One thread; memory in
 * the arena. Begins as {.a = arena}. */
#ifndef DEMARCHE_DB_COMPACT_COUNTS_H
#define DEMARCHE_DB_COMPACT_COUNTS_H

#include "base/arena.h"

struct compact_count {
	uint64_t key;
	int64_t count; /* 0: a free slot */
};

/* Open addressing, never more than a quarter full: a look at another place is seldom. */
struct compact_counts {
	struct arena *a;
	struct compact_count *slots;
	size_t n, cap; /* a power of two, or 0 */
	int shift;     /* 64 less the bits of a place */
};

/* Room for one more. 0, or -1 with *e. */
int compact_counts_grow(struct compact_counts *c, struct err *e) MUST_CHECK;

static inline struct compact_count *compact_counts_find(const struct compact_counts *c,
							uint64_t key)
{
	/* Fibonacci's hashing. */
	size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> c->shift);
	while (c->slots[at].count && c->slots[at].key != key)
		at = (at + 1) & (c->cap - 1);
	return &c->slots[at];
}

/* `count` above 0. 0, or -1 with *e. */
static inline int compact_counts_add(struct compact_counts *c, uint64_t key, int64_t count,
				     struct err *e)
{
	if (c->n * 4 >= c->cap && compact_counts_grow(c, e))
		return -1;
	struct compact_count *slot = compact_counts_find(c, key);
	c->n += slot->count == 0;
	slot->key = key;
	slot->count += count;
	return 0;
}

#endif
