/* The users' changes of issues: WRITE_ISSUE (db/issue_edit.h). The writer's thread alone. */
#ifndef DEMARCHE_DB_SQLITE_ISSUE_EDIT_H
#define DEMARCHE_DB_SQLITE_ISSUE_EDIT_H

#include "db/sqlite/transaction.h"

/* 0, or -1 with *e, after which the transaction must be rolled back. A refusal is reported in
 * w->err; then 0. */
int issue_edit_save(struct transaction *t, struct write *w, struct err *e) MUST_CHECK;

#endif
