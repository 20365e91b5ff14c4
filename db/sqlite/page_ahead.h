/* A page's rows and what they name, asked for together where the database is a way to go; where it
 * is not, nothing is done. The engine's own. What cannot be read shows when it is asked for. */
#ifndef DEMARCHE_DB_SQLITE_PAGE_AHEAD_H
#define DEMARCHE_DB_SQLITE_PAGE_AHEAD_H

#include "db/sqlite/raw_row.h"
#include "db/sqlite/reader.h"

/* These statements will be read by R_STATEMENT in this snapshot. */
void page_ahead_statements(struct reader *r, struct keys ids);
/* Is a page better asked for by its ids, and then by the rows of these? */
bool page_ahead_takes_ids(struct reader *r);
/* All of these are read next: has the memory that their rows take fetched meanwhile. Of some it
 * gives the row (raw_row_read) as this snapshot has it, a view as long as that lasts; the others
 * stay as they are. */
void page_ahead_rows(struct reader *r, struct keys ids, struct str *rows);
/* `st` stands on a row of STATEMENT_COLUMNS, and may have more. */
void page_ahead_names(struct reader *r, sqlite3_stmt *st);

#endif
