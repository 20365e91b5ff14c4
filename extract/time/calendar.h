/* The calendar of time expressions: where periods of each unit start and end, and how they are
 * written (time/expression.h). Pure. */
#ifndef DEMARCHE_EXTRACT_TIME_CALENDAR_H
#define DEMARCHE_EXTRACT_TIME_CALENDAR_H

#include "extract/time/match.h"

enum { WEEK_DAYS = 7 };

/* How a period was found: name, what people are shown of it. */
#define TIME_RULES(X)                                                                              \
	X(WRITTEN_DATE, "the date as written")                                                     \
	X(WRITTEN_YEARS, "the years as written")                                                   \
	X(WRITTEN_DECADE, "the decade as written")                                                 \
	X(WRITTEN_CENTURY, "the century as written")                                               \
	X(WRITTEN_YEAR, "of the year as written")                                                  \
	X(SHIFTED_YEAR, "the year counted from publication")                                       \
	X(REFERENCE_YEAR, "in the year said before")                                               \
	X(QUOTATION_YEAR, "in the year of the quotation")                                          \
	X(NEAREST_DATE, "nearest such date by the verb's tense")                                   \
	X(NEAREST_DAY, "nearest such day by the verb's tense")                                     \
	X(NEAREST_SEASON, "nearest such season by the verb's tense")                               \
	X(WEEKDAY_OF_WEEK, "weekday of the week said")                                             \
	X(LAST_WEEKDAY, "last such weekday before")                                                \
	X(NEXT_WEEKDAY, "such weekday of the week after")                                          \
	X(COMING_WEEKDAY, "first such weekday after")                                              \
	X(REFERENCE_WEEKDAY, "such weekday beside the day spoken of")                              \
	X(WEEKDAY_AHEAD, "first such weekday on or after, by the verb's tense")                    \
	X(WEEKDAY_BACK, "latest such weekday on or before")                                        \
	X(FROM_PUBLICATION, "counted from publication")                                            \
	X(FROM_REFERENCE, "counted from the time spoken of")                                       \
	X(UP_TO_PUBLICATION, "the time up to publication")                                         \
	X(ON_FROM_PUBLICATION, "the time from publication on")                                     \
	X(CLOCK, "time of the day spoken of")

enum time_rule {
#define X(name, text) RULE_##name,
	TIME_RULES(X)
#undef X
};

/* Months in a unit; 0 for units of days. */
int calendar_months(enum time_unit unit);
/* The first day of a month, so many months after another's. */
struct civil calendar_month_after(struct civil c, int months);
/* The first day of the unit that holds a day. Winters begin in December. */
day_t calendar_start(enum time_unit unit, day_t day);
/* The first day of the unit that comes n units after the one that starts on `start`; DAY_NONE
 * outside of the years 1 to 9998. */
day_t calendar_after(enum time_unit unit, day_t start, int n);
/* The last day of the unit that starts on `start`. */
day_t calendar_end(enum time_unit unit, day_t start);

/* Fill in the period of one unit, or from one unit to another, its value and its rule. False when
 * it lies outside of the calendar; DAY_NONE does. */
bool time_set_period(struct time_expression *x, enum time_unit unit, day_t start,
		     enum time_rule rule);
bool time_set_interval(struct time_expression *x, enum time_unit unit, day_t first, day_t last,
		       enum time_rule rule);
/* Adds to the value of a day the time of the clock or the part of the day that a match has. */
void time_add_clock(struct time_expression *x, const struct time_match *m);

#endif
