/* The last step: relations become statements, with their speakers, issues, stances, dates and
 * offsets. */
#ifndef DEMARCHE_EXTRACT_STATEMENT_H
#define DEMARCHE_EXTRACT_STATEMENT_H

#include "extract/entity/entities.h"
#include "extract/issue/issue.h"
#include "extract/time/time.h"

/* 0, or -1 when the arena of the entities is full or its budget spent, which is asked before each
 * statement. */
int statements_make(const struct issue_table *it, struct entities *c, const struct attributions *rs,
		    const struct time_list *times, day_t published,
		    struct extraction *out) MUST_CHECK;

#endif
