/* An interval of time as text. */
#ifndef DEMARCHE_API_FORMAT_INTERVAL_TEXT_H
#define DEMARCHE_API_FORMAT_INTERVAL_TEXT_H

#include "base/arena.h"
#include "db/count.h"

/* "2024-04-26" of a day and of a week, whose Monday it is, "2024-04", "2024". p is NULL when the
 * arena is full. */
struct str interval_text(struct arena *a, day_t from, enum interval interval);

#endif
