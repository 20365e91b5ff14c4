/* Is the full text that of the statements? */
#ifndef DEMARCHE_DB_POSTGRESQL_POSTINGS_CHECK_H
#define DEMARCHE_DB_POSTGRESQL_POSTINGS_CHECK_H

#include "db/sqlite/sql.h"

/* Reports what is wrong with rows, and whether they have the words of all statements and nothing
 * else. Within a transaction. 0, or -1 with *e set. */
int postings_check(sqlite3 *db, void (*report)(void *, const char *fault), void *context,
		   struct err *e) MUST_CHECK;

#endif
