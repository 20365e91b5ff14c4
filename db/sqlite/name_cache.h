/* Rows of actors and issues that a reader remembers, since every page names the same few.
 * Direct-mapped by key. One thread at a time, as the reader it belongs to. */
#ifndef DEMARCHE_DB_SQLITE_NAME_CACHE_H
#define DEMARCHE_DB_SQLITE_NAME_CACHE_H

#include "base/model.h"
#include "db/sqlite/sql.h"

struct cached_name;

struct name_cache {
	sqlite3_stmt *actor, *issue;	     /* the reader's, of the rows by key */
	struct cached_name *actors, *issues; /* so many each: */
	size_t slots;
	uint64_t generation; /* of the names, in this snapshot; even */
	bool knows_generation;
	uint64_t calls;
};

/* The statements give the row of ?1: slug, name, kind, country, wikidata; and slug, label, parent,
 * cap_major, cap_sub, is_open, kind. */
int name_cache_init(struct name_cache *c, size_t slots, sqlite3_stmt *actor, sqlite3_stmt *issue,
		    struct err *e) MUST_CHECK;
void name_cache_release(struct name_cache *c);
/* A new snapshot: `before` and `after` are the store's generation of names around its start. Odd
 * while a transaction that changes names commits. Names may be remembered when none changed. */
void name_cache_snapshot(struct name_cache *c, uint64_t before, uint64_t after);
/* A new call, with an arena of its own. */
void name_cache_call(struct name_cache *c);

/* Is nothing read for it? */
bool name_cache_holds(const struct name_cache *c, int64_t key, bool is_issue);
/* By key, copied into the arena once a call. NULL with *e set. */
const struct actor *name_cache_actor(struct name_cache *c, int64_t key, struct arena *a,
				     struct err *e) MUST_CHECK;
const struct issue *name_cache_issue(struct name_cache *c, int64_t key, struct arena *a,
				     struct err *e) MUST_CHECK;

#endif
