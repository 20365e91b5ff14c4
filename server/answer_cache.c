/* Answers by their keys' hashes, counted, each with all that it has in one piece of an area: a
 * segmented LRU (Karedla, Love and Wherry 1994) of two tables. */
#include "server/answer_cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/area.h"
#include "base/hash.h"

enum {
	ONE_IN_BYTES = 4096, /* small answers: for how many the table is made */
	/* One answer takes no more than this part of the bound: else a few would drive out all. */
	ONE_SHARE = 8,
	/* Those that are not proven keep this part of the bound, if they are as many. */
	FRESH_SHARE = 8,
	UNIT_BYTES = 256,
};

struct answer_cache {
	pthread_mutex_t lock;
	size_t max_bytes, bytes;
	size_t fresh_bytes; /* of those kept in the first table */
	uint64_t seed;	    /* nobody makes keys that meet in one bucket on purpose */
	struct lru fresh, proven;
	struct area area;
	uint64_t version; /* the last that was asked for */
	uint64_t hits, misses;
};

struct answer_cache *answer_cache_new(size_t max_bytes)
{
	struct answer_cache *c = calloc(1, sizeof *c);
	if (!c)
		return NULL;
	if (lru_init(&c->fresh, max_bytes / ONE_IN_BYTES) ||
	    lru_init(&c->proven, max_bytes / ONE_IN_BYTES) ||
	    area_init(&c->area, max_bytes, UNIT_BYTES)) {
		area_release(&c->area);
		lru_release(&c->fresh);
		lru_release(&c->proven);
		free(c);
		return NULL;
	}
	c->max_bytes = max_bytes;
	c->seed = hash_seed();
	pthread_mutex_init(&c->lock, NULL);
	return c;
}

/* --- under the lock --- */

static uint64_t hash_of(const struct answer_cache *c, const struct answer_key *key)
{
	return hash_bytes(key->target, hash_bytes(key->accept, c->seed + key->takes_gzip));
}

static struct answer *of_node(struct lru_node *node)
{
	return node ? (struct answer *)(void *)((char *)node - offsetof(struct answer, node))
		    : NULL;
}

static struct lru *table_of(struct answer_cache *c, const struct answer *a)
{
	return a->is_proven ? &c->proven : &c->fresh;
}

static struct answer *look_in(const struct lru *table, const struct answer_key *key, uint64_t hash)
{
	struct lru_node *node = lru_first(table, hash);
	for (; node; node = lru_next(node)) {
		const struct answer_key *other = &of_node(node)->key;
		if (other->takes_gzip == key->takes_gzip && str_eq(other->target, key->target) &&
		    str_eq(other->accept, key->accept))
			break;
	}
	return of_node(node);
}

static struct answer *look_up(const struct answer_cache *c, const struct answer_key *key,
			      uint64_t hash)
{
	struct answer *a = look_in(&c->proven, key, hash);
	return a ? a : look_in(&c->fresh, key, hash);
}

static void add(struct answer_cache *c, struct answer *a)
{
	lru_add(table_of(c, a), &a->node);
	c->fresh_bytes += a->is_proven ? 0 : a->bytes;
}

static void take_out(struct answer_cache *c, struct answer *a)
{
	lru_remove(table_of(c, a), &a->node);
	c->fresh_bytes -= a->is_proven ? 0 : a->bytes;
}

/* It was asked for again. */
static void prove(struct answer_cache *c, struct answer *a)
{
	if (a->is_proven) {
		lru_use(&c->proven, &a->node);
		return;
	}
	take_out(c, a);
	a->is_proven = true;
	add(c, a);
}

/* One holder less. */
static void let_go(struct answer_cache *c, struct answer *a)
{
	if (atomic_fetch_sub(&a->count, 1) > 1)
		return;
	c->bytes -= area_bytes(&c->area, a->bytes);
	area_give(&c->area, a, a->bytes);
}

static void drop(struct answer_cache *c, struct answer *a)
{
	take_out(c, a);
	let_go(c, a);
}

/* Who goes next: of the proven one that does not hold any more, since who asked for it has not come
 * again; NULL when nothing is kept. */
static struct answer *find_last(const struct answer_cache *c)
{
	struct answer *fresh = of_node(c->fresh.oldest), *proven = of_node(c->proven.oldest);
	bool is_many = c->fresh_bytes > c->max_bytes / FRESH_SHARE;
	if (proven && proven->version != c->version)
		return proven;
	return fresh && (is_many || !proven) ? fresh : proven;
}

