/* A database in the making (db/table_rows.h): a file under another name, or on a server one whose
 * version no program takes. Its table "copying" names the indexes that were left out. */
#ifndef DEMARCHE_DB_SQLITE_NEW_DATABASE_H
#define DEMARCHE_DB_SQLITE_NEW_DATABASE_H

#include "db/sqlite/sql.h"

struct new_database;

/* NULL with *e: ERR_INPUT (there is a database already), ERR_BUSY, ERR_DB. *db is for writing, and
 * this one's. */
struct new_database *new_database_open(const char *path, sqlite3 **db, struct err *e) MUST_CHECK;
/* A transaction, beside none of another process: the first one is refused with ERR_BUSY where
 * there is one. */
int new_database_begin(struct new_database *n, bool is_first, struct err *e) MUST_CHECK;
/* Removes all rows of a table, in a transaction, with what the full text has of them. */
int new_database_clear(sqlite3 *db, const char *table, struct err *e) MUST_CHECK;
int new_database_finish(struct new_database *n, struct err *e) MUST_CHECK;
void new_database_close(struct new_database *n); /* NULL is allowed */

#endif
