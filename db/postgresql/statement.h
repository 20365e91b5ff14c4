/* What the bridge calls a sqlite3_stmt: a text in both dialects, its values, its rows. */
#ifndef DEMARCHE_DB_POSTGRESQL_STATEMENT_H
#define DEMARCHE_DB_POSTGRESQL_STATEMENT_H

#include "db/postgresql/inserts.h"
#include "db/postgresql/match.h"
#include "db/postgresql/rows_ahead.h"

enum command_kind {
	STATEMENT_ROWS,	  /* gives rows */
	STATEMENT_CHANGE, /* changes some */
	STATEMENT_BEGIN,
	STATEMENT_COMMIT,
	STATEMENT_ROLLBACK,
	STATEMENT_ROLLBACK_TO,
	STATEMENT_NOTHING, /* means nothing to a server */
	STATEMENT_MATCH,   /* rows of what an expression of words finds */
	STATEMENT_ADD_WORDS,
	STATEMENT_DROP_WORDS,
};

struct sqlite3_stmt {
	sqlite3 *db;
	char *text, *sql; /* as given, and as sent */
	enum command_kind kind;
	int n; /* values */
	struct value *v;
	pg_oid *types;	/* that it was prepared with; what a value was last, where it is NULL */
	char name[16];	/* "" until it is prepared */
	int generation; /* of the connection that has it */
	enum awaited awaited;
	struct insert insert; /* of a row alone */
	bool is_insert;
	int keyed;    /* the table that gets a key, or -1 */
	bool is_wide; /* many rows, of which few may be read: by a cursor */

	bool is_open;
	PGresult *rows;
	int row, n_rows;
	char cursor[16];       /* "" for none */
	int portion;	       /* rows that were asked for */
	bool is_last;	       /* no rows come after these */
	bool is_lent;	       /* the rows are of `ahead` */
	const PGresult *named; /* rows that page_ahead.c has seen, or NULL */
	struct rows_ahead ahead;

	struct match *match;
	int64_t left; /* rows up to its limit */
};

/* Opens a statement that gives rows, or whose outcome is its own; the first rows are there. */
int statement_open(sqlite3_stmt *st);
/* The next rows, where there are more. */
int statement_read_on(sqlite3_stmt *st);
/* As it was before it was opened. */
void statement_shut(sqlite3_stmt *st);

#endif
