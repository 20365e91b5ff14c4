/* Statements as CSV (RFC 4180): a head, then a line a statement, ending in CR LF. */
#ifndef DEMARCHE_API_FORMAT_CSV_H
#define DEMARCHE_API_FORMAT_CSV_H

#include "base/buf.h"
#include "base/model.h"

void csv_head(struct buf *out);
void csv_statement(struct buf *out, const struct statement *s);
/* One cell: quoted where it must be, and kept from being taken for a formula by a spreadsheet. */
void csv_cell(struct buf *out, struct str value);

#endif
