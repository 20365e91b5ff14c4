/* Edits of statements, made and taken back: what is refused stands in w->write.err, and then
 * nothing was written. 0, or -1 with *e, after which the transaction must be rolled back. */
#ifndef DEMARCHE_DB_SQLITE_EDIT_STATEMENT_H
#define DEMARCHE_DB_SQLITE_EDIT_STATEMENT_H

#include "db/sqlite/edit_note.h"

int edit_statements(struct transaction *t, struct edit_write *w, struct err *e) MUST_CHECK;
/* Whether all of w->items can be: else that stands in w->write.err. Writes nothing. */
int edit_statements_check(struct transaction *t, struct edit_write *w, struct err *e) MUST_CHECK;
/* EDIT_DROP. */
int edit_drop_orphan(struct transaction *t, struct edit_write *w, struct err *e) MUST_CHECK;
/* `of` is what is taken back. */
int edit_undo_statement(struct transaction *t, struct edit_write *w, const struct edit_row *of,
			struct err *e) MUST_CHECK;

#endif
