/* A question about statements, from its conditions to the store's query: names are looked up, and
 * how each condition was understood is kept to be reported. */
#ifndef DEMARCHE_API_QUERY_INTERPRETATION_H
#define DEMARCHE_API_QUERY_INTERPRETATION_H

#include "api/format/json_write.h"
#include "api/query/lookup.h"
#include "api/query/parameters.h"

/* How one condition was understood. */
struct part {
	const struct condition *condition;
	struct actor_matches actors;
	struct issue_matches issues;
	const char *reading; /* NULL where there is only one way */
	const char *note;    /* what the asker should know, or NULL */
	struct str meant;    /* of a name that nothing has: one that is spelled alike, or "" */
};

struct interpretation {
	struct part *v;
	size_t n;
};

/* Looks names up and completes f->q, limit and order included. A name that the store does not know
 * empties the answer (is_void) and is noted. `names` may know some from reading the phrase; NULL:
 * none. 0, or -1 with *e (ERR_VALUE: too many pairs of speakers and issues; the store's errors). */
int question_interpret(const struct question *q, struct statement_filter *f, struct reader *r,
		       struct lookup *names, struct interpretation *out, struct err *e) MUST_CHECK;

/* [{parameter, value, not, words?, matched: [...], reading?, note?, did_you_mean?}] */
void interpretation_write(struct jw *j, const struct interpretation *in);

#endif
