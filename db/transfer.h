/* Copies a database into a new one, of whichever engine either has: rows as they are, in the order
 * of their keys, so that a copy that was interrupted goes on after the last row that it saved. */
#ifndef DEMARCHE_DB_TRANSFER_H
#define DEMARCHE_DB_TRANSFER_H

#include "db/table_rows.h"

enum transfer_step { TRANSFER_ROWS, TRANSFER_INDEXES, TRANSFER_COMPARISON };

struct transfer_listener {
	/* What is under way (a table, an index), and how many rows of all are done. Often. */
	void (*report)(void *context, enum transfer_step step, const char *what, int64_t done,
		       int64_t total);
	/* A table, all of whose rows are the same in both. */
	void (*compared)(void *context, const char *table, int64_t rows);
	void *context;
};

/* All that is copied, which is every table but the full text: that is made of the statements. */
const struct table *transfer_tables(int *n);

/* The source may be at work: what is copied is one moment of it. Where it has changed since a copy
 * was interrupted, that begins anew. The new database is one, to whoever opens it, when every row
 * of both was compared. ERR_INPUT (there is a database already), ERR_BUSY (another copy into it is
 * under way), ERR_DB, which names the table when rows differ. */
int transfer(const char *from, const char *to, const struct transfer_listener *l,
	     struct err *e) MUST_CHECK;

#endif
