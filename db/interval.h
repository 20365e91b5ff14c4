/* Intervals of time that statements are counted by. */
#ifndef DEMARCHE_DB_INTERVAL_H
#define DEMARCHE_DB_INTERVAL_H

#include "db/count.h"

/* The first day of the day, week, month or year that a day lies in; of INTERVAL_NONE 1970-01-01. */
day_t interval_start(day_t day, enum interval interval);

#endif
