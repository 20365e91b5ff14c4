/* The row of an edit that is made for a write, and what is refused. 0, or -1 with *e, after which
 * the transaction must be rolled back. The writer's thread alone. */
#ifndef DEMARCHE_DB_SQLITE_EDIT_NOTE_H
#define DEMARCHE_DB_SQLITE_EDIT_NOTE_H

#include "db/edit.h"
#include "db/sqlite/edit_row.h"

/* What the caller asks cannot be: reported in the write, while the group goes on. */
#define EDIT_REFUSE(w, ...) (err_set(&(w)->write.err, __VA_ARGS__), 0)
static inline bool edit_is_refused(const struct edit_write *w)
{
	return w->write.err.kind != ERR_NONE;
}

/* Adds the row of one that is made, with the write's batch and who. */
int edit_note(struct transaction *t, struct edit_write *w, struct edit_row *row,
	      struct err *e) MUST_CHECK;
/* The row of what takes `of` back: its before and after, the other way round. */
int edit_note_undo(struct transaction *t, struct edit_write *w, const struct edit_row *of,
		   struct edit_row *row, struct err *e) MUST_CHECK;

#endif
