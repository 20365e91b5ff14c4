/* What counting by one thing and by several share: the names of a group. */
#ifndef DEMARCHE_DB_SQLITE_COUNT_GROUP_H
#define DEMARCHE_DB_SQLITE_COUNT_GROUP_H

#include "db/count.h"
#include "db/sqlite/reader.h"
#include "db/tabulation.h"

/* All of *out but `of`. 0, or -1 with *e. */
int count_group_fill(struct reader *r, const struct group_count *g, struct arena *a,
		     struct count_group *out, struct err *e) MUST_CHECK;

#endif
