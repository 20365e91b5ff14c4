/* The patterns of weekdays. For patterns.c and its parts. */
#ifndef DEMARCHE_EXTRACT_TIME_WEEKDAY_PATTERNS_H
#define DEMARCHE_EXTRACT_TIME_WEEKDAY_PATTERNS_H

#include "extract/time/context.h"

/* "Good Friday afternoon, everyone": the words that open a meeting, at "Good" */
bool time_is_greeting(const struct time_context *ctx, uint32_t i);
/* "Friday morning", "Friday, April 26": true with *out filled in when it is there; else *out is
 * undefined. */
bool time_match_weekday(const struct time_context *ctx, uint32_t i, struct time_match *out);

#endif
