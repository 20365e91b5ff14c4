/* Dates in a phrase. Any thread. */
#ifndef DEMARCHE_API_QUERY_PHRASE_DATE_H
#define DEMARCHE_API_QUERY_PHRASE_DATE_H

#include "api/query/phrase_words.h"
#include "base/date.h"

/* First and last day of what the words name. */
struct period {
	day_t from, to;
};

/* How many of the words, from the first on, name a date; 0 for none. Reads 2024-04-26, 2024-04,
 * 2024, April 2024, 26 April 2024, April 26 2024 (commas are gone), the same without a year (the
 * latest that has begun by `today`), a weekday (the latest up to today), yesterday, today,
 * last/this week/month/year, and last 30 days (weeks, months, years). */
size_t period_read(const struct phrase_word *words, size_t n, day_t today, struct period *out);

#endif
