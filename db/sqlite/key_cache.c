/* Two tables of slots, by the hash of the slug. */
#include "db/sqlite/key_cache.h"

#include <stdlib.h>
#include <string.h>

int key_cache_init(struct key_cache *c, struct err *e)
{
	c->actors = calloc(KEY_CACHE_SLOTS, sizeof *c->actors);
	c->issues = calloc(KEY_CACHE_SLOTS, sizeof *c->issues);
	c->sketches = calloc(KEY_CACHE_SKETCHES, sizeof *c->sketches);
	return c->actors && c->issues && c->sketches ? 0
						     : err_set(e, ERR_DB, NULL, "out of memory");
}

void key_cache_release(struct key_cache *c)
{
	free(c->actors);
	free(c->issues);
	free(c->sketches);
	*c = (struct key_cache){0};
}

void key_cache_clear(struct key_cache *c)
{
	for (int i = 0; i < KEY_CACHE_SLOTS; i++)
		c->actors[i].key = c->issues[i].key = 0;
}

void key_cache_clear_sketches(struct key_cache *c)
{
	for (int i = 0; i < KEY_CACHE_SKETCHES; i++)
		if (c->sketches[i].article) /* a page that was never used stays so */
			c->sketches[i].article = 0;
}

static size_t slot_of(struct str slug)
{
	return str_hash(slug) % KEY_CACHE_SLOTS;
}

const struct cached_key *key_cache_find(const struct cached_key *table, struct str slug)
{
	const struct cached_key *at = &table[slot_of(slug)];
	return at->key && at->n == slug.n && memcmp(at->slug, slug.p, slug.n) == 0 ? at : NULL;
}

void key_cache_put(struct cached_key *table, struct str slug, int64_t key, bool is_known,
		   uint64_t names)
{
	if (slug.n > KEY_CACHE_SLUG_MAX)
		return;
	struct cached_key *at = &table[slot_of(slug)];
	*at = (struct cached_key){
		.key = key, .is_known = is_known, .names = names, .n = (unsigned char)slug.n};
	memcpy(at->slug, slug.p, slug.n);
}
