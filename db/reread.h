/* Reading stored articles again; a part of the store's contract.
 *
 * The edition. One number covers all that decides what an article's statements are: the engine's
 * version, its known actors and issues, the issues of users and the actors that persons gave. It
 * rises when these change (db/issue_edit.h, db/edit.h) and when store_seed is given an engine or a
 * knowledge other than the database last saw; never for an engine that is older (base/version.h):
 * such a program stores what it finds as edition 0, and reads nothing again. Each article keeps the
 * edition that it was read with; while that is less than the one in force the article is stale.
 * Reading again only moves forward: a write of an edition that is not in force any more, or older
 * than the article's, changes nothing.
 *
 * Statements found again. A statement that is stored and one that is found now are the same when
 * their sources are the same, their cues are the same, and what their contents have in common, in
 * code points, is at least half of the longer one; of several the pair that has most in common,
 * then of one speaker, then the first in the text. Such a statement keeps its id and gets all that
 * is found now; what is new gets an id of the article's day; what is not found any more goes, with
 * all that counts it.
 *
 * What persons decided about statements is laid over what is found now (db/overlay.h) before the
 * two are compared.
 */
#ifndef DEMARCHE_DB_REREAD_H
#define DEMARCHE_DB_REREAD_H

#include "db/store.h"

/* Submitted by its `write`, whose op is WRITE_REREAD: its id is the article's, its extraction what
 * the engine finds now, its edition what that was found with. An article that is not there any more
 * is no error. */
struct reread_write {
	struct write write; /* first */
	/* The engine refuses the article: it keeps its statements, and is not read again in this
	 * edition. */
	bool has_failed;
	/* Out: false when nothing was changed, since the article or the edition is another one by
	 * now. */
	bool is_taken;
};

/* The next articles to read again, at most `most`: of the oldest edition, from the newest article
 * down. Costs two look-ups in an index, however many there are. */
int store_stale(struct reader *r, int most, struct arena *a, struct keys *out,
		struct err *e) MUST_CHECK;

static inline bool reread_is_running(const struct reread_state *s)
{
	return s->stale > 0 && !s->is_outdated;
}

#endif
