/* Who says what of which issue, as a page of its own for a frame on the pages of others: a table
 * without scripts. */
#ifndef DEMARCHE_API_FORMAT_HTML_MATRIX_H
#define DEMARCHE_API_FORMAT_HTML_MATRIX_H

#include "base/buf.h"
#include "db/network.h"

struct html_matrix {
	const struct network *network; /* of two modes */
	size_t actors, issues;	       /* at most so many, those with the most statements */
	struct str title;	       /* the question, in words or as parameters */
	struct str path_to_root;
	/* "published_from=2024-01-01&...": what of the question holds for every cell, or "". */
	struct str conditions;
	struct str engine;
	struct arena *a;
};

/* 0, or -1 with *e when the arena is full. */
int html_matrix_write(struct buf *out, const struct html_matrix *m, struct err *e) MUST_CHECK;

#endif
