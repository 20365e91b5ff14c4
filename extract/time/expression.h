/* Time expressions of an article and the calendar periods they mean, as ISO 8601 values against the
 * day of publication.
 *
 * Values are those of TIMEX3 (TimeML 1.2.1) where they are dates: 2024-04-26, 2024-W17, 2024-W17-WE
 * (a weekend), 2024-04, 2024-Q2, 2024-H1, 2024-SP|SU|FA|WI (a winter belongs to the year in which
 * it begins), 2024, 199X (a decade), 18XX (a century); a day may go on with T14:30 (T14:30Z in UTC;
 * midnight is the day's T24:00), TMO, TAF, TEV or TNI. 2014/2024 is an interval, both ends
 * included: what "the past decade" spans. An expression that gives no date ("Fridays", "a
 * few days ago", "recently") is not in the list at all. */
#ifndef DEMARCHE_EXTRACT_TIME_EXPRESSION_H
#define DEMARCHE_EXTRACT_TIME_EXPRESSION_H

#include "extract/text/text.h"

enum { TIME_VALUE_ROOM = 24 }; /* "2024-04-23/2024-04-26", terminated */

enum time_unit {
	TIME_DAY, /* with or without a part of the day */
	TIME_WEEKEND,
	TIME_WEEK,
	TIME_MONTH,
	TIME_QUARTER,
	TIME_SEASON,
	TIME_HALF,
	TIME_YEAR,
	TIME_DECADE,
	TIME_CENTURY,
	TIME_INTERVAL
};

struct time_expression {
	struct span span;     /* code points; without a preposition before it, as in TimeML */
	uint32_t first, last; /* the same in tokens, inclusive */
	uint32_t head;	      /* the token that governs it: "Friday" of "late last Friday" */
	enum time_unit unit;
	day_t from, to; /* first and last day of the period */
	char value[TIME_VALUE_ROOM];
	struct str rule; /* how the value was found, in a few words; static */
};

struct time_list {
	const struct time_expression *v; /* in the order of the text, not overlapping */
	size_t n;
	day_t written; /* the day that the text counts from: that of publication, or DAY_NONE */
};

#endif
