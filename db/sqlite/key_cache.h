/* Keys by slug, so that the usual actors and issues cost the writer no look-up, and sketches
 * of signatures by article, since new texts are compared with the same ones over and over.
 * Direct-mapped; emptied when a transaction fails, the keys also when it renames rows. The writer's
 * thread alone. */
#ifndef DEMARCHE_DB_SQLITE_KEY_CACHE_H
#define DEMARCHE_DB_SQLITE_KEY_CACHE_H

#include "base/err.h"
#include "base/str.h"
#include "db/signature.h"

enum { KEY_CACHE_SLOTS = 4096, KEY_CACHE_SLUG_MAX = 48, KEY_CACHE_SKETCHES = 65536 /* 2 MB */ };

struct cached_key {
	int64_t key;	/* 0: the slot is free */
	uint64_t names; /* hash of the names last added, for actors found in texts */
	bool is_known;	/* texts add no names */
	unsigned char n;
	char slug[KEY_CACHE_SLUG_MAX];
};

struct cached_sketch {
	int64_t article; /* 0: the slot is free */
	struct sketch is;
};

struct key_cache {
	struct cached_key *actors, *issues; /* KEY_CACHE_SLOTS each */
	struct cached_sketch *sketches;
};

int key_cache_init(struct key_cache *c, struct err *e) MUST_CHECK;
void key_cache_release(struct key_cache *c);
void key_cache_clear(struct key_cache *c); /* of keys */
void key_cache_clear_sketches(struct key_cache *c);

/* What one of the two tables has of the slug, or NULL. */
const struct cached_key *key_cache_find(const struct cached_key *table, struct str slug);
/* A slug that is too long is not kept. */
void key_cache_put(struct cached_key *table, struct str slug, int64_t key, bool is_known,
		   uint64_t names);

/* Where the sketch of an article is, if it is there. */
static inline struct cached_sketch *key_cache_sketch(const struct key_cache *c, int64_t article)
{
	return &c->sketches[(uint64_t)article * 0x9e3779b97f4a7c15ULL >> 32 &
			    (KEY_CACHE_SKETCHES - 1)];
}

#endif
