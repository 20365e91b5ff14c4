/* The JSON of what a person says of a statement: the members given replace those of the statement.
 */
#ifndef DEMARCHE_API_FORMAT_JSON_STATEMENT_EDIT_H
#define DEMARCHE_API_FORMAT_JSON_STATEMENT_EDIT_H

#include "base/arena.h"
#include "base/model.h"
#include "db/store.h"

struct json_t;

/* What the members refer to. */
struct edit_source {
	struct reader *r;	       /* where actors and issues are looked up */
	const struct article *article; /* whose text the spans are of */
	struct arena *arena;
};

enum {
	EDIT_ISSUES_MAX = 16,
	EDIT_SPANS_MAX = 64, /* of one kind */
	EDIT_LINE_MAX = 300, /* code points of a role, or the words of a date */
};

/* Decodes an object onto *s, which is the statement as it was (or an empty one, to be added).
 * *changes: a member other than "status" was given. Then confidences are 1: a person says so. 0, or
 * -1 with *e: ERR_INPUT (e->field names the member), or the store's. Any thread. */
int statement_edit_decode(struct str json, const struct edit_source *from, struct statement *s,
			  bool *changes, struct err *e) MUST_CHECK;

#endif
