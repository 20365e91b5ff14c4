/* Answers by their keys' hashes, counted, each with all that it has in one piece of an area, and a
 * table of the hashes that were asked for in vain. */
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
	UNIT_BYTES = 256,
};

struct answer_cache {
	pthread_mutex_t lock;
	size_t max_bytes, bytes;
	uint64_t seed; /* nobody makes keys that meet in one bucket on purpose */
	struct lru table;
	struct area area;
	struct idle_places idle;
	uint64_t *refused; /* hashes, each at its place until another one comes there */
	size_t n_refused;  /* a power of two */
	uint64_t version;  /* the last that was asked for */
	uint64_t hits;
	_Atomic uint64_t misses;
};

static void release(struct answer_cache *c)
{
	idle_places_release(&c->idle);
	area_release(&c->area);
	lru_release(&c->table);
	free(c->refused);
	free(c);
}

struct answer_cache *answer_cache_new(size_t max_bytes)
{
	struct answer_cache *c = calloc(1, sizeof *c);
	if (!c)
		return NULL;
	idle_places_init(&c->idle);
	c->n_refused = 1;
	while (c->n_refused < max_bytes / ONE_IN_BYTES)
		c->n_refused *= 2;
	c->refused = calloc(c->n_refused, sizeof *c->refused);
	if (!c->refused || lru_init(&c->table, max_bytes / ONE_IN_BYTES) ||
	    area_init(&c->area, max_bytes, UNIT_BYTES)) {
		release(c);
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

static struct answer *look_up(const struct answer_cache *c, const struct answer_key *key,
			      uint64_t hash)
{
	struct lru_node *node = lru_first(&c->table, hash);
	for (; node; node = lru_next(node)) {
		const struct answer_key *other = &of_node(node)->key;
		if (other->takes_gzip == key->takes_gzip && str_eq(other->target, key->target) &&
		    str_eq(other->accept, key->accept))
			break;
	}
	return of_node(node);
}

/* One holder less. */
static void let_go(struct answer_cache *c, struct answer *a)
{
	if (atomic_fetch_sub(&a->count, 1) > 1)
		return;
	idle_drop(&c->idle, &a->idle);
	c->bytes -= area_bytes(&c->area, a->bytes);
	area_give(&c->area, a, a->bytes);
}

static void drop(struct answer_cache *c, struct answer *a)
{
	lru_remove(&c->table, &a->node);
	let_go(c, a);
}

/* Was one of this hash refused not long ago? */
static bool was_refused(struct answer_cache *c, uint64_t hash)
{
	uint64_t *at = &c->refused[hash & (c->n_refused - 1)];
	bool was = *at == hash;
	*at = hash;
	return was;
}

/* NULL when all that is left is lent out, or holds and this one is not known to be asked for again.
 * What does not hold was used before all that does: it is the oldest. */
static struct answer *make_room(struct answer_cache *c, size_t bytes, uint64_t hash,
				bool is_asked_again)
{
	struct answer *oldest, *room;
	while (!(room = area_take(&c->area, bytes)) && (oldest = of_node(c->table.oldest))) {
		bool holds = oldest->version == c->version;
		if (holds && !is_asked_again && !(is_asked_again = was_refused(c, hash)))
			return NULL;
		drop(c, oldest);
	}
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
	pthread_mutex_destroy(&c->lock);
	release(c);
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
		lru_use(&c->table, &a->node);
		c->hits++;
	}
	pthread_mutex_unlock(&c->lock);
	return a;
}

void answer_cache_miss(struct answer_cache *c)
{
	atomic_fetch_add_explicit(&c->misses, 1, memory_order_relaxed);
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
	struct answer *a = make_room(c, bytes, hash, was_there);
	pthread_mutex_unlock(&c->lock);
	if (!a)
		return NULL;
	copy(a, key, given);
	a->cache = c;
	a->node.hash = hash;
	a->bytes = bytes;
	pthread_mutex_lock(&c->lock);
	(void)drop_old(c, key, hash); /* of another thread */
	lru_add(&c->table, &a->node);
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

struct MHD_Response *answer_take_response(struct answer *a, enum idle_form form)
{
	return idle_take(&a->idle, form);
}

void answer_give_response(struct answer *a, enum idle_form form, struct MHD_Response *r)
{
	idle_give(&a->cache->idle, &a->idle, form, r);
}

struct answer_cache_stats answer_cache_stats(struct answer_cache *c)
{
	pthread_mutex_lock(&c->lock);
	struct answer_cache_stats stats = {c->hits, c->misses, (int64_t)c->table.n,
					   (int64_t)c->bytes};
	pthread_mutex_unlock(&c->lock);
	return stats;
}
