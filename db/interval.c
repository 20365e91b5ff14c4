/* Their first days. */
#include "db/interval.h"

day_t interval_start(day_t day, enum interval interval)
{
	struct civil c = civil_from_day(day);
	if (interval == INTERVAL_NONE)
		return 0;
	if (interval == INTERVAL_DAY)
		return day;
	if (interval == INTERVAL_WEEK)
		return day - day_weekday(day);
	return day_from_civil((struct civil){c.year, interval == INTERVAL_MONTH ? c.month : 1, 1});
}
