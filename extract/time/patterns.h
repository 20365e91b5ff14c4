/* The patterns of time expressions: what words say, before any calendar is asked. For
 * extract/time/time.c alone. */
#ifndef DEMARCHE_EXTRACT_TIME_PATTERNS_H
#define DEMARCHE_EXTRACT_TIME_PATTERNS_H

#include "extract/time/context.h"

/* Does an expression start at word i? Then all of *out but its sentence is filled in. Pure. */
bool time_match_at(const struct time_context *ctx, uint32_t i, struct time_match *out);

#endif
