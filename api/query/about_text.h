/* Does a text have what is asked about: without the full text, of what is at hand. Any thread. */
#ifndef DEMARCHE_API_QUERY_ABOUT_TEXT_H
#define DEMARCHE_API_QUERY_ABOUT_TEXT_H

#include "base/arena.h"
#include "db/store.h"

/* Does the text (folded) have a string of the group, the last word by its stem? Its issues do not
 * count. Scratch in `a`; 0, or -1 with *e. */
int about_group_stands_in(const struct about_group *g, struct str text, struct arena *a, bool *out,
			  struct err *e) MUST_CHECK;

#endif
