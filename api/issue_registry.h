/* The issues in force, the engine's table with what users have added and changed; and with them the
 * actors (actor_set.h). A set is immutable and counted by those who hold it; the registry holds the
 * newest, and each change puts another one there. Any thread. */
#ifndef DEMARCHE_API_ISSUE_REGISTRY_H
#define DEMARCHE_API_ISSUE_REGISTRY_H

#include <stdatomic.h>

#include "api/actor_set.h"
#include "api/http.h"
#include "base/model.h"
#include "extract/extract.h"

enum { ISSUES_EDITED_MAX = 2000 };

struct issue_set {
	struct issue_table *table;
	struct actor_set *actors; /* NULL: the engine's own */
	int64_t edition;	  /* in force with them (db/reread.h) */
	const struct issue *v;	  /* these, in the order in which they came */
	size_t n;
	struct arena arena; /* theirs */
	atomic_int holders;
};

/* A set of its own with one issue put in or changed (`put`), or one left out by its id, and the
 * actors of the base; not registered yet, held by the caller. `base` may be NULL. NULL with *e:
 * ERR_TOO_LARGE. */
struct issue_set *issue_set_with(const struct engine *en, const struct issue_set *base,
				 const struct issue *put, struct str left_out,
				 struct err *e) MUST_CHECK;
void issue_set_release(struct issue_set *set); /* NULL is allowed */

/* Reads the users' issues from the store. NULL with *e. Engine and store must outlive it. */
struct issue_registry *issue_registry_open(const struct engine *en, struct store *store,
					   struct err *e) MUST_CHECK;
void issue_registry_close(struct issue_registry *s); /* NULL is allowed */
/* The newest set, held by the caller. */
struct issue_set *issue_registry_take(struct issue_registry *s);
/* What the engine is given of a set. */
struct engine_tables issue_set_tables(const struct issue_set *set);
/* engine_extract with the newest set, which is held until the arena is released, since *out points
 * into it. *edition (may be NULL) is the set's: what the article was read with. Errors as
 * engine_extract. */
int issue_registry_extract(const struct api *api, const struct article *article, struct arena *a,
			   struct extraction *out, int64_t *edition, struct err *e) MUST_CHECK;

/* Changes come one at a time: between these two nobody else puts a set. */
void issue_registry_lock(struct issue_registry *s);
void issue_registry_unlock(struct issue_registry *s);
/* Takes the caller's hold over, and wakes who waits. Under the lock. */
void issue_registry_put(struct issue_registry *s, struct issue_set *set);
/* Puts a set as the store has it, where that is of another edition by now than the newest one's.
 * Under the lock. 0, or -1 with *e, and the newest set is what it was. */
int issue_registry_follow(const struct api *api, struct err *e) MUST_CHECK;
/* The same beside a process that writes, which says which edition is in force; takes the lock. */
int issue_registry_follow_to(const struct api *api, int64_t edition, struct err *e) MUST_CHECK;

/* Waits until a set is put, somebody wakes the registry, or so many milliseconds have passed. For
 * one thread, which reads stored articles again. */
void issue_registry_wait(struct issue_registry *s, int64_t timeout_ms);
void issue_registry_wake(struct issue_registry *s);

#endif
