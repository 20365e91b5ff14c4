/* The last step: attributions become statements, with their speakers, issues, stances, dates and
 * offsets. */
#ifndef DEMARCHE_EXTRACT_STATEMENT_H
#define DEMARCHE_EXTRACT_STATEMENT_H

#include "extract/analysis.h"
#include "extract/issue/issue.h"

struct engine;

/* Makes the statements of an analysis, and an->made_of. With these issues, NULL: the engine's own.
 * 0, or -1 when the arena of the entities is full or its budget spent, which is asked before each
 * statement. */
int statements_make(const struct engine *en, const struct issue_table *issues, struct analysis *an,
		    struct extraction *out) MUST_CHECK;

#endif
