/* Rows that the writes of a transaction will ask for one by one, asked for together: actors and
 * issues that statements name, and articles that are read again. The writer's thread alone. */
#ifndef DEMARCHE_DB_POSTGRESQL_AHEAD_ROWS_H
#define DEMARCHE_DB_POSTGRESQL_AHEAD_ROWS_H

#include "db/sqlite/transaction.h"

/* All are articles, to be stored or read again. 0, or -1 with *e. */
int ahead_rows_names(struct transaction *t, struct write *const *v, int n,
		     struct err *e) MUST_CHECK;
/* All are read again. 0, or -1 with *e. */
int ahead_rows_articles(struct transaction *t, struct write *const *v, int n,
			struct err *e) MUST_CHECK;
/* What was read of articles holds no more. */
void ahead_rows_forget(struct transaction *t);

#endif
