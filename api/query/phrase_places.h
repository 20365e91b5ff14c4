/* What stands in a place of a question (phrase.h) becomes parameters. Private to the reader of
 * phrases. One thread. */
#ifndef DEMARCHE_API_QUERY_PHRASE_PLACES_H
#define DEMARCHE_API_QUERY_PHRASE_PLACES_H

#include "api/query/phrase_reader.h"

/* What is held though no word has given it a place: is it who speaks, before a verb (`is_verb`) or
 * else? */
bool held_speaks(const struct phrase_reader *r, bool is_verb);
/* The place at hand ends. */
int place_end(struct phrase_reader *r) MUST_CHECK;

#endif
