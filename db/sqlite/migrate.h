/* The schema's versions: db/sqlite/migrations/NNNN_what.sql, embedded, each applied in one
 * transaction. */
#ifndef DEMARCHE_DB_SQLITE_MIGRATE_H
#define DEMARCHE_DB_SQLITE_MIGRATE_H

#include "db/sqlite/sql.h"

/* The newest version that this program knows. */
int migrate_newest(void);
/* Brings the database to that version. ERR_DB: it is another program's, newer than this program, or
 * damaged. */
int migrate(sqlite3 *db, struct err *e) MUST_CHECK;
/* The schema's version, of a database of ours that this program knows: 1 to the newest. Else -1
 * with *e set to ERR_DB. */
int migrate_version(sqlite3 *db, int *version, struct err *e) MUST_CHECK;
/* For tests: stops at `version`. */
int migrate_to(sqlite3 *db, int version, struct err *e) MUST_CHECK;

#endif
