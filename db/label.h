/* What a person left a statement, an actor or an issue as, in a form that needs no other row: names
 * instead of keys, offsets instead of words of the text. Stored (edit.before, edit.after): a change
 * is another version. */
#ifndef DEMARCHE_DB_LABEL_H
#define DEMARCHE_DB_LABEL_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/model.h"
#include "db/nearby.h"

enum label_kind { LABEL_NONE, LABEL_STATEMENT, LABEL_ACTOR, LABEL_ISSUE };

struct label {
	enum label_kind kind;
	struct statement statement; /* without content, ids and what is of its article */
	uint64_t anchor;	    /* of the statement: label_anchor */
	struct actor actor;
	struct issue issue;	/* id and label */
	struct str merged_into; /* of an actor or an issue: the id of the other one, or "" */
};

/* Code points on either side of a span that belong to its anchor. */
enum { LABEL_CONTEXT = 32 };

/* A hash of the exact text of source, cue and content and of what stands on either side of each: a
 * label fits a text where this is what it was. The text itself is not kept: a deleted one leaves
 * none of its words. */
uint64_t label_anchor(struct nearby *in, const struct statement *s);
/* The words of content spans, joined by one space, each without the marks around it where it is a
 * whole quotation (base/model.h). 0, or -1 with *e. */
int label_content(struct nearby *in, struct spans content, struct arena *a, struct str *out,
		  struct err *e) MUST_CHECK;

void label_write_statement(struct buf *b, const struct statement *s, uint64_t anchor);
void label_write_actor(struct buf *b, const struct actor *actor, struct str merged_into);
void label_write_issue(struct buf *b, const struct issue *issue, struct str merged_into);
/* "" is LABEL_NONE. Strings are views of `blob`, all else lives in the arena. 0, or -1 with *e:
 * ERR_DB (damaged: every length is checked), ERR_TOO_LARGE. */
int label_read(struct str blob, struct arena *a, struct label *out, struct err *e) MUST_CHECK;

#endif
