/* What FTS5's MATCH finds, from the table of postings: the expressions that
 * db/sqlite/full_text.h makes, walked in the order of ids, so that a page reads of each word no
 * more than it needs. */
#ifndef DEMARCHE_DB_POSTGRESQL_MATCH_H
#define DEMARCHE_DB_POSTGRESQL_MATCH_H

#include "base/str.h"
#include "db/postgresql/connection.h"

struct match;

/* Statements with ids between `above` and `below`, both exclusive. The expression may go when this
 * returns. NULL with the connection's error set: out of memory, or no such expression. */
struct match *match_open(sqlite3 *db, struct str expression, int64_t above, int64_t below,
			 bool ascending);
/* The next ids, at most `most`: how many, 0 at the end; -1 with the connection's error set. */
int match_next(struct match *m, int64_t *ids, int most);
void match_close(struct match *m); /* NULL is allowed */

#endif
