/* The names of outlets one after another. One thread a reader. */
#ifndef DEMARCHE_DB_SQLITE_OUTLET_NAME_H
#define DEMARCHE_DB_SQLITE_OUTLET_NAME_H

#include "db/sqlite/reader.h"

/* The name after `after`, by its bytes, among all that printed an article, first or later: two
 * steps in indexes, however many articles lie between. 1, 0 at the end, -1 with *e. */
int outlet_next(struct reader *r, struct str after, struct arena *a, struct str *out,
		struct err *e) MUST_CHECK;

#endif
