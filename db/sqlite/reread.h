/* One article read again, and what becomes of each of its statements: WRITE_REREAD (db/reread.h).
 * The writer's thread alone. */
#ifndef DEMARCHE_DB_SQLITE_REREAD_H
#define DEMARCHE_DB_SQLITE_REREAD_H

#include "db/sqlite/transaction.h"

/* 0, or -1 with *e, after which the transaction must be rolled back. */
int reread_save(struct transaction *t, struct write *w, struct err *e) MUST_CHECK;

#endif
