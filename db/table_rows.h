/* The rows of a database's tables as they stand there, for copying them into another database,
 * whichever engine either has. No part of what the service does. One thread at a time. */
#ifndef DEMARCHE_DB_TABLE_ROWS_H
#define DEMARCHE_DB_TABLE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum { TABLE_COLUMNS_MAX = 20 };

/* A table whose rows are copied. */
struct table {
	const char *name;
	int keys;	     /* so many of the columns, the first ones, are the primary key */
	bool is_single;	     /* its one row is there from the start, and is overwritten */
	const char *columns; /* "id, title" */
	const char *types; /* of each: i integer, t text, b bytes; integers and texts may be NULL */
};

struct cell {
	enum { CELL_NULL, CELL_NUMBER, CELL_BYTES } kind;
	int64_t number;
	struct str bytes;
};

struct table_rows;

/* A snapshot of a database for reading; NULL with *e. */
struct table_rows *table_rows_open(const char *path, struct err *e) MUST_CHECK;
/* A database that is being made: where there is none yet, or one that was begun so and not
 * finished. Nothing else opens it until it is. ERR_INPUT where there is a database already,
 * ERR_BUSY where another process makes it. */
struct table_rows *table_rows_open_new(const char *path, struct err *e) MUST_CHECK;
void table_rows_close(struct table_rows *r); /* NULL is allowed; what was not saved is lost */

/* Starts to read a table in the order of its key, after the key in `after` (NULL: all). The cells
 * last until the next one is read. table_rows_next gives 1 for a row, 0 at the end, -1 with *e. */
int table_rows_start(struct table_rows *r, const struct table *t, const struct cell *after,
		     struct err *e) MUST_CHECK;
int table_rows_next(struct table_rows *r, struct cell row[TABLE_COLUMNS_MAX],
		    struct err *e) MUST_CHECK;
int table_rows_count(struct table_rows *r, const struct table *t, int64_t *out,
		     struct err *e) MUST_CHECK;

/* --- of one that is being made --- */

/* As it was when it was begun: without rows. */
int table_rows_clear(struct table_rows *r, const struct table *tables, int n,
		     struct err *e) MUST_CHECK;
/* Starts to write a table; table_rows_last gives the cells of its last key, 1, or 0 for none, and
 * they last until the next call. A statement's words are added with its row. */
int table_rows_start_adding(struct table_rows *r, const struct table *t, struct err *e) MUST_CHECK;
int table_rows_last(struct table_rows *r, const struct table *t, struct cell key[TABLE_COLUMNS_MAX],
		    struct err *e) MUST_CHECK;
int table_rows_add(struct table_rows *r, const struct cell *row, struct err *e) MUST_CHECK;
/* Durable. A kill leaves what was saved. */
int table_rows_save(struct table_rows *r, struct err *e) MUST_CHECK;
/* Makes the indexes that were left out so far; `report` may be NULL. */
int table_rows_index(struct table_rows *r, void (*report)(void *context, const char *index),
		     void *context, struct err *e) MUST_CHECK;
/* It is a database like any other from here on. */
int table_rows_finish(struct table_rows *r, struct err *e) MUST_CHECK;

#endif
