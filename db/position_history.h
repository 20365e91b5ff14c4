/* What somebody says on each issue over time, and where that turned; a part of the store's
 * contract. */
#ifndef DEMARCHE_DB_POSITION_HISTORY_H
#define DEMARCHE_DB_POSITION_HISTORY_H

#include "db/count.h"
#include "db/position_change.h"

struct position_history_query {
	const struct statement_query *q; /* its positions, limit, cursor and order do not count */
	enum interval interval;
	int articles;	/* in a row that a position takes to hold (db/position_change.h) */
	bool with_open; /* open issues, too, where the question names none */
	int limit;	/* issues returned */
};

/* Statements of an interval by their position on the issue. */
struct position_interval {
	day_t from;
	int64_t statements[POSITION_COUNT];
};

struct position_history_row {
	const struct issue *issue;
	struct position_interval *intervals; /* the oldest first; none without statements */
	size_t n_intervals;
	struct position_changes changes; /* on this issue, with all its statements */
};

struct position_history {
	struct position_history_row *v; /* what most is said of first */
	size_t n;
	size_t rows; /* issues in all, returned or not */
};

/* ERR_INPUT when there are more pairs of statement and issue than POSITION_STATEMENTS_MAX, or of
 * the rows returned more intervals than COUNT_GROUPS_MAX; the errors of reading. */
int store_position_history(struct reader *r, const struct position_history_query *h,
			   struct arena *a, struct position_history *out, struct err *e) MUST_CHECK;

#endif
