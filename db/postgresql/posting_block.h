/* A row of the full-text index: statements that have a word, with the word's places in each. They
 * are some of one transaction, or of several whose rows were small (small_rows.h), newest first, at
 * most POSTING_SPAN apart; rows of a word may lie across one another. */
#ifndef DEMARCHE_DB_POSTGRESQL_POSTING_BLOCK_H
#define DEMARCHE_DB_POSTGRESQL_POSTING_BLOCK_H

#include "base/buf.h"

/* The columns of the full text, in SQLite's order. */
enum { POSTING_COLUMNS = 4 };

/* Of ids: 32 days. It bounds where the row of a statement can be. */
#define POSTING_SPAN (INT64_C(1) << 36)

/* A row of more bytes PostgreSQL would keep apart; four of these fill a page. */
enum { POSTING_BYTES_MAX = 1850, POSTING_ENTRIES_MAX = POSTING_BYTES_MAX / 3 + 1 };

/* The places, position * POSTING_COLUMNS + column, are varints (db/varint.h) in rising order, each
 * but the first as its difference from the one before: mostly a byte. */
struct posting_entry {
	int64_t statement;
	struct str places;
};

/* A row in the making, and its ends. */
struct posting_block {
	struct buf bytes;
	int64_t first, last;
	int n;
};
bool posting_block_has_room(const struct posting_block *b, const struct posting_entry *e);
void posting_block_add(struct posting_block *b, const struct posting_entry *e);

/* A row of so many bytes has no more entries. */
static inline size_t posting_block_entries(size_t bytes)
{
	return bytes < POSTING_BYTES_MAX ? bytes / 3 + 1 : POSTING_ENTRIES_MAX;
}

/* Of a row whose newest statement is `last`; *out has room for posting_block_entries(), and views
 * of the bytes. How many, -1 where the bytes are none of ours. */
int posting_block_read(struct str bytes, int64_t last, struct posting_entry *out);

#endif
