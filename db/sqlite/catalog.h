/* Actors and issues by name and in lists, with their names, roles and terms. Of one reader, so one
 * thread at a time. */
#ifndef DEMARCHE_DB_SQLITE_CATALOG_H
#define DEMARCHE_DB_SQLITE_CATALOG_H

#include "db/sqlite/reader.h"

/* Runs a bound statement whose rows are ISSUE_COLUMNS and what matched. 0, or -1 with *e. */
int catalog_read_issues(sqlite3_stmt *st, struct arena *a, struct issue_matches *out,
			struct err *e) MUST_CHECK;
/* The strings of the one column of a statement that takes a key. */
int catalog_read_strs(sqlite3_stmt *st, int64_t key, struct arena *a, struct strs *out,
		      struct err *e) MUST_CHECK;
/* Their terms. */
int catalog_read_terms(struct reader *r, struct arena *a, struct issue_matches *m,
		       struct err *e) MUST_CHECK;

/* The keys of all issues that are not open, rising: some thousands at most. */
int catalog_known_issues(struct reader *r, struct arena *a, struct keys *out,
			 struct err *e) MUST_CHECK;
/* Is it one of them? */
bool catalog_has_key(struct keys rising, int64_t key);

#endif
