/* The positions of an article's statements: what the reader of positions finds becomes the
 * position on each issue of a statement, and on the statement's first one. */
#ifndef DEMARCHE_EXTRACT_STANCE_POSITIONS_H
#define DEMARCHE_EXTRACT_STANCE_POSITIONS_H

#include "extract/stance/position_reader.h"

struct issue_table;

/* A side is told from this confidence on (position_is_told() tells where a higher one is asked
 * for): by folds of the train part about the best recall at a precision of 65 % and more, where at
 * most 15 % of the statements of dev that take no side are given one. */
#define POSITIONS_SURE 0.45f

/* The statements of an article and what they were made of. */
struct positions_input {
	const struct position_reader *reader;
	float sure; /* POSITIONS_SURE, but where somebody measures */
	const struct issue_table *issues;
	const struct view_scene *scene;
	const struct attributions *attributions;
	const uint32_t *made_of;    /* by statement: the number of its attribution, rising */
	struct stance_facts *facts; /* by statement: of the rules; then of what was found */
	struct statement *v;
	size_t n;
	struct arena *a; /* of the article */
};

/* The readings of all statements, in scratch memory; 0, or -1 when the arena is full or its budget
 * spent. */
int positions_read(const struct positions_input *in, struct position_reading *out,
		   struct arena *scratch) MUST_CHECK;
/* Sets of each statement its position, intensity, confidence of the stance, and of its issues
 * position, confidence and evidence; a side's issues come first, and an object that no issue covers
 * becomes an open one. 0, or -1 as above. */
int positions_find(const struct positions_input *in) MUST_CHECK;

#endif
