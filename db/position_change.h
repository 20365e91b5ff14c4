/* Where a position turned: from support to opposition or back; a part of the store's door. */
#ifndef DEMARCHE_DB_POSITION_CHANGE_H
#define DEMARCHE_DB_POSITION_CHANGE_H

#include "db/store.h"

/* The rule. Neutral and mixed statements do not count. Each article counts once, with the position
 * that most of its statements take; of an even number none. A position holds once `articles`
 * articles in a row take it, and turns once so many in a row take the other one: a single wrong
 * statement, or article, turns nothing. */
struct turn {
	enum position from, to;
	int64_t before, after; /* statements: the last that held the old position, the first that
				  took the new */
	int64_t articles_before, articles_after; /* that took it while it held */
};

struct turns {
	struct turn *v; /* the oldest first */
	size_t n;
	int64_t statements[POSITION_COUNT]; /* that fit the question, by position */
	int64_t articles;		    /* that took one of the two positions */
};

enum { TURN_STATEMENTS_MAX = 500000 };

/* Over the statements of q, whose positions, limit, cursor and order do not count. ERR_INPUT when
 * more than TURN_STATEMENTS_MAX take a position; the errors of reading. */
int store_turns(struct reader *r, const struct statement_query *q, int articles, struct arena *a,
		struct turns *out, struct err *e) MUST_CHECK;

#endif
