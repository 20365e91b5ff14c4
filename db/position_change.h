/* Where a position changed: from support to opposition or back; a part of the store's contract. */
#ifndef DEMARCHE_DB_POSITION_CHANGE_H
#define DEMARCHE_DB_POSITION_CHANGE_H

#include "db/store.h"

/* The rule. What counts is support and opposition, on the issues that are asked for. Each article
 * counts once, with the position that most of its statements take; of an even number none. A
 * position holds once `articles` articles in a row take it, and changes once so many in a row take
 * the other one: a single wrong statement, or article, changes nothing. */
struct position_change {
	enum position from, to;
	int64_t before; /* statement: the last that held the old position */
	int64_t after;	/* statement: the first that took the new one */
	int64_t articles_before, articles_after; /* that took it while it held */
	const struct actor *speaker; /* whose, and on what, where each was looked at by itself; */
	const struct issue *issue;   /* else NULL */
};

struct position_changes {
	struct position_change *v; /* the oldest first */
	size_t n;
	/* That fit the question, by position: one that takes several, on several of the issues that
	 * are asked for, is in each. */
	int64_t statements[POSITION_COUNT];
	int64_t articles; /* that took one of the two positions */
	bool holds;	  /* a position, in the end: */
	enum position held;
};

enum { POSITION_STATEMENTS_MAX = 500000 };

/* Over the statements of q, whose positions, limit, cursor and order do not count. ERR_INPUT when
 * more than POSITION_STATEMENTS_MAX take a position; the errors of reading. */
int store_position_changes(struct reader *r, const struct statement_query *q, int articles,
			   struct arena *a, struct position_changes *out, struct err *e) MUST_CHECK;

/* What is looked at by itself rather than together. */
struct position_change_each {
	bool speaker; /* by what it said itself, whoever it speaks for; of persons, countries and
			organizations */
	bool issue;
	bool with_open; /* open issues, too */
	int limit;	/* the newest changes that are told; out->n are all of them */
};

/* The same for each speaker, each issue or each pair of both: out->v has the newest `limit` of
 * out->n, the oldest first; what holds is not said. */
int store_position_changes_each(struct reader *r, const struct statement_query *q, int articles,
				const struct position_change_each *each, struct arena *a,
				struct position_changes *out, struct err *e) MUST_CHECK;

#endif
