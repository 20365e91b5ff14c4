/* Dates as pages and feeds write them. */
#ifndef DEMARCHE_API_FORMAT_STAMP_H
#define DEMARCHE_API_FORMAT_STAMP_H

#include "base/arena.h"

/* The date or instant of base/date.h that `s` means: ISO 8601 with the liberties that are taken
 * with it ("2024-04-26 09:30", "...T09:30:00+0800", "2024/04/26", "20240426"), RFC 822 as RSS has
 * it
 * ("Fri, 26 Apr 2024 09:30:00 GMT"), "April 26, 2024". A time without a zone is left out, since it
 * is no instant. "" for anything else, and when the arena is full. Any thread. */
struct str stamp_read(struct str s, struct arena *a);

#endif
