/* Counts over time made ready for a chart: intervals of none, and what shares are of. */
#ifndef DEMARCHE_API_SERIES_H
#define DEMARCHE_API_SERIES_H

#include "api/query/parameters.h"
#include "api/resource.h"

/* Gives each kind of group that there is a group in every interval between the first and the last,
 * or the days that the question names: those that were not there with a count of 0. 0, or -1 with
 * *e (ERR_INPUT, field "fill": more than COUNT_GROUPS_MAX). */
int series_fill(struct counts *c, const struct stats_filter *s, struct arena *a,
		struct err *e) MUST_CHECK;

/* How many statements are stored in each interval, whatever they say. */
struct series_totals {
	struct counts all;
	bool is_known; /* not when counting them took too long */
};
int series_totals_read(struct request *rq, struct reader *r, const struct stats_filter *s,
		       struct series_totals *out, struct err *e) MUST_CHECK;
int64_t series_total(const struct series_totals *t, day_t from);

#endif
