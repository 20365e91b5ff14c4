/* Keys by slug, so that the usual actors and issues cost the writer no look-up. Direct-mapped;
 * emptied when a transaction fails or renames rows. The writer's thread alone. */
#ifndef DEMARCHE_DB_SQLITE_KEY_CACHE_H
#define DEMARCHE_DB_SQLITE_KEY_CACHE_H

#include "base/err.h"
#include "base/str.h"

enum { KEY_CACHE_SLOTS = 4096, KEY_CACHE_SLUG_MAX = 48 };

struct cached_key {
	int64_t key;	/* 0: the slot is free */
	uint64_t names; /* hash of the names last added, for actors found in texts */
	bool is_known;	/* texts add no names */
	unsigned char n;
	char slug[KEY_CACHE_SLUG_MAX];
};

struct key_cache {
	struct cached_key *actors, *issues; /* KEY_CACHE_SLOTS each */
};

int key_cache_init(struct key_cache *c, struct err *e) MUST_CHECK;
void key_cache_release(struct key_cache *c);
void key_cache_clear(struct key_cache *c);

/* What one of the two tables has of the slug, or NULL. */
const struct cached_key *key_cache_find(const struct cached_key *table, struct str slug);
/* A slug that is too long is not kept. */
void key_cache_put(struct cached_key *table, struct str slug, int64_t key, bool is_known,
		   uint64_t names);

#endif
