/* What a question finds, counted by each of several things at once: facets beside its rows. A part
 * of the store's contract. */
#ifndef DEMARCHE_DB_BREAKDOWN_H
#define DEMARCHE_DB_BREAKDOWN_H

#include "db/count.h"

enum { BREAKDOWN_MONTH = COUNTED_COUNT, BREAKDOWN_PARTS };

struct breakdown_query {
	const struct statement_query *q; /* its limit, cursor and order do not count */
	unsigned by;			 /* 1u << enum counted, 1u << BREAKDOWN_MONTH */
	bool with_open;			 /* by issue: open ones too */
	int limit;			 /* groups of each part */
	int64_t until_ns;		 /* as in count_query */
};

/* As store_count by this one thing gives them, but for `of`; months in their order. */
struct breakdown_part {
	struct count_group *v;
	size_t n;
	size_t groups; /* in all, returned or not */
	bool is_partial;
};

struct breakdown {
	struct breakdown_part parts[BREAKDOWN_PARTS]; /* by what is counted by */
	int64_t total;				      /* statements that were counted */
	bool is_partial;			      /* and there are more */
};

/* One pass over the statements, and one more by issue where a condition on positions names none;
 * what is kept for a question without conditions is read instead. 0, or -1 with *e. */
int store_breakdown(struct reader *r, const struct breakdown_query *b, struct arena *a,
		    struct breakdown *out, struct err *e) MUST_CHECK;

#endif
