/* Issues of a content: those of the table that it is about, named in it or in what it refers to,
 * and salient noun phrases as open issues. */
#ifndef DEMARCHE_EXTRACT_ISSUE_ISSUE_H
#define DEMARCHE_EXTRACT_ISSUE_ISSUE_H

#include "extract/issue/first_issue.h"

/* The issues of the content in `parts`, best first, into out->issues; out->spans.source is read.
 * *first, where that is asked for (not NULL): those of the table of which one may go first. 0, or
 * -1 when the arena is full. */
int issues_find(const struct issue_background *bg, const struct range *parts, size_t n_parts,
		struct statement *out, struct first_candidates *first, struct arena *a) MUST_CHECK;

/* What a content may be about, p not yet: for the program that fits it. Of c everything up to
 * `source` is read, the rest filled in. */
void issues_consider(struct issue_content *c, struct issue_candidates *out);

#endif
