/* Makes a plan of a question: chooses what is walked, then adds the ranges and the conditions. */
#ifndef DEMARCHE_DB_SQLITE_PLANNER_H
#define DEMARCHE_DB_SQLITE_PLANNER_H

#include "db/sqlite/plan.h"

/* 0, or -1 with *e: ERR_TOO_LARGE (too many pairs or values). */
int plan_make(struct reader *r, const struct statement_query *q, struct arena *a, struct plan *p,
	      struct err *e) MUST_CHECK;
/* The same by a driver of the caller's, which plan_make chooses well. */
int plan_make_by(struct reader *r, const struct statement_query *q, enum driver driver,
		 struct arena *a, struct plan *p, struct err *e) MUST_CHECK;
#endif
