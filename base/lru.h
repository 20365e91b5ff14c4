/* A hash table of nodes that are also threaded in the order of their last use. It holds nodes that
 * lie in their owner's structs, takes no memory but for its buckets, compares nothing but hashes,
 * and knows no bound: who uses it says what goes. One thread at a time. */
#ifndef DEMARCHE_BASE_LRU_H
#define DEMARCHE_BASE_LRU_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct lru_node {
	struct lru_node *next_in_bucket, *newer, *older;
	uint64_t hash;
};

struct lru {
	struct lru_node **buckets;
	size_t n_buckets; /* a power of two */
	struct lru_node *newest, *oldest;
	size_t n;
};

/* With about so many nodes in mind. -1 when memory is out; to be released in either case. */
int lru_init(struct lru *t, size_t nodes) MUST_CHECK;
/* The nodes that are still there are their owner's. */
void lru_release(struct lru *t);
/* A node of this hash is looked for soon: fetches the start of its bucket meanwhile; and, that
 * being there, so many lines of memory (64 bytes) from its first node on. Any thread. */
void lru_expect(const struct lru *t, uint64_t hash);
void lru_expect_node(const struct lru *t, uint64_t hash, size_t lines);
/* The first node of this hash, and the next one of a node's: NULL when there is none. */
struct lru_node *lru_first(const struct lru *t, uint64_t hash);
struct lru_node *lru_next(const struct lru_node *node);
/* A node with its hash set, as the newest. */
void lru_add(struct lru *t, struct lru_node *node);
void lru_remove(struct lru *t, struct lru_node *node);
/* It is the newest from here on. */
void lru_use(struct lru *t, struct lru_node *node);

#endif
