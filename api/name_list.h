/* What the lists of actors and issues share: they go by id, and a page ends at one. */
#ifndef DEMARCHE_API_NAME_LIST_H
#define DEMARCHE_API_NAME_LIST_H

#include "api/query/parameters.h"
#include "api/resource.h"

struct name_list {
	struct question question;
	struct name_query query;
};

/* Reads the request's parameters. 0, or -1 with *e. */
int name_list_begin(struct name_list *l, struct request *rq, const struct param_table *table,
		    struct err *e) MUST_CHECK;
/* Closes the array under way and the answer; `next` is the id where the next page starts, or "". */
int name_list_end(const struct name_list *l, struct request *rq, struct response *rs, struct jw *j,
		  struct str next, struct err *e) MUST_CHECK;

#endif
