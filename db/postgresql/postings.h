/* The full-text index as a table: for each word of a statement the statement and the places where
 * it stands. Words are those of FTS5's tokenizer. */
#ifndef DEMARCHE_DB_POSTGRESQL_POSTINGS_H
#define DEMARCHE_DB_POSTGRESQL_POSTINGS_H

#include "base/str.h"
#include "db/postgresql/connection.h"

/* The columns of the full text, in SQLite's order. */
enum { POSTING_COLUMNS = 4 };

/* A place is a number, position * POSTING_COLUMNS + column; those of a word follow one another in
 * rising order, each as little-endian groups of 7 bits, the high one set in all but the last. */
uint32_t place_read(const unsigned char **p, const unsigned char *end);

/* Keeps the words of a statement to be added. SQLITE_OK or an error, as the next. */
int postings_add(sqlite3 *db, int64_t statement, const struct str columns[POSTING_COLUMNS]);
/* Removes those of a statement that had these texts. */
int postings_drop(sqlite3 *db, int64_t statement, const struct str columns[POSTING_COLUMNS]);
int postings_send(sqlite3 *db); /* what is kept */
void postings_forget(sqlite3 *db);
void postings_release(sqlite3 *db);
/* The words of a phrase, as postings_add has them. 0, or -1. */
int postings_words(sqlite3 *db, struct str phrase, int (*take)(void *, struct str word),
		   void *context);

#endif
