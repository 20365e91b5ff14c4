/* Blocks of statements as schema 8 had them, made into those that there are now
 * (db/statement_block.h). */
#ifndef DEMARCHE_DB_SQLITE_BLOCK_CONVERT_H
#define DEMARCHE_DB_SQLITE_BLOCK_CONVERT_H

#include "db/sqlite/sql.h"

/* Moves those of the table statement_block_before, which is dropped, to statement_block. In a
 * transaction of the caller's. 0, or -1 with *e (ERR_DB, also where one is damaged). */
int blocks_convert(sqlite3 *db, struct err *e) MUST_CHECK;

#endif
