/* Questions to measure with: pairs of a speaker and an issue that fill a page of 50 in a running
 * service's database, found by asking it, so that they fit whatever made the database. */
#ifndef DEMARCHE_TESTS_BENCH_PAIRS_H
#define DEMARCHE_TESTS_BENCH_PAIRS_H

#include "base/buf.h"
#include "base/err.h"

enum { PAIRS_MAX = 256, PAIR_TARGET_MAX = 600, PAIR_ID_MAX = 120 };

struct pair {
	char speaker[PAIR_ID_MAX], issue[PAIR_ID_MAX]; /* ids as the API gives them */
	char target[PAIR_TARGET_MAX];		       /* of the first page */
	char deep[PAIR_TARGET_MAX];		       /* of one far down; "": a short list */
	int depth;				       /* pages before that */
};

struct pairs {
	struct pair v[PAIRS_MAX];
	int n;
};

/* Pairs whose first page is full on all of the given ports, spread over speakers and issues. 0, or
 * -1 with *e set when there are none. */
int pairs_find(struct pairs *p, const int *ports, int n_ports, struct err *e) MUST_CHECK;
/* Follows the cursors of the pair down to `depth` pages, or as far as pages are full. */
int pair_deepen(struct pair *p, int port, int depth, struct err *e) MUST_CHECK;

#endif
