/* What statements are to be about, from the words that say it (the parameter about) to the store's
 * ways and groups. An alternative (parted by "|") is a way; a name in it, of an actor or an issue,
 * is a group of all its names and of the issue, what stands in quotation marks a group of its own,
 * and so is every other word, in British and American spelling. Any thread. */
#ifndef DEMARCHE_API_QUERY_ABOUT_H
#define DEMARCHE_API_QUERY_ABOUT_H

#include "api/query/lookup.h"

/* Adds the names that were found to the matches. 0, or -1 with *e. */
int about_read(struct str value, struct lookup *names, struct reader *r, struct arena *a,
	       struct about *out, struct actor_matches *actors, struct issue_matches *issues,
	       struct err *e) MUST_CHECK;

/* Is the name of the match one for the contrary of the issue, as "tax cuts" of taxes? Who opposes
 * it supports the issue. */
static inline bool issue_match_turns(const struct issue_match *m)
{
	return m->alias.n > 0 && m->alias.p[0] == '-';
}

#endif
