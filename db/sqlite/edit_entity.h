/* Edits of actors and issues, as edit_statement.h. */
#ifndef DEMARCHE_DB_SQLITE_EDIT_ENTITY_H
#define DEMARCHE_DB_SQLITE_EDIT_ENTITY_H

#include "db/sqlite/edit_note.h"

/* Whether w->actor can be added or changed as w->action says: else that stands in w->write.err.
 * Writes nothing. */
int edit_actor_check(struct transaction *t, struct edit_write *w, struct err *e) MUST_CHECK;
int edit_entity(struct transaction *t, struct edit_write *w, struct err *e) MUST_CHECK;
/* `is_last`: nothing that a person did remains. */
int edit_undo_entity(struct transaction *t, struct edit_write *w, const struct edit_row *of,
		     bool is_last, struct err *e) MUST_CHECK;

#endif
