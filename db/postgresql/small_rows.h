/* How many small rows of each word and 32 days (POSTING_SPAN) were written since they were made
 * one: who stores few statements a transaction leaves many of them. Of words by chance less is
 * known, and nothing after a start: no more depends on it than when rows are merged. */
#ifndef DEMARCHE_DB_POSTGRESQL_SMALL_ROWS_H
#define DEMARCHE_DB_POSTGRESQL_SMALL_ROWS_H

#include <stdint.h>

#include "base/str.h"

/* At so many they are merged: each row is written about twice, and a rare word has a sixteenth of
 * the rows. */
enum { SMALL_ROWS = 16, SMALL_ROW_BYTES = 512 };

struct small_rows; /* free() it */

struct small_rows *small_rows_new(void);
/* One whose newest statement is `last`. When they are enough: true, *since is the least of these,
 * and none are known any more. */
bool small_rows_add(struct small_rows *s, struct str word, int64_t last, int64_t *since);

#endif
