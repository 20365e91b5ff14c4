/* An interval by its first day. */
#include "api/format/interval_text.h"

struct str interval_text(struct arena *a, day_t from, enum interval interval)
{
	struct str day = day_format(a, from);
	enum { MONTH = 7, YEAR = 4 };
	return !day.p || interval == INTERVAL_DAY || interval == INTERVAL_WEEK
		       ? day
		       : str_sub(day, 0, interval == INTERVAL_MONTH ? MONTH : YEAR);
}
