/* What two actors say on each issue, side by side; a part of the store's contract. */
#ifndef DEMARCHE_DB_GRID_H
#define DEMARCHE_DB_GRID_H

#include "db/store.h"

struct grid_query {
	speaker_key_t sides[2];
	day_t published_after, published_before; /* inclusive; DAY_NONE for none */
	float min_confidence, min_stance_confidence;
	float min_position_confidence; /* of the position on the row's issue */
	enum copies copies;
	bool with_open;	    /* open issues as well */
	bool only_silences; /* issues that one of them alone raises */
	/* Issues that the first raises, and that the second does not speak of from that day on. */
	bool only_unanswered;
	int limit;
};

/* Statements by their position on the row's issue. */
struct grid_cell {
	int64_t statements[POSITION_COUNT], count;
	/* The newest statement, 0 when there is none: the side is silent; and the oldest. */
	int64_t latest, first;
	/* The newest one that takes a side or has a concern, 0 where none does. */
	int64_t latest_sided;
};

struct grid_row {
	const struct issue *issue;
	struct grid_cell sides[2];
};

struct grid {
	struct grid_row *v; /* what is spoken of most first */
	size_t n;
	size_t rows;	       /* in all, returned or not */
	int64_t statements[2]; /* of each side on whatever issue: what its counts are of */
};

enum { GRID_ISSUES_MAX = 200000 };

/* ERR_INPUT when the two speak of more than GRID_ISSUES_MAX issues; the errors of reading. */
int store_grid(struct reader *r, const struct grid_query *q, struct arena *a, struct grid *out,
	       struct err *e) MUST_CHECK;

#endif
