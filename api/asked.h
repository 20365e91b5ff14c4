/* A question about statements as it was asked, by parameters, in words, or both: what was given,
 * and what it comes to. Lives as long as the request. */
#ifndef DEMARCHE_API_ASKED_H
#define DEMARCHE_API_ASKED_H

#include "api/http.h"
#include "api/query/interpretation.h"
#include "api/query/phrase.h"

struct asked {
	struct question outer; /* as given: its parameters page through the answer */
	bool is_phrase;
	/* What it comes to: in parameters of /v1/statements, and for the store. */
	struct question q;
	struct statement_filter filter;
	struct interpretation parts;
	/* Of a phrase: */
	day_t today; /* by which it was read; DAY_NONE where there is no phrase */
	struct phrase phrase, likeliest; /* the reading taken, and the first of all */
	/* Of a position: the same question of whatever it is taken on, where its words stand near,
	 * or of whatever is said of it; n == 0 where neither says more. */
	struct phrase mentions;
	struct lookup names; /* that were looked up to read it */
};

/* For the parameters of `table`, which are set in `filter`. */
void asked_init(struct request *rq, struct asked *k, const struct param_table *table, void *filter);
/* Reads the request's parameters into k->outer. 0, or -1 with *e. */
int asked_read(struct request *rq, struct asked *k, struct err *e) MUST_CHECK;
/* Looks up the names of a question without a phrase. 0, or -1 with *e. */
int asked_take_given(struct request *rq, struct reader *r, struct asked *k,
		     struct err *e) MUST_CHECK;
/* Takes a reading of the phrase. 0, or -1 with *e. */
int asked_take(struct request *rq, struct reader *r, struct asked *k, const struct phrase *p,
	       struct err *e) MUST_CHECK;

/* "canonical": the URL of a question of /v1/statements, as seen from the request's. 0, or -1. */
int canonical_member(struct request *rq, struct jw *j, const struct question *q,
		     struct err *e) MUST_CHECK;

#endif
