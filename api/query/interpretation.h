/* A question about statements, from its conditions to the store's query: names are looked up, what
 * matched is kept to be told.
 */
#ifndef DEMARCHE_API_QUERY_INTERPRETATION_H
#define DEMARCHE_API_QUERY_INTERPRETATION_H

#include "api/format/json_write.h"
#include "api/query/question.h"
#include "db/store.h"

/* The target of params_statements' setters. */
struct statement_ask {
	struct statement_query q;
	uint32_t not_kinds, not_positions, not_acts, not_polarities, not_statuses;
};

/* What became of one condition. */
struct part {
	const struct condition *condition;
	struct actor_matches actors;
	struct issue_matches issues;
	const char *reading; /* how it was understood, NULL where there is only one way */
	const char *note;    /* what the asker should know, or NULL */
};

struct answer_parts {
	struct part *v;
	size_t n;
};

void statement_ask_init(struct statement_ask *ask);
/* Looks names up and completes ask->q, limit and order included. A name that the store does not
 * know empties the answer (is_void) and is noted. 0, or -1 with *e (ERR_INPUT: too many pairs of
 * speakers and issues; the store's errors). */
int question_resolve(struct question *q, struct statement_ask *ask, struct reader *r,
		     struct answer_parts *parts, struct err *e) MUST_CHECK;

/* [{parameter, value, not, words?, matched: [...], reading?, note?}] */
void parts_write(struct jw *j, const struct answer_parts *parts);

#endif
