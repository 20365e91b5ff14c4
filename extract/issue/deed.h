/* What names a deed that somebody is for or against: an issue is called by a noun. Pure. */
#ifndef DEMARCHE_EXTRACT_ISSUE_DEED_H
#define DEMARCHE_EXTRACT_ISSUE_DEED_H

#include "extract/entity/entities.h"
#include "extract/syntax/forest.h"

struct deed {
	/* Its noun in -ing goes before the thing ("training the guards"), or FOREST_NONE: the thing
	   alone names it ("tax cuts" of "to bring tax cuts"). */
	uint32_t verb;
	uint32_t head;	    /* of the thing; of a deed without one the verb */
	struct range thing; /* its words; of an active deed all of its own, from the verb on */
};

/* Of the verb or adjective that heads a phrase. By the thing alone: what the verb keeps or brings,
 * and what is said to be good or bad; the side is the same. (What a verb undoes is not parted from
 * it: whether the side is on the deed or on the thing is not known well enough.) Else by the verb's
 * noun. False where that names nothing: "think", "do it", "we hope that it ends". */
bool deed_find(const struct forest *f, const struct entities *es, struct range phrase,
	       uint32_t head, bool by_thing, struct deed *out);

/* "training" of "trains", "has trained"; p is NULL when the arena is full. */
struct str deed_noun(const struct text *t, uint32_t verb, struct arena *a);

#endif
