/* Does a text have what is asked about: without the full text, of what is at hand. Any thread. */
#ifndef DEMARCHE_API_QUERY_ABOUT_TEXT_H
#define DEMARCHE_API_QUERY_ABOUT_TEXT_H

#include "base/arena.h"
#include "db/store.h"

/* How often the text (folded) has that string of the group which it has most, the last word by its
 * stem. Its issues do not count. Scratch in `a`; 0, or -1 with *e. */
int about_group_count(const struct about_group *g, struct str text, struct arena *a, size_t *out,
		      struct err *e) MUST_CHECK;

#endif
