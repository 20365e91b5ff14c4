/* Text tables of data/: lines of cells parted by tabs; lines that start with # and empty lines are
 * skipped. One thread at a time. */
#ifndef DEMARCHE_EXTRACT_TABLES_TABLE_H
#define DEMARCHE_EXTRACT_TABLES_TABLE_H

#include "base/err.h"

enum { TABLE_CELLS = 12 };

struct table {
	const char *name; /* of the file, for messages */
	struct str rest;
	unsigned line;
	struct str cell[TABLE_CELLS]; /* trimmed; "" where the line has fewer */
	size_t n;		      /* cells on this line */
};

struct table table_of(const char *name, struct str text);
/* Reads the next line into ->cell; false at the end. */
bool table_next(struct table *t);
/* Sets ERR_INTERNAL naming table and line; returns -1. */
int table_fail(const struct table *t, const char *why, struct err *e);

#endif
