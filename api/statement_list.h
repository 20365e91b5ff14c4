/* A page of statements into an answer, from what is kept of them where it can be. */
#ifndef DEMARCHE_API_STATEMENT_LIST_H
#define DEMARCHE_API_STATEMENT_LIST_H

#include "api/format/json_write.h"
#include "api/http.h"
#include "db/store.h"

/* "statements":[...], a member of the object under way in rs->body, with the `members` that are
 * asked for (0: all); how many they are in *n, and *next as store_statements gives it. Each is a
 * part of rs->digest. 0, or -1 with *e. */
int statement_list_write(struct request *rq, struct response *rs, struct reader *r,
			 const struct statement_query *q, uint32_t members, struct jw *j, size_t *n,
			 int64_t *next, struct err *e) MUST_CHECK;

#endif
