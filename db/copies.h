/* Texts that are printed again; a part of the store's contract.
 *
 * Word for word. A text is stored once. Sent again with another outlet or another address it gets a
 * source more (struct article_source), at most ARTICLE_SOURCES_MAX; the article and its statements
 * stay those of the first. Who asks for an outlet finds what it printed first and what it printed
 * after others; counts by outlet are of the first. A source without outlet and address says nothing
 * and is not kept.
 *
 * Nearly. A new text that is alike enough (db/signature.h) to one that is stored is a copy of it:
 * an article with statements of its own, which are counted as all others unless a question leaves
 * copies out. An article and its copies are a group, by the id of the first, which is the one that
 * was published on the earliest day, and of these the one that was stored first: so what is left
 * out does not hang on the order in which outlets are read. A new text is compared with the first
 * of a group, never with its copies, so that chains of small changes join few texts that differ.
 * One of an earlier day takes the place of the first; when the first is deleted, the copy with the
 * lowest id does.
 *
 * An article is compared when it is stored, and when it is read again if it was not before. */
#ifndef DEMARCHE_DB_COPIES_H
#define DEMARCHE_DB_COPIES_H

#include "base/model.h"

enum { ARTICLE_SOURCES_MAX = 200 };

/* Has the text been in this outlet and at this address before, as far as the article knows? True
 * also of what names neither. */
bool article_has_source(const struct article *a, struct str outlet, struct str url);

/* The group it belongs to: the id of its first article, which may be its own. */
static inline int64_t article_group(int64_t id, int64_t copy_of)
{
	return copy_of ? copy_of : id;
}

#endif
