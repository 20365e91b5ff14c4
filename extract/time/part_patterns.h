/* Parts of years, decades and centuries. For patterns.c alone. */
#ifndef DEMARCHE_EXTRACT_TIME_PART_PATTERNS_H
#define DEMARCHE_EXTRACT_TIME_PART_PATTERNS_H

#include "extract/time/context.h"

/* Each tries one pattern at word i. True with *out filled in when it is there; else *out is
 * undefined. */

/* "the last quarter of 2022", "the first three months of 2016" */
bool time_match_year_part(const struct time_context *ctx, uint32_t i, struct time_match *out);
/* "the third quarter of 2019", "the 19th century" */
bool time_match_ordinal(const struct time_context *ctx, uint32_t i, struct time_match *out);
/* "the spring of 2021", "the fall" */
bool time_match_season(const struct time_context *ctx, uint32_t i, struct time_match *out);
/* "the 1990s", "the '90s" */
bool time_match_decade(const struct time_context *ctx, uint32_t i, struct time_match *out);

#endif
