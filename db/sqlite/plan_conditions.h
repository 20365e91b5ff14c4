/* A question's conditions as SQL: what is left to ask of the rows that a driver reads. */
#ifndef DEMARCHE_DB_SQLITE_PLAN_CONDITIONS_H
#define DEMARCHE_DB_SQLITE_PLAN_CONDITIONS_H

#include "db/sqlite/plan.h"

/* Adds to p->where and p->binds, for the driver that is chosen, and tells which tables they need.
 * 0, or -1 with *e: ERR_TOO_LARGE (too many values). */
int plan_add_conditions(struct plan *p, struct err *e) MUST_CHECK;
#endif
