/* Statements counted, by what they have and by time; a part of the store's contract. */
#ifndef DEMARCHE_DB_COUNT_H
#define DEMARCHE_DB_COUNT_H

#include "db/store.h"

/* What to count by; bits. By country: whom the speaker speaks for at the article's date. By issue a
 * statement counts for each of its issues that are asked for; where none are, for each that is not
 * open. The position is that on the issue which is counted by; else on those that are asked for,
 * and a statement counts once for each position that it takes; else its own. Conditions on the
 * position go with it (db/store.h).
 *
 * So a count is always one of statements: as many as the question finds together with what the
 * group is of. */
#define COUNTED(X)                                                                                 \
	X(SPEAKER, "speaker")                                                                      \
	X(COUNTRY, "country")                                                                      \
	X(ISSUE, "issue")                                                                          \
	X(TARGET, "target")                                                                        \
	X(POSITION, "position")                                                                    \
	X(ACT, "act")                                                                              \
	X(KIND, "kind")                                                                            \
	X(POLARITY, "polarity")                                                                    \
	X(OUTLET, "outlet")
enum counted {
#define X(name, word) COUNTED_##name,
	COUNTED(X)
#undef X
		COUNTED_COUNT
};

/* A week begins on Monday. */
enum interval { INTERVAL_NONE, INTERVAL_DAY, INTERVAL_WEEK, INTERVAL_MONTH, INTERVAL_YEAR };

enum { COUNT_GROUPS_MAX = 50000 };

struct count_query {
	const struct statement_query *q; /* its limit, cursor and order do not count */
	/* NULL, or the same question less some conditions on position, act, polarity and target.
	 * Then `of` of a group is how many statements of this one are in the group, in place of
	 * those in the interval. Not by issue, nor by position. */
	const struct statement_query *among;
	unsigned by;		/* 1u << enum counted */
	enum interval interval; /* of the article's date */
	bool by_said;		/* of the day it was said instead, where one is given */
	bool with_open;		/* by issue: open ones too */
	int limit;		/* groups returned */
	/* now_monotonic_ns() after which what was counted by then will do; 0: the reader's deadline
	 * alone, which is a failure. */
	int64_t until_ns;
	/* So much work of the engine alike, by its own measure, some tens of nanoseconds each; 0:
	 * no bound. */
	int64_t steps_max;
};

/* What is not counted by is 0 or NULL; a speaker, country or target that is NULL although it is
 * counted by: none is named. */
struct count_group {
	const struct actor *speaker, *country, *target;
	const struct issue *issue;
	struct str outlet; /* "": none is named */
	int position, act, kind, polarity;
	day_t from; /* the interval's first day */
	int64_t count;
	/* Statements that fit the question in the interval, whatever their group; but see `among`.
	 */
	int64_t of;
};

struct counts {
	struct count_group *v; /* by interval; within one the largest first */
	size_t n;
	int64_t total;	 /* statements that fit */
	size_t groups;	 /* in all, returned or not */
	int64_t undated; /* by_said: of the total, those without a day, which are in no group */
	/* Not all were counted: the time or the work was over. Then all numbers are of what was. */
	bool is_partial;
};

/* ERR_INPUT (field "by") when there are more than COUNT_GROUPS_MAX groups; ERR_DEADLINE; the other
 * errors of reading. */
int store_count(struct reader *r, const struct count_query *c, struct arena *a, struct counts *out,
		struct err *e) MUST_CHECK;

#endif
