/* What must hold between the rows, as texts of SQL: each row that a text gives is a fault in words.
 * Some can be repaired from the rows by other texts. */
#ifndef DEMARCHE_DB_SQLITE_RULES_H
#define DEMARCHE_DB_SQLITE_RULES_H

#include "db/sqlite/sql.h"

struct rule {
	int since, until;      /* the schemas that it holds for; until 0: to the newest */
	const char *faults;    /* one column; no row or "ok": no fault */
	const char *repaired;  /* what is, for a person; NULL where nothing can be done */
	const char *repair[2]; /* for the newest schema */
};

/* In the order of repairing: what others are counted from comes first. */
extern const struct rule rules[];
extern const size_t rules_count;

/* Gives the connection the functions that the texts use. */
int rules_prepare(sqlite3 *db, struct err *e) MUST_CHECK;

#endif
