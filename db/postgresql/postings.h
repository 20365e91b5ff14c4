/* The full-text index as a table: for each word the statements that have it, and where
 * (posting_block.h). Words are those of FTS5's tokenizer. */
#ifndef DEMARCHE_DB_POSTGRESQL_POSTINGS_H
#define DEMARCHE_DB_POSTGRESQL_POSTINGS_H

#include "base/str.h"
#include "db/postgresql/connection.h"
#include "db/postgresql/posting_block.h"

/* A longer word is found by its beginning: an index of PostgreSQL has room for 2.7 kB. */
enum { POSTING_WORD_MAX = 1024 };

/* Keeps the words of a statement to be added, or to be removed from where it had these texts. A
 * transaction's statements come in rising order. SQLITE_OK or an error, as the next. */
int postings_add(sqlite3 *db, int64_t statement, const struct str columns[POSTING_COLUMNS]);
int postings_drop(sqlite3 *db, int64_t statement, const struct str columns[POSTING_COLUMNS]);
int postings_send(sqlite3 *db); /* what is kept */
void postings_forget(sqlite3 *db);
void postings_release(sqlite3 *db);
/* The words of a phrase, as postings_add has them. 0, or -1. */
int postings_words(sqlite3 *db, struct str phrase, int (*take)(void *, struct str word),
		   void *context);

#endif
