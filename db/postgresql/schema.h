/* A version that no program knows, for a database that is being made (db/sqlite/new_database.h).
 * All in the caller's transaction. */
#ifndef DEMARCHE_DB_POSTGRESQL_SCHEMA_H
#define DEMARCHE_DB_POSTGRESQL_SCHEMA_H

#include "db/sqlite/sql.h"

int schema_mark(sqlite3 *db, struct err *e) MUST_CHECK;
/* Until the end of the transaction; not to wait is to fail with SQLITE_BUSY where another does. */
int schema_hold(sqlite3 *db, bool waits, struct err *e) MUST_CHECK;
int schema_unmark(sqlite3 *db, struct err *e) MUST_CHECK;

#endif
