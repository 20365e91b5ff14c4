/* Every row of a question, as CSV or as a JSON object a line. */
#ifndef DEMARCHE_API_EXPORT_H
#define DEMARCHE_API_EXPORT_H

#include "api/http.h"
#include "db/store.h"

/* Sets the response up as an export of all rows of `q`, page by page. */
int export_start(struct request *rq, struct response *rs, const struct statement_query *q,
		 bool as_csv, struct err *e) MUST_CHECK;

#endif
