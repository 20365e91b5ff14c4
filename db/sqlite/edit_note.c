/* Rows of edits, made for a write. */
#include "db/sqlite/edit_note.h"

int edit_note(struct transaction *t, struct edit_write *w, struct edit_row *row, struct err *e)
{
	row->batch = w->edit;
	if (edit_row_add(t, row, w->who, e))
		return -1;
	w->edit = w->edit ? w->edit : row->id;
	w->made++;
	return 0;
}

int edit_note_undo(struct transaction *t, struct edit_write *w, const struct edit_row *of,
		   struct edit_row *row, struct err *e)
{
	*row = (struct edit_row){.action = EDIT_UNDO,
				 .thing = of->thing,
				 .undoes = of->id,
				 .text = of->text,
				 .subject = of->subject,
				 .before = of->after,
				 .after = of->before};
	return edit_note(t, w, row, e);
}
