/* Every statement that fits a question, or every pair of statement and issue, once each, with the
 * few numbers that counting needs. */
#ifndef DEMARCHE_DB_SQLITE_SCAN_H
#define DEMARCHE_DB_SQLITE_SCAN_H

#include "db/sqlite/plan.h"

/* What comes once each. */
enum scan_unit {
	SCAN_STATEMENTS,
	/* A statement with each position that it takes on the issues that are asked for; where none
	 * are, with its own. */
	SCAN_POSITIONS,
	/* A statement with each of its issues, of those that are asked for. Where none are, with
	 * each that `known` has, and then a condition on the position is one on these; without such
	 * a condition statements come as such, too, in rows of no issue: each that fits has a
	 * first row. */
	SCAN_PAIRS,
};

struct scan_row {
	int64_t id;
	int64_t fields; /* packed; but for SCAN_STATEMENTS those of the pair */
	int64_t issue;	/* SCAN_PAIRS: 0 for none */
	bool is_first;	/* of this statement's rows */
	/* With PLAN_ACTORS and PLAN_NAMES only: keys, 0 for none. */
	int64_t speaker, target;
	int64_t member_of; /* facets_last_member_of */
	/* With PLAN_NAMES only: the article, until the call ends the facets, and the first day of
	 * said_on or DAY_NONE. */
	int64_t article;
	struct str facets;
	day_t said;
};

/* 0, or -1 with *e, which ends the scan. */
typedef int scan_take(void *context, const struct scan_row *row, struct err *e);

struct scan_query {
	const struct statement_query *q; /* its limit, cursor and order do not count */
	enum scan_unit unit;
	enum plan_columns columns; /* PLAN_FIELDS, PLAN_ACTORS or PLAN_NAMES */
	/* SCAN_PAIRS: else the fields may be the statement's, which saves a look-up a pair. */
	bool with_positions;
	const struct keys *known; /* SCAN_PAIRS: the issues that are not open; NULL for all */
	/* SCAN_PAIRS: nobody asks which row is a statement's first, nor for those of no issue. */
	bool pairs_alone;
};

/* Calls `take` with each, in no order that holds when there are several ranges. 0, or -1 with *e, a
 * failure of `take` included. */
int scan(struct reader *r, const struct scan_query *s, struct arena *a, scan_take *take,
	 void *context, struct err *e) MUST_CHECK;

/* The key of the country that the speaker of a row with actors speaks for, 0 for none. 0, or -1
 * with *e. */
int scan_country(struct reader *r, const struct scan_row *row, struct arena *a, int64_t *country,
		 struct err *e) MUST_CHECK;
/* The same of an actor that somebody speaks for: itself where it is a country. */
int scan_country_of(struct reader *r, int64_t member_of, struct arena *a, int64_t *country,
		    struct err *e) MUST_CHECK;

#endif
