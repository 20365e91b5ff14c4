/* What stands where a question says who speaks (phrase_reader.h) becomes parameters. Private to the
 * reader of phrases. One thread. */
#ifndef DEMARCHE_API_QUERY_PHRASE_SPEAKER_H
#define DEMARCHE_API_QUERY_PHRASE_SPEAKER_H

#include "api/query/phrase_item.h"

/* Whom an item names: of several the last person, since titles and countries stand before; a body
 * behind its country; else the first. item.n for none. */
size_t speaker_find(const struct phrase_reader *r, const struct phrase_item *it);
/* One who speaks; the words [from, to) say it. */
int speaker_add(struct phrase_reader *r, const struct phrase_item *it, size_t from,
		size_t to) MUST_CHECK;
/* The place ends: all that is held, each a speaker. */
int speaker_end(struct phrase_reader *r) MUST_CHECK;

#endif
