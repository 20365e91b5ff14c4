/* Keeps the blocks of statements (db/statement_block.h) as the statements are. */
#ifndef DEMARCHE_DB_SQLITE_BLOCK_WRITE_H
#define DEMARCHE_DB_SQLITE_BLOCK_WRITE_H

#include "db/sqlite/transaction.h"

/* At the end of a transaction: what it noted of blocks, each block written once. 0, or -1 with *e.
 * The writer's thread alone. */
int blocks_flush(struct transaction *t, struct err *e) MUST_CHECK;

#endif
