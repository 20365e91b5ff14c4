/* What of a question the full-text index finds: its words, what it is about, the roles, and as
 * tokens the speakers and issues. */
#ifndef DEMARCHE_DB_SQLITE_FULL_TEXT_H
#define DEMARCHE_DB_SQLITE_FULL_TEXT_H

#include "db/store.h"

/* Are there roles, of which each has a word? Then the index finds all statements that have one of
 * them, and by stems some more. */
bool full_text_has_roles(const struct statement_query *q);
/* The expression, in the arena, with all of these that the question has; less what is not counted
 * where that is left out. Sets *is_empty when nothing can match. 0, or -1 with *e. */
int full_text_expression(const struct statement_query *q, bool leaves_uncounted, struct arena *a,
			 struct str *out, bool *is_empty, struct err *e) MUST_CHECK;

#endif
