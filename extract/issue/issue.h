/* Issues of a content: from the table, by their phrases; and salient noun phrases as open issues.
 */
#ifndef DEMARCHE_EXTRACT_ISSUE_ISSUE_H
#define DEMARCHE_EXTRACT_ISSUE_ISSUE_H

#include "extract/entity/entities.h"

struct issue_table;

/* The issues of the content in `parts`, best first, into out->issues; of its text nothing but the
 * parse is needed. Where the content itself names none, those of what it refers to. 0, or -1 when
 * the arena is full. */
int issues_find(const struct issue_table *it, const struct entities *es, const struct range *parts,
		size_t n_parts, struct statement *out, struct arena *a) MUST_CHECK;

#endif