/* NULL when all that is left is lent out. */
static struct answer *make_room(struct answer_cache *c, size_t bytes)
{
	struct answer *last, *room;
	while (!(room = area_take(&c->area, bytes)) && (last = find_last(c)))
		drop(c, last);
	c->bytes += room ? area_bytes(&c->area, bytes) : 0;
	return room;
}

/* Was there one of the key? */
static bool drop_old(struct answer_cache *c, const struct answer_key *key, uint64_t hash)
{
	struct answer *old = look_up(c, key, hash);
	if (old)
		drop(c, old);
	return old != NULL;
}

/* --- the calls --- */

void answer_cache_free(struct answer_cache *c)
{
	if (!c)
		return;
	area_release(&c->area);
	pthread_mutex_destroy(&c->lock);
	lru_release(&c->fresh);
	lru_release(&c->proven);
	free(c);
}

static bool holds(const struct answer *a, uint64_t version, day_t today)
{
	return version && a->version == version && (a->day == DAY_NONE || a->day == today);
}

struct answer *answer_cache_find(struct answer_cache *c, const struct answer_key *key,
				 uint64_t version, day_t today)
{
	uint64_t hash = hash_of(c, key);
	pthread_mutex_lock(&c->lock);
	struct answer *a = look_up(c, key, hash);
	c->version = version;
	if (a && !holds(a, version, today))
		a = NULL; /* its next reading takes its place */
	if (a) {
		atomic_fetch_add(&a->count, 1);
		prove(c, a);
		c->hits++;
	} else {
		c->misses++;
	}
	pthread_mutex_unlock(&c->lock);
	return a;
}

static struct str take_copy(char **to, struct str s)
{
	struct str copy = {*to, s.n};
	if (s.n)
		memcpy(*to, s.p, s.n);
	(*to)[s.n] = '\0';
	*to += s.n + 1;
	return copy;
}

static size_t bytes_of(const struct answer_key *key, const struct answer *given)
{
	size_t n = sizeof(struct answer) + key->target.n + key->accept.n + given->body.n + 3;
	for (int i = 0; i < given->n_headers; i++)
		n += given->headers[i].value.n + 1;
	return n;
}

static void copy(struct answer *a, const struct answer_key *key, const struct answer *given)
{
	char *to = (char *)(a + 1);
	*a = *given;
	for (int i = 0; i < given->n_headers; i++)
		a->headers[i].value = take_copy(&to, given->headers[i].value);
	a->key.target = take_copy(&to, key->target);
	a->key.accept = take_copy(&to, key->accept);
	a->key.takes_gzip = key->takes_gzip;
	a->body = take_copy(&to, given->body);
	a->is_proven = false;
	atomic_init(&a->count, 2); /* the cache's and the caller's */
}

/* Copied without the lock: a page has some 60 kB. */
struct answer *answer_cache_put(struct answer_cache *c, const struct answer_key *key,
				const struct answer *given)
{
	size_t bytes = bytes_of(key, given);
	uint64_t hash = hash_of(c, key);
	if (bytes > c->max_bytes / ONE_SHARE)
		return NULL;
	pthread_mutex_lock(&c->lock);
	bool was_there = drop_old(c, key, hash); /* the same was asked for again */
	struct answer *a = make_room(c, bytes);
	pthread_mutex_unlock(&c->lock);
	if (!a)
		return NULL;
	copy(a, key, given);
	a->cache = c;
	a->node.hash = hash;
	a->bytes = bytes;
	pthread_mutex_lock(&c->lock);
	a->is_proven = drop_old(c, key, hash) || was_there;
	add(c, a);
	pthread_mutex_unlock(&c->lock);
	return a;
}

void answer_return(struct answer *a)
{
	if (!a)
		return;
	struct answer_cache *c = a->cache;
	/* The cache is not looked at but by the last holder, which it never is while the answer is
	 * kept. */
	int count = atomic_load(&a->count);
	while (count > 1)
		if (atomic_compare_exchange_weak(&a->count, &count, count - 1))
			return;
	pthread_mutex_lock(&c->lock);
	let_go(c, a);
	pthread_mutex_unlock(&c->lock);
}

struct answer_cache_stats answer_cache_stats(struct answer_cache *c)
{
	pthread_mutex_lock(&c->lock);
	struct answer_cache_stats stats = {c->hits, c->misses, (int64_t)(c->fresh.n + c->proven.n),
					   (int64_t)c->bytes};
	pthread_mutex_unlock(&c->lock);
	return stats;
}
