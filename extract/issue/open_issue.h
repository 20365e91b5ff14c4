/* Open issues: noun phrases of a content that no issue of the table covers. */
#ifndef DEMARCHE_EXTRACT_ISSUE_OPEN_ISSUE_H
#define DEMARCHE_EXTRACT_ISSUE_OPEN_ISSUE_H

#include "extract/entity/entities.h"
#include "extract/issue/issue_match.h"

enum { ISSUE_OPEN_MAX = 3 };

/* Adds at most ISSUE_OPEN_MAX hits to hits[0..*n) by the text of `es`, whose evidence of the
 * table's issues `f` holds; a single noun only where there is none. Phrases that differ in number,
 * articles and empty modifiers ("the tariffs", "new tariffs") are one issue, named by the singular.
 * What is kept lives in `a`. 0, or -1 when it is full. */
int issue_find_open(struct issue_finding *f, const struct entities *es, const struct range *parts,
		    size_t n_parts, struct issue_hit *hits, size_t *n, struct arena *a) MUST_CHECK;

/* Does the noun at token i say little by itself: "decision", "people", "side"? Sets f->is_full
 * where nobody can tell. */
bool issue_noun_is_vague(struct issue_finding *f, uint32_t i);

#endif
