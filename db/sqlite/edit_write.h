/* Edits made (db/edit.h): the row that says so, and what follows from it. */
#ifndef DEMARCHE_DB_SQLITE_EDIT_WRITE_H
#define DEMARCHE_DB_SQLITE_EDIT_WRITE_H

#include "db/sqlite/transaction.h"

/* 0, or -1 with *e, after which the transaction must be rolled back; what the caller asks and
 * cannot be stands in w->err, and then nothing was written. The writer's thread alone. */
int edit_save(struct transaction *t, struct write *w, struct err *e) MUST_CHECK;

#endif
