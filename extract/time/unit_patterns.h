/* Units that are counted and shifted, and days that have a name. For patterns.c and its parts. */
#ifndef DEMARCHE_EXTRACT_TIME_UNIT_PATTERNS_H
#define DEMARCHE_EXTRACT_TIME_UNIT_PATTERNS_H

#include "extract/time/context.h"

/* The number that a word counts by, 0 for none. */
int time_count_at(const struct time_context *ctx, uint32_t i);

/* Each tries one pattern at word i. True with *out filled in when it is there; else *out is
 * undefined. */

/* "two weeks ago", "a year earlier", "three days later", "ten years from now" */
bool time_match_counted(const struct time_context *ctx, uint32_t i, struct time_match *out);
/* "Christmas", "Election Day 2016" */
bool time_match_feast(const struct time_context *ctx, uint32_t i, struct time_match *out);
/* "last week", "next Friday", "this summer" */
bool time_match_shift(const struct time_context *ctx, uint32_t i, struct time_match *out);
/* "that day", "the same year", "the next day" */
bool time_match_spoken_of(const struct time_context *ctx, uint32_t i, struct time_match *out);

#endif
