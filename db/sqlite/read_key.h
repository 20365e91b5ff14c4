/* Keys made and revoked: WRITE_READ_KEY (db/read_key.h). The writer's thread alone. */
#ifndef DEMARCHE_DB_SQLITE_READ_KEY_H
#define DEMARCHE_DB_SQLITE_READ_KEY_H

#include "db/sqlite/transaction.h"

/* 0, or -1 with *e, after which the transaction must be rolled back; what is refused stands in
 * w->err, and then nothing was written. */
int read_key_save(struct transaction *t, struct write *w, struct err *e) MUST_CHECK;

#endif
