/* The actors that persons gave, as the engine knows them: what a set of issues (issue_registry.h)
 * has beside the issues. Immutable and counted by those who hold it. Any thread. */
#ifndef DEMARCHE_API_ACTOR_SET_H
#define DEMARCHE_API_ACTOR_SET_H

#include "db/edit.h"
#include "extract/extract.h"

enum {
	ACTORS_EDITED_MAX = 2000,
	ACTOR_BYTES_MAX = 1024 * 1024, /* of their names and titles together */
};

struct actor_set;

/* As a reader sees them; those that are beyond the limits, which only taking back can bring about,
 * are left out, the last ones first. NULL with *e. The engine must outlive it. */
struct actor_set *actor_set_load(const struct engine *en, struct reader *r,
				 struct err *e) MUST_CHECK;
/* Another hold. */
struct actor_set *actor_set_hold(struct actor_set *set);
void actor_set_release(struct actor_set *set); /* NULL is allowed */
/* NULL where persons gave none: the engine's own. */
const struct actor_table *actor_set_table(const struct actor_set *set);
/* May the actor be put in, or take the place of the one of its id? 0, or -1 with *e: ERR_TOO_LARGE.
 */
int actor_set_check_room(const struct actor_set *set, const struct actor *put,
			 struct err *e) MUST_CHECK;

#endif
