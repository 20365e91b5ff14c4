/* A turn of a position in JSON, with both quotes, and the rule by which it is one. */
#ifndef DEMARCHE_API_TURN_H
#define DEMARCHE_API_TURN_H

#include "api/format/json_write.h"
#include "api/http.h"
#include "db/position_change.h"

enum { TURN_ARTICLES_DEFAULT = 2 }; /* in a row that a position takes to hold */

/* {speaker, issue, from, to, articles_before, articles_after, before, after}; the first two where
 * each was looked at by itself; the last two are statements, which the reader is asked for. 0, or
 * -1 with *e. */
int turn_write(struct request *rq, struct jw *j, struct reader *r, const struct position_change *t,
	       struct err *e) MUST_CHECK;
/* The rule in words, with its number. p is NULL when the arena is full. */
struct str turn_rule(struct arena *a, int articles);

#endif
