/* Rows that the same text inserts or counts up, sent as one: a row alone costs ten times as much.
 * Those of several texts are kept side by side: no row hangs on one of another table. */
#ifndef DEMARCHE_DB_POSTGRESQL_INSERTS_H
#define DEMARCHE_DB_POSTGRESQL_INSERTS_H

#include "db/postgresql/connection.h"

enum { INSERT_COLUMNS_MAX = 20 };

/* A text that can be sent so: "INSERT INTO t(a, b) VALUES ($1, $2)" and what may follow; or one
 * that counts up, "UPDATE t SET a = a + $2 WHERE key = $1", which a transaction does once for each
 * key. */
struct insert {
	char *head, *tail, *table; /* before the values' list, after it; the name */
	bool is_update;
	int n;
	char name[16];			  /* the prepared statement's, "" before it is there */
	int generation;			  /* of the connection that has it */
	pg_oid types[INSERT_COLUMNS_MAX]; /* of its columns, 0 where it writes NULL */
};

/* False where the text is of another form. Memory: insert_release. */
bool insert_read(struct insert *i, const char *text);
void insert_release(struct insert *i);
/* Keeps a row, with copies of the values. SQLITE_OK or an error. */
int inserts_add(sqlite3 *db, struct insert *i, const struct value *v);
int inserts_send(sqlite3 *db); /* what is kept */
/* The same, where rows are kept for a table that the text names: else it may go before them. */
int inserts_send_for(sqlite3 *db, const char *text);
void inserts_forget(sqlite3 *db);
void inserts_release(sqlite3 *db);

#endif
