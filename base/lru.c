/* Chains in buckets, and one list through all of them. */
#include "base/lru.h"

#include <stdlib.h>

enum { BUCKETS_MIN = 16 };

int lru_init(struct lru *t, size_t nodes)
{
	size_t n = BUCKETS_MIN;
	while (n < nodes)
		n *= 2;
	*t = (struct lru){.buckets = calloc(n, sizeof *t->buckets), .n_buckets = n};
	return t->buckets ? 0 : -1;
}

void lru_release(struct lru *t)
{
	free(t->buckets);
	*t = (struct lru){0};
}

static struct lru_node *of_hash(struct lru_node *node, uint64_t hash)
{
	while (node && node->hash != hash)
		node = node->next_in_bucket;
	return node;
}

void lru_expect(const struct lru *t, uint64_t hash)
{
	__builtin_prefetch(&t->buckets[hash & (t->n_buckets - 1)]);
}

/* Whoever looks ahead does so without the owner's lock: starts of buckets are written and read in
 * one piece. */
static struct lru_node *start_of(struct lru_node *const *bucket)
{
	return __atomic_load_n(bucket, __ATOMIC_RELAXED);
}

static void set_start(struct lru_node **bucket, struct lru_node *node)
{
	__atomic_store_n(bucket, node, __ATOMIC_RELAXED);
}

/* The node may be gone by then: nothing of it is read. */
void lru_expect_node(const struct lru *t, uint64_t hash, size_t lines)
{
	enum { LINE_BYTES = 64 };
	uintptr_t at = (uintptr_t)start_of(&t->buckets[hash & (t->n_buckets - 1)]);
	for (size_t i = 0; at && i < lines; i++)
		__builtin_prefetch((const void *)(at + i * LINE_BYTES));
}

struct lru_node *lru_first(const struct lru *t, uint64_t hash)
{
	return of_hash(t->buckets[hash & (t->n_buckets - 1)], hash);
}

struct lru_node *lru_next(const struct lru_node *node)
{
	return of_hash(node->next_in_bucket, node->hash);
}

static void unthread(struct lru *t, struct lru_node *node)
{
	*(node->newer ? &node->newer->older : &t->newest) = node->older;
	*(node->older ? &node->older->newer : &t->oldest) = node->newer;
}

static void thread_newest(struct lru *t, struct lru_node *node)
{
	node->newer = NULL;
	node->older = t->newest;
	*(t->newest ? &t->newest->newer : &t->oldest) = node;
	t->newest = node;
}

void lru_add(struct lru *t, struct lru_node *node)
{
	struct lru_node **bucket = &t->buckets[node->hash & (t->n_buckets - 1)];
	node->next_in_bucket = *bucket;
	set_start(bucket, node);
	thread_newest(t, node);
	t->n++;
}

void lru_remove(struct lru *t, struct lru_node *node)
{
	struct lru_node **at = &t->buckets[node->hash & (t->n_buckets - 1)];
	while (*at && *at != node)
		at = &(*at)->next_in_bucket;
	if (!*at)
		return;
	set_start(at, node->next_in_bucket);
	unthread(t, node);
	t->n--;
}

void lru_use(struct lru *t, struct lru_node *node)
{
	if (t->newest == node)
		return;
	unthread(t, node);
	thread_newest(t, node);
}
