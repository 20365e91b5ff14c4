/* Which statements that are stored are found again: the rule stands in db/reread.h. */
#ifndef DEMARCHE_DB_STATEMENT_MATCH_H
#define DEMARCHE_DB_STATEMENT_MATCH_H

#include "base/arena.h"
#include "base/model.h"

/* A statement of either side. */
struct match_side {
	const struct statement *is;
	int64_t speaker;	  /* its key; 0 for none, and for one that is not stored */
	struct match_side *other; /* out: the same statement on the other side, or NULL */
	/* By match_measure: */
	uint64_t hash;	     /* of source and cue */
	uint32_t start, end; /* code points between which its content lies; of empty ones both 0 */
	int64_t length;	     /* of the content */
	size_t ordinal;	     /* on its side, in the order of the text */
};

struct match_sides {
	struct match_side *v; /* in the order of the text */
	size_t n;
};

struct match_side match_measure(const struct statement *s, int64_t speaker, size_t ordinal);
/* Sets `other` of those that are the same. Scratch lives in `a`. 0, or -1 with *e. */
int statements_match(struct match_sides *stored, struct match_sides *found, struct arena *a,
		     struct err *e) MUST_CHECK;

#endif
