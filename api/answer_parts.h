/* What an answer about statements holds beside its rows: who speaks, how many there are, sides that
 * are compared, and why nothing was found. All counting of an answer has COUNTING_MS from the
 * request's start; what is not counted by then is null, and the rows are an answer all the same. 0,
 * or -1 with *e. */
#ifndef DEMARCHE_API_ANSWER_PARTS_H
#define DEMARCHE_API_ANSWER_PARTS_H

#include "api/format/json_write.h"
#include "api/query/interpretation.h"
#include "api/resource.h"

enum { COUNTING_MS = 1000 };

/* How many statements fit: *out is -1 when there is too much to count. */
int answer_total(struct request *rq, struct reader *r, const struct statement_query *q,
		 int64_t *out, struct err *e) MUST_CHECK;
/* "actors" and "actors_left_out": the speakers of what fits, each with how many of their statements
 * that are asked about do; who has a name of their own before groups ("officials") and
 * nobody; documents and single persons without a name are left out. */
int answer_actors(struct request *rq, struct jw *j, struct reader *r,
		  const struct statement_filter *filter, struct err *e) MUST_CHECK;
/* "count" and "of": statements that fit, and how many there are by the same speakers on whatever
 * topic, or of no one named, in all. */
int answer_count(struct request *rq, struct jw *j, struct reader *r,
		 const struct statement_filter *filter, struct err *e) MUST_CHECK;
/* "sides": each speaker that is asked for, with the statements that fit by position. */
int answer_sides(struct request *rq, struct jw *j, struct reader *r, const struct question *q,
		 const struct statement_filter *filter, const struct interpretation *parts,
		 struct err *e) MUST_CHECK;
/* "without": for each condition what remains without it, with the URL that asks so; and "why",
 * which names the one that empties the answer most. */
int answer_without(struct request *rq, struct jw *j, struct reader *r, const struct question *q,
		   struct lookup *names, struct err *e) MUST_CHECK;

#endif
