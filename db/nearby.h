/* What stands near a statement in its article: the title, and some words before, between and after
 * its spans. Stored with it and searched: what a statement is about is often said beside it. */
#ifndef DEMARCHE_DB_NEARBY_H
#define DEMARCHE_DB_NEARBY_H

#include "base/arena.h"
#include "base/model.h"

/* Code points before the first and after the last span, cut at white space: two sentences of news
 * have some 250, and what lies farther off is often another matter. */
enum { NEARBY_REACH = 160 };

/* Of one article. Statements asked for in the order of the text cost one walk through it. */
struct nearby {
	struct str title, text;
	size_t byte; /* where the walk is */
	uint32_t point;
};

/* The byte where a code point begins, or the text's end. */
size_t nearby_byte_of(struct nearby *n, uint32_t point);
/* Text in `a`: title, then the pieces, a line each. Spans beyond the text are cut. 0, or -1 with
 * *e.
 */
int nearby_of(struct nearby *n, const struct statement *s, struct arena *a, struct str *out,
	      struct err *e) MUST_CHECK;

#endif
