/* What a question walks: the driver by which few rows are read, and its ranges. */
#ifndef DEMARCHE_DB_SQLITE_PLAN_DRIVER_H
#define DEMARCHE_DB_SQLITE_PLAN_DRIVER_H

#include "db/sqlite/plan.h"

/* These return 0, or -1 with *e. */
int plan_choose_driver(struct reader *r, const struct statement_query *q, enum driver *driver,
		       struct err *e) MUST_CHECK;
/* Is one of the outlets a further source of some article? Most are of none, and their articles
 * stand together in one index. */
int plan_find_sources(struct reader *r, const struct statement_query *q, bool *out,
		      struct err *e) MUST_CHECK;
/* The ranges of the driver that is chosen; sets is_empty where nothing can match. ERR_TOO_LARGE:
 * too many pairs or values. */
int plan_set_ranges(struct plan *p, struct err *e) MUST_CHECK;
/* Does it walk little, by a count in its index that ends at some thousand? Else all blocks of
 * statements are read as fast. */
int plan_is_little(struct reader *r, const struct plan *p, bool *is_little,
		   struct err *e) MUST_CHECK;
#endif
