/* The texts that the full text is made of. */
#ifndef DEMARCHE_DB_POSTGRESQL_STATEMENT_TEXTS_H
#define DEMARCHE_DB_POSTGRESQL_STATEMENT_TEXTS_H

#include "db/postgresql/posting_block.h"
#include "db/sqlite/sql.h"

/* Hands over those of all statements, in rising order of ids, until `take` returns -1 with the
 * connection's error set. Within a transaction. 0, or -1 with *e set. */
int statement_texts_each(sqlite3 *db,
			 int (*take)(void *context, int64_t statement,
				     const struct str columns[POSTING_COLUMNS]),
			 void *context, struct err *e) MUST_CHECK;

#endif
