/* A hash table whose entries are threaded in the order of their last use. */
#include "server/answer_cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "server/hash.h"

enum {
	BUCKET_FOR_BYTES = 4096, /* a bucket for so many bytes of the bound */
	BUCKETS_MIN = 16,
	/* One answer takes no more than this part of the bound: else a few would drive out all. */
	ONE_SHARE = 8,
};

struct answer_cache {
	pthread_mutex_t lock;
	size_t max_bytes, bytes;
	uint64_t seed; /* nobody makes keys that meet in one bucket on purpose */
	struct answer **buckets;
	size_t n_buckets; /* a power of two */
	struct answer *newest, *oldest;
	int64_t n;
	uint64_t hits, misses;
};

struct answer_cache *answer_cache_new(size_t max_bytes)
{
	struct answer_cache *c = calloc(1, sizeof *c);
	size_t n = BUCKETS_MIN;
	while (n < max_bytes / BUCKET_FOR_BYTES)
		n *= 2;
	if (c)
		c->buckets = calloc(n, sizeof *c->buckets);
	if (!c || !c->buckets) {
		free(c);
		return NULL;
	}
	c->max_bytes = max_bytes;
	c->n_buckets = n;
	c->seed = hash_seed();
	pthread_mutex_init(&c->lock, NULL);
	return c;
}

/* --- under the lock --- */

static uint64_t hash_of(const struct answer_cache *c, const struct answer_key *key)
{
	return hash_bytes(key->target, hash_bytes(key->accept, c->seed + key->takes_gzip));
}

static struct answer **place_of(struct answer_cache *c, const struct answer_key *key, uint64_t hash)
{
	struct answer **at = &c->buckets[hash & (c->n_buckets - 1)];
	while (*at &&
	       !((*at)->hash == hash && (*at)->key.takes_gzip == key->takes_gzip &&
		 str_eq((*at)->key.target, key->target) && str_eq((*at)->key.accept, key->accept)))
		at = &(*at)->next_in_bucket;
	return at;
}

static void unthread(struct answer_cache *c, struct answer *a)
{
	*(a->newer ? &a->newer->older : &c->newest) = a->older;
	*(a->older ? &a->older->newer : &c->oldest) = a->newer;
}

static void thread_newest(struct answer_cache *c, struct answer *a)
{
	a->newer = NULL;
	a->older = c->newest;
	*(c->newest ? &c->newest->newer : &c->oldest) = a;
	c->newest = a;
}

/* One holder less. The last one's bytes are free for others; free() itself can wait. */
static struct answer *let_go(struct answer_cache *c, struct answer *a, struct answer *dead)
{
	if (atomic_fetch_sub(&a->count, 1) > 1)
		return dead;
	c->bytes -= a->bytes;
	a->next_in_bucket = dead;
	return a;
}

static struct answer *drop(struct answer_cache *c, struct answer **place, struct answer *dead)
{
	struct answer *a = *place;
	if (!a) /* which a key that is kept does not have */
		return dead;
	*place = a->next_in_bucket;
	unthread(c, a);
	c->n--;
	return let_go(c, a, dead);
}

/* The dead are threaded by next_in_bucket. */
static void bury(struct answer *dead)
{
	for (struct answer *next; dead; dead = next) {
		next = dead->next_in_bucket;
		free(dead);
	}
}

/* Room for `need` more bytes, from those that nobody has used for longest. */
static bool make_room(struct answer_cache *c, size_t need, struct answer **dead)
{
	while (c->bytes + need > c->max_bytes && c->oldest)
		*dead = drop(c, place_of(c, &c->oldest->key, c->oldest->hash), *dead);
	return c->bytes + need <= c->max_bytes;
}

/* --- the calls --- */

void answer_cache_free(struct answer_cache *c)
{
	struct answer *dead = NULL;
	if (!c)
		return;
	while (c->oldest)
		dead = drop(c, place_of(c, &c->oldest->key, c->oldest->hash), dead);
	bury(dead);
	pthread_mutex_destroy(&c->lock);
	free(c->buckets);
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
	struct answer *a = *place_of(c, key, hash);
	if (a && !holds(a, version, today))
		a = NULL; /* its next reading takes its place */
	if (a) {
		atomic_fetch_add(&a->count, 1);
		unthread(c, a);
		thread_newest(c, a);
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

static struct answer *copy_of(const struct answer_key *key, const struct answer *given,
			      size_t bytes)
{
	struct answer *a = malloc(bytes);
	if (!a)
		return NULL;
	char *to = (char *)(a + 1);
	*a = *given;
	for (int i = 0; i < given->n_headers; i++)
		a->headers[i].value = take_copy(&to, given->headers[i].value);
	a->key.target = take_copy(&to, key->target);
	a->key.accept = take_copy(&to, key->accept);
	a->key.takes_gzip = key->takes_gzip;
	a->body = take_copy(&to, given->body);
	a->bytes = bytes;
	atomic_init(&a->count, 2); /* the cache's and the caller's */
	return a;
}

struct answer *answer_cache_put(struct answer_cache *c, const struct answer_key *key,
				const struct answer *given)
{
	struct answer *dead = NULL;
	size_t bytes = bytes_of(key, given);
	if (bytes > c->max_bytes / ONE_SHARE)
		return NULL;
	struct answer *a = copy_of(key, given, bytes);
	if (!a)
		return NULL;
	a->cache = c;
	a->hash = hash_of(c, key);
	pthread_mutex_lock(&c->lock);
	struct answer **place = place_of(c, key, a->hash);
	if (*place)
		dead = drop(c, place, dead);
	if (make_room(c, bytes, &dead)) {
		place = &c->buckets[a->hash & (c->n_buckets - 1)];
		a->next_in_bucket = *place;
		*place = a;
		thread_newest(c, a);
		c->bytes += bytes;
		c->n++;
	} else {
		a->next_in_bucket = dead;
		dead = a;
		a = NULL;
	}
	pthread_mutex_unlock(&c->lock);
	bury(dead);
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
	struct answer *dead = let_go(c, a, NULL);
	pthread_mutex_unlock(&c->lock);
	bury(dead);
}

struct answer_cache_stats answer_cache_stats(struct answer_cache *c)
{
	pthread_mutex_lock(&c->lock);
	struct answer_cache_stats stats = {c->hits, c->misses, c->n, (int64_t)c->bytes};
	pthread_mutex_unlock(&c->lock);
	return stats;
}
