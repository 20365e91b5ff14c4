/* A table of texts a shard. */
#include "api/statement_cache.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/area.h"
#include "base/lru.h"

enum { SHARDS = 16, ONE_BYTES = 1200 /* usual */, ONE_SHARE = 8, UNIT_BYTES = 64 };

struct kept {
	struct lru_node node;
	int64_t id;
	struct reader_mark mark;
	uint64_t hash;
	bool is_used; /* since it became the newest */
	size_t n;
	char text[];
};

struct shard {
	pthread_mutex_t lock;
	struct lru table;
	struct area area;
	size_t bytes;
	uint64_t hits, misses;
};

struct statement_cache {
	size_t shard_bytes; /* at most, each */
	struct shard shards[SHARDS];
};

struct statement_cache *statement_cache_new(size_t max_bytes)
{
	struct statement_cache *c = calloc(1, sizeof *c);
	bool is_whole = c != NULL;
	for (int i = 0; c && i < SHARDS; i++) {
		pthread_mutex_init(&c->shards[i].lock, NULL);
		is_whole &= lru_init(&c->shards[i].table, max_bytes / SHARDS / ONE_BYTES) == 0 &&
			    area_init(&c->shards[i].area, max_bytes / SHARDS, UNIT_BYTES) == 0;
	}
	if (!is_whole) {
		statement_cache_free(c);
		return NULL;
	}
	c->shard_bytes = max_bytes / SHARDS;
	return c;
}

static struct kept *of_node(struct lru_node *node)
{
	return node ? (struct kept *)(void *)((char *)node - offsetof(struct kept, node)) : NULL;
}

static size_t bytes_of(const struct kept *k)
{
	return sizeof *k + k->n;
}

static void drop(struct shard *s, struct kept *k)
{
	lru_remove(&s->table, &k->node);
	s->bytes -= area_bytes(&s->area, bytes_of(k));
	area_give(&s->area, k, bytes_of(k));
}

void statement_cache_free(struct statement_cache *c)
{
	for (int i = 0; c && i < SHARDS; i++) {
		struct shard *s = &c->shards[i];
		area_release(&s->area);
		lru_release(&s->table);
		pthread_mutex_destroy(&s->lock);
	}
	free(c);
}

/* Ids are counters beside days: a product spreads them. */
static uint64_t hash_of(int64_t id)
{
	uint64_t h = (uint64_t)id * 0x9e3779b97f4a7c15ULL;
	return h ^ h >> 32;
}

static struct shard *shard_of(struct statement_cache *c, uint64_t hash)
{
	return &c->shards[hash >> 20 & (SHARDS - 1)];
}

static struct kept *find(const struct shard *s, int64_t id, uint64_t hash)
{
	struct lru_node *node = lru_first(&s->table, hash);
	while (node && of_node(node)->id != id)
		node = lru_next(node);
	return of_node(node);
}

void statement_cache_expect(struct statement_cache *c, struct keys ids)
{
	enum { LINES = 3 }; /* what is looked at of a statement, and where its text begins */
	for (size_t i = 0; i < ids.n; i++) {
		uint64_t place = hash_of(ids.v[i]);
		lru_expect(&shard_of(c, place)->table, place);
	}
	for (size_t i = 0; i < ids.n; i++) {
		uint64_t place = hash_of(ids.v[i]);
		lru_expect_node(&shard_of(c, place)->table, place, LINES);
	}
}

bool statement_cache_write(struct statement_cache *c, const struct reader *r, int64_t id,
			   struct buf *out, uint64_t *hash)
{
	uint64_t place = hash_of(id);
	struct shard *s = shard_of(c, place);
	pthread_mutex_lock(&s->lock);
	struct kept *k = find(s, id, place);
	bool holds = k && reader_holds(r, id, &k->mark);
	if (holds) {
		buf_add(out, (struct str){k->text, k->n});
		*hash = k->hash;
		if (!k->is_used) /* a write would take the line from other cores each time */
			k->is_used = true;
	}
	s->hits += holds;
	s->misses += !holds;
	pthread_mutex_unlock(&s->lock);
	return holds;
}

/* By second chance (Corbato 1968): who uses one only marks it, where a list in the order of use
 * would fetch its neighbors, too, fifty times a page. */
static struct kept *make_room(struct shard *s, size_t bytes)
{
	struct kept *room;
	while (!(room = area_take(&s->area, bytes)) && s->table.oldest) {
		struct kept *k = of_node(s->table.oldest);
		if (!k->is_used) {
			drop(s, k);
			continue;
		}
		k->is_used = false;
		lru_use(&s->table, &k->node);
	}
	return room;
}

void statement_cache_put(struct statement_cache *c, const struct reader *r, int64_t id,
			 struct str text, uint64_t hash)
{
	uint64_t place = hash_of(id);
	struct shard *s = shard_of(c, place);
	struct reader_mark mark = reader_mark(r);
	size_t bytes = sizeof(struct kept) + text.n;
	if (mark.commit < 0 || bytes > c->shard_bytes / ONE_SHARE)
		return;
	pthread_mutex_lock(&s->lock);
	struct kept *old = find(s, id, place);
	if (old)
		drop(s, old);
	struct kept *k = make_room(s, bytes);
	if (k) {
		*k = (struct kept){
			.node = {.hash = place}, .id = id, .mark = mark, .hash = hash, .n = text.n};
		memcpy(k->text, text.p, text.n);
		lru_add(&s->table, &k->node);
		s->bytes += area_bytes(&s->area, bytes);
	}
	pthread_mutex_unlock(&s->lock);
}

struct statement_cache_stats statement_cache_stats(struct statement_cache *c)
{
	struct statement_cache_stats all = {0};
	for (int i = 0; i < SHARDS; i++) {
		struct shard *s = &c->shards[i];
		pthread_mutex_lock(&s->lock);
		all.hits += s->hits;
		all.misses += s->misses;
		all.statements += (int64_t)s->table.n;
		all.bytes += (int64_t)s->bytes;
		pthread_mutex_unlock(&s->lock);
	}
	return all;
}
