/* What the lists of actors and issues share: they go by id, and a page ends at one. */
#ifndef DEMARCHE_API_NAME_LIST_H
#define DEMARCHE_API_NAME_LIST_H

#include "api/export.h"
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

/* The list as a file. */
struct name_rows {
	struct name_query query;
	struct arena *arena; /* the request's: of `after`, which outlives a page */
};
/* After a page: where the next one begins. 0, or -1 with *e. */
int name_rows_go_on(struct name_rows *n, struct str next, struct err *e) MUST_CHECK;
/* Sets the response up. list.rows has a struct name_rows as its state. */
enum api_result name_file(struct request *rq, struct response *rs, const struct param_table *table,
			  const char *name, struct export_list list, struct err *e);

#endif
