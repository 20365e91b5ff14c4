/* Issues that users add and change; a part of the store's contract. Each change raises the edition,
 * in its own transaction: all that is stored is stale then, and read again (db/reread.h). */
#ifndef DEMARCHE_DB_ISSUE_EDIT_H
#define DEMARCHE_DB_ISSUE_EDIT_H

#include "db/store.h"

enum issue_change {
	ISSUE_ADD,    /* a new one; what was an open issue of this id becomes it */
	ISSUE_CHANGE, /* one that is there */
	/* An edited one becomes again what `issue` says, which is what the program's table says. */
	ISSUE_RESET,
	/* No issue any more; while statements still name it, it stays as an open one. */
	ISSUE_DROP,
};

/* Submitted by its `write`, whose op is WRITE_ISSUE. In write.err: ERR_CONFLICT, ERR_NOT_FOUND,
 * ERR_INPUT (field "parent"). */
struct issue_write {
	struct write write; /* first */
	enum issue_change change;
	/* Its id, and but for ISSUE_DROP label, parent, cap codes and terms; a term holds no line
	 * break. */
	struct issue issue;
	int64_t edition; /* out: in force from then on */
};

/* The issues that users edited, in the order in which they came, and the edition in force. */
int store_edited_issues(struct reader *r, struct arena *a, struct issue **out, size_t *n,
			int64_t *edition, struct err *e) MUST_CHECK;

#endif
