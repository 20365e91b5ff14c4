/* The articles of a feed: RSS in all its versions, Atom. Read by libxml2: nothing is fetched, a
 * document type declaration is refused, so that no entity is known but XML's own. */
#ifndef DEMARCHE_API_FORMAT_FEED_H
#define DEMARCHE_API_FORMAT_FEED_H

#include "base/arena.h"
#include "base/model.h"

enum { FEED_ENTRIES_MAX = 2000 }; /* feeds have some 10 to 100 */

struct feed_entry {
	struct article article;
	size_t line;	/* of the document, from 1, at which it begins */
	struct err err; /* why it is no article: ERR_NO_BODY, or the errors of a page */
};

struct feed {
	struct feed_entry *entries; /* in the order of the document */
	size_t n, cap;
};

/* Is it an XML document, by its start? HTML is none. */
bool feed_is_xml(struct str bytes);
/* Reads one, in any charset that it declares. An entry's text is made of its content, or of its
 * description where it has none; its outlet is the feed's title. All lives in `a`. 0, or -1 with
 * *e: ERR_FEED (not well-formed, or no feed), ERR_TOO_LARGE (too many entries), or what
 * budget_fail says. Any thread. */
int feed_read(struct str xml, struct arena *a, struct feed *out, struct err *e) MUST_CHECK;

#endif
