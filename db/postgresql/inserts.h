/* Rows that the same text inserts one after another, sent as one: a row alone costs ten times as
 * much. */
#ifndef DEMARCHE_DB_POSTGRESQL_INSERTS_H
#define DEMARCHE_DB_POSTGRESQL_INSERTS_H

#include "db/postgresql/connection.h"

enum { INSERT_COLUMNS_MAX = 20 };

/* A text that can be sent so: "INSERT INTO t(a, b) VALUES ($1, $2)" and what may follow. */
struct insert {
	char *head, *tail; /* before VALUES, after the values */
	int n;
	char many[16];	/* the prepared statement's name, "" before it is there */
	int generation; /* of the connection that has it */
};

/* False where the text is of another form. Memory: insert_release. */
bool insert_read(struct insert *i, const char *text);
void insert_release(struct insert *i);
/* Keeps a row, with copies of the values; sends those of another text before. `one` is the prepared
 * statement of a single row, and `types` are those of its values, 0 where none is known. SQLITE_OK
 * or an error. */
int inserts_add(sqlite3 *db, struct insert *i, const char *one, const pg_oid *types,
		const struct value *v);
int inserts_send(sqlite3 *db); /* what is kept */
void inserts_forget(sqlite3 *db);
void inserts_release(sqlite3 *db);

#endif
