/* Civil dates and instants: ISO 8601 / RFC 3339 in, ISO out. Proleptic Gregorian, years 0001 to
 * 9999. Any thread. */
#ifndef DEMARCHE_BASE_DATE_H
#define DEMARCHE_BASE_DATE_H

#include "base/arena.h"

/* Days since 1970-01-01. */
typedef int32_t day_t;
#define DAY_NONE INT32_MIN

struct civil {
	int year, month, day; /* month and day count from 1 */
};

day_t day_from_civil(struct civil c);
struct civil civil_from_day(day_t d);
/* 0 is Monday, as in ISO 8601 less one. */
int day_weekday(day_t d);
int days_in_month(int year, int month);

/* "2024-04-26", or "2024-04-26T09:30:00Z" / "...+08:00" with optional seconds and fraction: the
 * date as written is the civil day (the outlet's own calendar). False on anything else, 2024-02-30
 * included. */
bool day_parse(struct str s, day_t *day);
/* Seconds since the epoch of the same texts; a bare date is midnight UTC. */
bool instant_parse(struct str s, int64_t *unix_s);
struct str day_format(struct arena *a, day_t d); /* "2024-04-26" */
/* "2024-04-26T09:30:00.123Z", written into and pointing to `space`. */
enum { INSTANT_ROOM = 64 };
struct str instant_format(char space[INSTANT_ROOM], int64_t unix_ms);

#endif
