/* "Did you mean", of names in the record. One thread. */
#ifndef DEMARCHE_API_QUERY_MEANT_H
#define DEMARCHE_API_QUERY_MEANT_H

#include "db/suggestion.h"

/* Nothing has the name `value`: what is called nearly so, or begins so, "" for nothing. Looks at
 * all names, for a fifth of a second at most. 0, or -1 with *e; memory of *out: the arena.
 */
int meant_find(struct reader *r, struct str value, enum suggested what, struct arena *a,
	       struct str *out, struct err *e) MUST_CHECK;

#endif
