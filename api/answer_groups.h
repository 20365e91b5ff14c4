/* Counts beside an answer's rows, by what the question in words asks for: "per month". */
#ifndef DEMARCHE_API_ANSWER_GROUPS_H
#define DEMARCHE_API_ANSWER_GROUPS_H

#include "api/asked.h"
#include "api/format/json_write.h"

/* "counts": the first groups that GET /v1/stats gives, and its URL for all of them. 0, or -1 with
 * *e. */
int answer_groups(struct request *rq, struct jw *j, struct reader *r, struct asked *k,
		  struct err *e) MUST_CHECK;

#endif
