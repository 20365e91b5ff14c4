/* Outlets: who printed the articles that are stored, as these name them. A part of the store's
 * contract. */
#ifndef DEMARCHE_DB_OUTLET_H
#define DEMARCHE_DB_OUTLET_H

#include "db/store.h"

struct outlet {
	struct str name;
	int64_t articles, statements;
	day_t first, last; /* days of its articles */
};

struct outlet_query {
	struct str after; /* the last name of the page before, "" for the first */
	int limit;
	bool names_alone; /* the rest is not wanted */
};

struct outlets {
	struct outlet *v; /* in the order of their names' bytes */
	size_t n;
};

/* *next is the name to give as `after` for the next page, "" on the last. 0, or -1 with *e. */
int store_outlets(struct reader *r, const struct outlet_query *q, struct arena *a,
		  struct outlets *out, struct str *next, struct err *e) MUST_CHECK;
/* Has it printed an article? 0, or -1 with *e. */
int store_has_outlet(struct reader *r, struct str name, bool *out, struct err *e) MUST_CHECK;
/* How many statements its articles have. 0, or -1 with *e. */
int outlet_statements(struct reader *r, struct str name, int64_t *out, struct err *e) MUST_CHECK;

#endif
