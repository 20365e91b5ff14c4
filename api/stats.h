/* The targets of the parameters of the counting resources. */
#ifndef DEMARCHE_API_STATS_H
#define DEMARCHE_API_STATS_H

#include "api/query/interpretation.h"
#include "db/count.h"
#include "db/grid.h"

/* Each begins with a statement_ask, since they take the same conditions. */
struct stats_ask {
	struct statement_ask ask;
	unsigned by; /* 1u << enum counted */
	enum interval interval;
	bool with_open;
	int limit;
};

struct changes_ask {
	struct statement_ask ask;
	int articles, limit;
};

/* "2024-04-26", "2024-04", "2024": an interval by its first day. p is NULL when the arena is full.
 */
struct str interval_text(struct arena *a, day_t from, enum interval interval);

#endif
