/* An article and its statements into rows, and out of them again. The writer's thread alone. */
#ifndef DEMARCHE_DB_SQLITE_ARTICLE_WRITE_H
#define DEMARCHE_DB_SQLITE_ARTICLE_WRITE_H

#include "db/sqlite/transaction.h"

/* 0, or -1 with *e, after which the transaction must be rolled back. */
int article_save(struct transaction *t, struct write *w, struct err *e) MUST_CHECK;
/* An article that is not there is reported in w->err; then 0. */
int article_drop(struct transaction *t, struct write *w, struct err *e) MUST_CHECK;

#endif
