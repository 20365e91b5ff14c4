/* Answers as files: CSV, or a JSON object a line. Lists are streamed, page by page. */
#ifndef DEMARCHE_API_EXPORT_H
#define DEMARCHE_API_EXPORT_H

#include "api/asked.h"
#include "api/query/parameters.h"
#include "api/resource.h"

/* What the path asks for by its ending: AS_CSV or AS_NDJSON. */
enum representation path_representation(const struct request *rq);

/* Sets the type, and of a file by its own path the name to save it by ("statements.csv"). With a
 * mark (CSV alone) the body begins with U+FEFF, by which some spreadsheets know UTF-8. 0, or -1. */
int file_begin(struct request *rq, struct response *rs, const char *name, enum representation as,
	       bool with_mark, struct err *e) MUST_CHECK;

struct rows_wanted {
	int most;
	bool as_csv;
	struct arena *arena; /* lives until they are written */
};
struct rows_given {
	struct buf *out;
	size_t n;
	bool is_last; /* there are no more */
};

/* Every row of a list. */
struct export_list {
	const char *csv_head; /* with its line end */
	/* Appends the next rows; 0, or -1 with *e. `state` is in the request's arena. */
	int (*rows)(void *state, struct reader *r, const struct rows_wanted *w,
		    struct rows_given *g, struct err *e);
	void *state;
	int limit; /* rows in all; 0: every one */
};

/* Sets the response up as the list, after file_begin. Each piece is read through a reader of its
 * own, given back before the piece is sent: no read stays open across a slow client. 0, or -1. */
int export_start(struct request *rq, struct response *rs, const struct export_list *list,
		 enum representation as, struct err *e) MUST_CHECK;
/* The statements of a question. */
int export_statements(struct request *rq, struct response *rs, const struct asked *k,
		      enum representation as, int limit, struct err *e) MUST_CHECK;

#endif
