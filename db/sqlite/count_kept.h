/* Counts that the writer keeps: what questions without conditions read instead of statements. */
#ifndef DEMARCHE_DB_SQLITE_COUNT_KEPT_H
#define DEMARCHE_DB_SQLITE_COUNT_KEPT_H

#include "db/count.h"
#include "db/sqlite/reader.h"
#include "db/tabulation.h"

/* Adds to *t what is kept of this question, and sets *is_kept; or clears it, where that has to be
 * counted. Memory: t->a. 0, or -1 with *e. */
int count_kept(struct reader *r, const struct count_query *c, struct tabulation *t, bool *is_kept,
	       struct err *e) MUST_CHECK;

#endif
