/* Every statement that fits a question, once each, with the few numbers that counting needs. */
#ifndef DEMARCHE_DB_SQLITE_SCAN_H
#define DEMARCHE_DB_SQLITE_SCAN_H

#include "db/sqlite/plan.h"

struct scan_row {
	int64_t id, fields;		  /* packed */
	int64_t speaker, target, article; /* keys, 0 for none; with PLAN_NAMES only */
	struct str facets;		  /* until the call ends; with PLAN_NAMES only */
};

/* 0, or -1 with *e, which ends the scan. */
typedef int scan_take(void *context, const struct scan_row *row, struct err *e);

/* Calls `take` with each, in no order that holds when there are several ranges. `columns` is
 * PLAN_FIELDS or PLAN_NAMES; limit, cursor and order of the question do not count. 0, or -1 with
 * *e, a failure of `take` included. */
int scan(struct reader *r, const struct statement_query *q, enum plan_columns columns,
	 struct arena *a, scan_take *take, void *context, struct err *e) MUST_CHECK;

#endif
