/* Rows by their keys, "... WHERE key = ?1", asked for together: the statement that reads those of
 * one finds them here, as long as the transaction lasts in which they were read. */
#ifndef DEMARCHE_DB_POSTGRESQL_ROWS_AHEAD_H
#define DEMARCHE_DB_POSTGRESQL_ROWS_AHEAD_H

#include "db/postgresql/array.h"
#include "db/postgresql/connection.h"

struct wanted_key;

struct rows_ahead {
	sqlite3 *db; /* NULL: nothing was expected yet */
	char *sql;   /* NULL: the text is of another form */
	char name[16];
	int generation;		   /* of the connection that has it */
	struct wanted_key *wanted; /* in the order of their bytes */
	size_t n_wanted, cap_wanted;
	pg_oid type;
	bool is_expected, is_asked;
	uint64_t transaction; /* that the keys, and the rows, are of */
	PGresult *rows;
	int n, key; /* rows, and the column of the key */
	bool is_sorted;
};

/* By a statement of this text those of these keys, numbers or bytes that stay where they are, will
 * be wanted, and no others any more. They are asked for when the first is. */
void rows_ahead_expect(struct rows_ahead *a, sqlite3 *db, const char *sql, const struct value *keys,
		       size_t n);
/* Asks for what several expect, in one round trip. What fails shows at the next statement. */
void rows_ahead_ask(struct rows_ahead *const *v, int n);
/* How many a key has, which are asked for if they are expected: in a->rows, from *first on; -1:
 * nothing is known. That it has none is told once: who hears it may make one. */
int rows_ahead_find(struct rows_ahead *a, const struct value *key, int *first);
/* Nothing is known any more: rows were changed. */
void rows_ahead_forget(struct rows_ahead *a);
void rows_ahead_release(struct rows_ahead *a);

#endif
