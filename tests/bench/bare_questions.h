/* Questions in bare SQL, prepared, in process: what the service's answers to them are measured by.
 * On the same database, with the same settings of the connection. */
#ifndef DEMARCHE_TESTS_BENCH_BARE_QUESTIONS_H
#define DEMARCHE_TESTS_BENCH_BARE_QUESTIONS_H

#include "base/err.h"
#include "tests/bench/pairs.h"

enum bare_question {
	BARE_SUGGEST, /* names of actors and issues that begin so, the most used first */
	BARE_FACETS,  /* of a speaker and an issue, by eight things, a statement of SQL each */
	BARE_PAGE,    /* 50 statements of a speaker and an issue, as bare_pages_run reads them */
};

/* What is typed in a suggestion: the first letters of the speaker's id. */
enum { TYPED_LETTERS = 3 };

struct bare_times {
	double p50, p99; /* us a question */
};

int bare_questions_run(struct bare_times *out, enum bare_question which, const char *database,
		       const struct pairs *pairs, double seconds, struct err *e) MUST_CHECK;

#endif
