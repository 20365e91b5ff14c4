/* What persons decided of a text's statements, laid over what the engine finds in it. The one
 * function by which a decision comes into force: when the text is stored, and whenever it is read
 * again. */
#ifndef DEMARCHE_DB_OVERLAY_H
#define DEMARCHE_DB_OVERLAY_H

#include "base/arena.h"
#include "base/model.h"

/* Of one statement; what its edits come to. */
struct decision {
	int64_t edit;	   /* the last one */
	int64_t statement; /* its id when that was made */
	/* What the engine had said before the first edit; NULL: it was added by hand. */
	const struct statement *found;
	const struct statement *is; /* as it was left, content included */
	/* Else it is left to the engine again: only which edits are of it is kept. */
	bool is_in_force;
};

struct decisions {
	const struct decision *v;
	size_t n;
};

/* A statement to be stored: by the decision, or found (NULL). */
struct overlaid {
	const struct statement *is;
	const struct decision *by;
};

struct overlaid_list {
	struct overlaid *v;
	size_t n;
};

/* In the order of the text. A decision stands in the place of what is found and is the same
 * statement (db/reread.h) as what was decided on, or else as what became of it; one that is in
 * force and meets nothing stands by itself. 0, or -1 with *e. */
int overlay(struct decisions decided, const struct extraction *found, struct arena *a,
	    struct overlaid_list *out, struct err *e) MUST_CHECK;

#endif
