/* From the SQL of db/sqlite, which is SQLite's, to PostgreSQL's. Both sides are known: what stands
 * in db/sqlite, and nothing else, is understood. */
#ifndef DEMARCHE_DB_POSTGRESQL_DIALECT_H
#define DEMARCHE_DB_POSTGRESQL_DIALECT_H

#include "base/buf.h"

/* Adds the text to *out: parameters as $1, joins in the order of their text without SQLite's words
 * on indexes, its functions by the other's names. "statement_fts MATCH ?" becomes a list of ids,
 * which is parameter 1. Gives the number of parameters. */
int dialect_translate(const char *text, struct buf *out);

#endif
