/* A row of `statement` as it stands in a page of the file (sqlite.org/fileformat2.html, "Record
 * Format"), and what a page of statements shows of it. Any thread. */
#ifndef DEMARCHE_DB_SQLITE_RAW_ROW_H
#define DEMARCHE_DB_SQLITE_RAW_ROW_H

#include <sqlite3.h>

#include "base/str.h"

struct raw_row {
	int64_t id, article, speaker, target, addressee, fields, version, edit;
	struct str content, record, origin; /* views */
};

/* The table's columns, in this order. */
#define RAW_ROW_COLUMNS                                                                            \
	"id article speaker target addressee traits said_from said_to role facets content detail " \
	"changed place nearby edit origin"

/* A number of up to nine bytes, of which there are *n; nothing behind `end` is read. */
uint64_t raw_varint(const unsigned char *p, const unsigned char *end, unsigned *n);
/* False where it is no such row, or has fewer columns than the table: SQLite knows what it means.
 */
bool raw_row_read(struct str bytes, int64_t id, struct raw_row *out);
/* Of a statement that stands on a row of STATEMENT_COLUMNS; lasts until it steps. */
void raw_row_of(sqlite3_stmt *st, struct raw_row *out);

#endif
