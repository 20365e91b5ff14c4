/* Statements that take a position, made into articles, these into runs: the rule of position
 * changes (db/position_change.h) without the store. */
#ifndef DEMARCHE_DB_POSITION_RUNS_H
#define DEMARCHE_DB_POSITION_RUNS_H

#include "base/arena.h"
#include "db/position_change.h"

/* A statement that supports or opposes. */
struct position_taken {
	int64_t id, article;
	enum position position;
};

struct positions_taken {
	struct position_taken *v; /* in any order */
	size_t n, cap;
};

/* Fills in the changes, the number of articles and what holds in the end; sorts `taken`. `articles`
 * in a row make a position hold. 0, or -1 with *e. */
int position_runs_find(struct positions_taken *taken, int articles, struct arena *a,
		       struct position_changes *out, struct err *e) MUST_CHECK;

#endif
