/* A few entries, of which the one goes that was used longest ago. */
#include "db/sqlite/part_cache.h"

#include <pthread.h>
#include <stdlib.h>

/* A count by country, position and year has some ten thousand groups of 16 bytes in four years, one
 * side of a grid some hundred issues of 88. */
enum { ENTRIES = 64, BYTES_MAX = 2 << 20 };

struct entry {
	struct part_key key;
	struct block_snapshot at;
	int64_t below;
	char *bytes; /* NULL: none */
	size_t n;
	uint64_t used;
};

struct part_cache {
	pthread_mutex_t lock; /* of all that follows */
	struct block_cache *blocks;
	struct entry entries[ENTRIES];
	uint64_t uses;
	size_t n; /* bytes */
};

struct part_cache *part_cache_new(struct block_cache *blocks)
{
	struct part_cache *c = blocks ? calloc(1, sizeof *c) : NULL;
	if (!c)
		return NULL;
	c->blocks = blocks;
	pthread_mutex_init(&c->lock, NULL);
	return c;
}

/* --- entries, under the lock --- */

static void drop(struct part_cache *c, struct entry *e)
{
	free(e->bytes);
	c->n -= e->n;
	*e = (struct entry){0};
}

static struct entry *entry_of(struct part_cache *c, struct part_key key)
{
	for (size_t i = 0; i < ENTRIES; i++)
		if (c->entries[i].bytes && memcmp(&c->entries[i].key, &key, sizeof key) == 0)
			return &c->entries[i];
	return NULL;
}

/* A free one, where there is room; else that which was used longest ago is dropped until then. */
static struct entry *make_room(struct part_cache *c, size_t n)
{
	for (;;) {
		struct entry *free_one = NULL, *oldest = NULL;
		for (size_t i = 0; i < ENTRIES; i++) {
			struct entry *e = &c->entries[i];
			if (!e->bytes)
				free_one = e;
			else if (!oldest || e->used < oldest->used)
				oldest = e;
		}
		if (free_one && c->n + n <= BYTES_MAX)
			return free_one;
		drop(c, oldest);
	}
}

static bool holds_for(const struct part_cache *c, const struct entry *e, struct block_snapshot s)
{
	const int64_t since = e->at.commit < s.commit ? e->at.commit : s.commit;
	return e->at.changes == s.changes &&
	       block_cache_is_unchanged(c->blocks, s, e->below, since);
}

/* --- all --- */

void part_cache_free(struct part_cache *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < ENTRIES; i++)
		drop(c, &c->entries[i]);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

int part_cache_find(struct part_cache *c, struct block_snapshot s, struct part_key key,
		    struct arena *a, struct part *out, struct err *e)
{
	int rc = 0;
	*out = (struct part){0};
	if (!c)
		return 0;
	pthread_mutex_lock(&c->lock);
	struct entry *entry = entry_of(c, key);
	if (entry && holds_for(c, entry, s)) {
		char *bytes = arena_room(a, entry->n, 1);
		rc = bytes ? 0 : arena_full(e);
		if (bytes)
			memcpy(bytes, entry->bytes, entry->n);
		*out = (struct part){entry->below, true, {bytes, entry->n}};
		entry->used = ++c->uses;
	} else {
		out->below = block_cache_newest(c->blocks, s);
	}
	pthread_mutex_unlock(&c->lock);
	return rc;
}

void part_cache_keep(struct part_cache *c, struct block_snapshot s, struct part_key key,
		     int64_t below, struct str bytes)
{
	char *copy = bytes.n && bytes.n <= BYTES_MAX / 2 ? malloc(bytes.n) : NULL;
	if (!copy)
		return;
	memcpy(copy, bytes.p, bytes.n);
	pthread_mutex_lock(&c->lock);
	struct entry *entry = entry_of(c, key);
	if (entry)
		drop(c, entry);
	*make_room(c, bytes.n) = (struct entry){key, s, below, copy, bytes.n, ++c->uses};
	c->n += bytes.n;
	pthread_mutex_unlock(&c->lock);
}
