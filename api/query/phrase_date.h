/* Dates in a phrase. Any thread. */
#ifndef DEMARCHE_API_QUERY_PHRASE_DATE_H
#define DEMARCHE_API_QUERY_PHRASE_DATE_H

#include "api/query/phrase_words.h"
#include "base/date.h"

/* First and last day of what the words name. */
struct period {
	day_t from, to;
	bool lacks_year; /* which the words do not name */
};

/* What dates without a year and relative ones count from. */
struct phrase_days {
	day_t today;
	day_t newest; /* of what is asked about: its latest March is meant; DAY_NONE: today's */
};

/* A first period's year is that of the last one where it names none: "between March and April
 * 2019".
 */
void period_share_year(struct period *first, const struct period *last);
/* How many of the words, from the first on, name a date; 0 for none. Reads 2024-04-26, 2024-04,
 * 2024, April 2024, 26 April 2024, April 26 2024 (commas are gone), the same without a year (the
 * latest that has begun by the newest day), a season, alike (spring 2024, last winter), a weekday
 * (the latest up to today), yesterday, today, last/this week/month/year, last 30 days (two weeks,
 * past year), a month ago, the 1990s, 2012-2014, Q3 2024, first half of 2024. */
size_t period_read(const struct phrase_word *words, size_t n, struct phrase_days days,
		   struct period *out);
/* Is that the name of a season and nothing else? Without a preposition it is a word ("the Arab
 * spring", "prices fall"). */
bool period_is_bare_season(const struct phrase_word *words, size_t used);

#endif
