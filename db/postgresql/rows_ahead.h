/* Rows by their keys, "... WHERE key = ?1", asked for together: the statement that reads one finds
 * it here, as long as the transaction lasts in which they were read. */
#ifndef DEMARCHE_DB_POSTGRESQL_ROWS_AHEAD_H
#define DEMARCHE_DB_POSTGRESQL_ROWS_AHEAD_H

#include "db/postgresql/array.h"
#include "db/postgresql/connection.h"

struct rows_ahead {
	sqlite3 *db; /* NULL: nothing was expected yet */
	char *sql;   /* NULL: the text is of another form */
	char name[16];
	int generation; /* of the connection that has it */
	struct array keys;
	bool is_expected;
	uint64_t transaction; /* that the keys, and the rows, are of */
	PGresult *rows;
	int n, key; /* rows, and the column of the key */
	bool is_sorted;
};

/* By a statement of this text these will be wanted, and no others any more. They are asked for when
 * the first is. */
void rows_ahead_expect(struct rows_ahead *a, sqlite3 *db, const char *sql, const int64_t *keys,
		       size_t n);
/* Asks for what several expect, in one round trip. What fails shows at the next statement. */
void rows_ahead_ask(struct rows_ahead *const *v, int n);
/* The row of a key, asked for if it is expected: its number in a->rows, or -1. */
int rows_ahead_find(struct rows_ahead *a, int64_t key);
void rows_ahead_release(struct rows_ahead *a);

#endif
