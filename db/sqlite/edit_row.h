/* Rows of edits as the writer reads and adds them. 0, or -1 with *e, after which the transaction
 * must be rolled back. The writer's thread alone. */
#ifndef DEMARCHE_DB_SQLITE_EDIT_ROW_H
#define DEMARCHE_DB_SQLITE_EDIT_ROW_H

#include "db/nearby.h"
#include "db/overlay.h"
#include "db/sqlite/transaction.h"

struct edit_row {
	int64_t id; /* 0: none */
	enum edit_action action;
	int64_t batch, thing, undoes;
	struct str text; /* a digest, or "" */
	struct str subject, before, after;
};

/* In the transaction's arena; id 0 where there is none. */
int edit_row_find(struct transaction *t, int64_t id, struct edit_row *out,
		  struct err *e) MUST_CHECK;
/* Takes the next number where row->id is 0, and batch and thing from it where they are 0. */
int edit_row_add(struct transaction *t, struct edit_row *row, struct str who,
		 struct err *e) MUST_CHECK;

/* The last edit of a thing, and the last one that is not taken back; 0 for none. */
struct edit_top {
	int64_t last, standing;
};
int edit_top_of(struct transaction *t, int64_t thing, struct edit_top *out,
		struct err *e) MUST_CHECK;

/* What is decided on the statements of the text, less what does not fit it. `in` is of the text. */
int decisions_read(struct transaction *t, struct str sha256, struct nearby *in,
		   struct decisions *out, struct err *e) MUST_CHECK;

#endif
