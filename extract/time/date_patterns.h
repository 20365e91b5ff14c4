/* The patterns of dates, years and times of the clock. For patterns.c and its parts. */
#ifndef DEMARCHE_EXTRACT_TIME_DATE_PATTERNS_H
#define DEMARCHE_EXTRACT_TIME_DATE_PATTERNS_H

#include "extract/time/context.h"

enum { FIRST_YEAR = 1500, LAST_YEAR = 2100 }; /* what four digits may mean */

/* Is it four digits that may be a year? */
bool time_is_year(const struct time_context *ctx, uint32_t i);
/* "26", "26th": the day of a month, or 0. */
int time_day_at(const struct time_context *ctx, uint32_t i);

/* Each tries one pattern at word i. True with *out filled in when it is there; else *out is
 * undefined. */

/* "April 26, 2024", "in April" */
bool time_match_month(const struct time_context *ctx, uint32_t i, struct time_match *out);
/* "26 April 2024", "the 26th of April" */
bool time_match_day_month(const struct time_context *ctx, uint32_t i, struct time_match *out);
/* the 17 of "July 13 to 17" */
bool time_match_second_day(const struct time_context *ctx, uint32_t i, struct time_match *out);
/* "2024-04-26", "4/26/2024" */
bool time_match_digits(const struct time_context *ctx, uint32_t i, struct time_match *out);
/* "2024", "2015-2016" */
bool time_match_year(const struct time_context *ctx, uint32_t i, struct time_match *out);
/* "3 p.m.", "14:30 GMT", "noon" */
bool time_match_clock(const struct time_context *ctx, uint32_t i, struct time_match *out);

/* Adds to *m what stands behind it: ", 2024", "of last year" behind a month, a season or a quarter,
 * and "morning", "3 p.m." behind a day. */
void time_match_year_behind(const struct time_context *ctx, struct time_match *m);
void time_match_part_behind(const struct time_context *ctx, struct time_match *m);

#endif
