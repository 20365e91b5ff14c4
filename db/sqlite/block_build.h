/* The blocks of statements (db/statement_block.h) as they follow from the rows: for a migration, a
 * check and a repair. 0, or -1 with *e. One thread at a time, in a transaction of the caller's. */
#ifndef DEMARCHE_DB_SQLITE_BLOCK_BUILD_H
#define DEMARCHE_DB_SQLITE_BLOCK_BUILD_H

#include "db/sqlite/sql.h"

/* For the migration: those of schema 8 converted, or where there are none all of them anew. */
int blocks_narrow(sqlite3 *db, struct err *e) MUST_CHECK;
/* All of them anew. */
int blocks_build(sqlite3 *db, struct err *e) MUST_CHECK;
/* Do they hold what the rows say, wherever one ends and the next begins? */
int blocks_compare(sqlite3 *db, bool *are_same, struct err *e) MUST_CHECK;

#endif
