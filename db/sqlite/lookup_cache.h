/* What names were found to mean, which a reader remembers as long as its snapshots are of one
 * version: most questions name the same few actors and issues. Direct-mapped by the name. One
 * thread at a time, as the reader it belongs to. */
#ifndef DEMARCHE_DB_SQLITE_LOOKUP_CACHE_H
#define DEMARCHE_DB_SQLITE_LOOKUP_CACHE_H

#include "db/store.h"

enum { LOOKUP_SLOTS = 256 };

/* Actors and issues by a name; issues by the id of one above them. */
enum lookup_kind { LOOKUP_ACTORS, LOOKUP_ISSUES, LOOKUP_BELOW };

struct lookup_slot;

struct lookup_cache {
	struct lookup_slot *slots;
	uint64_t version; /* of the snapshot; 0: nothing is remembered or known in it */
};

int lookup_cache_init(struct lookup_cache *c, struct err *e) MUST_CHECK;
void lookup_cache_release(struct lookup_cache *c);
void lookup_cache_snapshot(struct lookup_cache *c, uint64_t version);

/* 1 where it is remembered, 0 where not, -1 with *e. The matches and what they name (id, name or
 * label, country, wikidata, parent, alias) are copied into the arena. */
int lookup_cache_actors(const struct lookup_cache *c, struct str name, struct arena *a,
			struct actor_matches *out, struct err *e) MUST_CHECK;
int lookup_cache_issues(const struct lookup_cache *c, enum lookup_kind kind, struct str name,
			struct arena *a, struct issue_matches *out, struct err *e) MUST_CHECK;
/* Remembers a copy, unless it is large. Of an actor or an issue none but the above is there. */
void lookup_cache_put_actors(struct lookup_cache *c, struct str name,
			     const struct actor_matches *found);
void lookup_cache_put_issues(struct lookup_cache *c, enum lookup_kind kind, struct str name,
			     const struct issue_matches *found);

#endif
