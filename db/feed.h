/* What was added or changed, in the order in which it was; ids sort by the day of publication, and
 * what comes late would be missed by them. A part of the store's contract. */
#ifndef DEMARCHE_DB_FEED_H
#define DEMARCHE_DB_FEED_H

#include "db/store.h"

/* Where a reader of the feed is: it has all that was changed up to the commit `since`, and of what
 * was later all in articles up to (commit, article); 0 and 0: none. */
struct feed_place {
	int64_t since, commit, article;
};

struct feed_query {
	const struct statement_query *q; /* its limit, cursor and order do not count */
	/* All of the articles that were changed last, these first; `after` does not count. */
	bool is_latest;
	struct feed_place after;
	int limit; /* at which no other article is begun */
};

struct feed_item {
	struct statement statement;
	int64_t received_ms; /* its article */
};

struct feed {
	struct feed_item *v; /* of one article in the order of its text */
	size_t n;
	struct feed_place next; /* for the next question */
	bool has_more;		/* already */
};

/* A statement that is taken back or goes with its article is not told. 0, or -1 with *e. */
int store_feed(struct reader *r, const struct feed_query *f, struct arena *a, struct feed *out,
	       struct err *e) MUST_CHECK;

#endif
