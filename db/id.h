/* What stands in an id (db/store.h), and the numbers that pages go by. */
#ifndef DEMARCHE_DB_ID_H
#define DEMARCHE_DB_ID_H

#include "db/store.h"

/* Of an id, which no other one has. */
#define ID_NUMBER_MASK ((UINT64_C(1) << ID_DAY_SHIFT) - 1)

/* The day that an id begins with. */
static inline day_t id_day(int64_t id)
{
	return (day_t)((id >> ID_DAY_SHIFT) - ID_DAY_OFFSET);
}

/* No id of the day is less than this; its counter is 0. */
static inline int64_t id_day_start(int64_t day)
{
	return (day + ID_DAY_OFFSET) * ((int64_t)1 << ID_DAY_SHIFT);
}

/* The ids, both exclusive, between which the articles and statements of the days from..to
 * (DAY_NONE: open) lie that come after `after` in the order of the page (0: the first page). */
static inline void id_bounds(day_t from, day_t to, bool oldest_first, int64_t after, int64_t *above,
			     int64_t *below)
{
	*above = from == DAY_NONE ? 0 : id_day_start(from) - 1;
	*below = to == DAY_NONE ? INT64_MAX : id_day_start((int64_t)to + 1);
	if (after && oldest_first && after > *above)
		*above = after;
	if (after && !oldest_first && after < *below)
		*below = after;
}

/* Where a statement stands in its article's list, as one number: by its ordinal (the column
 * `place`), then, as of rows
 * that have none (0), by its id, which fell in the order of the text. */
static inline int64_t id_ordinal_key(int64_t ordinal, int64_t id)
{
	const int64_t counters = ((int64_t)1 << ID_DAY_SHIFT) - 1;
	return ordinal << ID_DAY_SHIFT | (counters - (id & counters));
}

#endif
