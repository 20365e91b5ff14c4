/* Issues that users add and change, and the issuing again of stored statements that follows; a part of the store's door.
 *
 * Each change raises the edition of the edited issues, in its own transaction, and starts a walk over all stored articles, from
 * the newest down: changes that come while one is under way are walked together. The caller of store_reissue_next reads each
 * article again and writes what it finds, some articles a transaction, with the place that the walk has reached: after a
 * restart it goes on there. Statements that a person confirmed or edited stay as they are.
 *
 * An article that was read with an older edition (write.edition) and stored after the change is noted as late, and comes first. */
#ifndef DEMARCHE_DB_EDIT_H
#define DEMARCHE_DB_EDIT_H

#include "db/store.h"

enum issue_change {
	ISSUE_ADD,    /* a new one; what was an open issue of this id becomes it */
	ISSUE_CHANGE, /* one that is there */
	ISSUE_RESET,  /* an edited one becomes again what `issue` says, which is what the program's table says */
	ISSUE_DROP,   /* no issue any more; while statements still name it, it stays as an open one */
};

/* Submitted by its `write`, whose op is WRITE_ISSUE. In write.err: ERR_CONFLICT, ERR_NOT_FOUND, ERR_INPUT (field "parent"). */
struct issue_write {
	struct write write; /* first */
	enum issue_change change;
	struct issue issue; /* its id, and but for ISSUE_DROP label, parent, cap codes and terms; a term holds no line break */
	int64_t edition;    /* out */
};

/* An article's statements with the issues found again. Of each the id and the issues count. */
struct reissued {
	int64_t article;
	const struct statement *v;
	size_t n;
	bool has_failed; /* counted, and passed over */
};

/* Submitted by its `write`, whose op is WRITE_REISSUE. Nothing happens when the edition has risen meanwhile. */
struct reissue_write {
	struct write write; /* first */
	int64_t edition;
	const struct reissued *v;
	size_t n;
	bool is_late; /* they are late ones: the walk stays where it is */
	bool is_end;  /* nothing is left of the walk */
};

/* The issues that users edited, in the order in which they came, and their edition. */
int store_edited_issues(struct reader *r, struct arena *a, struct issue **out, size_t *n, int64_t *edition,
			struct err *e) MUST_CHECK;
/* The next articles to be read again, at most `most`; none: the walk is at its end. */
int store_reissue_next(struct reader *r, int most, struct arena *a, struct keys *out, bool *is_late, struct err *e) MUST_CHECK;

static inline bool reissue_is_running(const struct reissue_state *s)
{
	return s->edition > 0 && (s->finished_ms == 0 || s->late > 0);
}

#endif
