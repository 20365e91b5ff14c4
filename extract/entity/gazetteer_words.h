/* The words of the gazetteer that name no actor: given names, nouns for persons and bodies, places,
 * posts that tell their country. What is asked of them stands in gazetteer.h. */
#ifndef DEMARCHE_EXTRACT_ENTITY_GAZETTEER_WORDS_H
#define DEMARCHE_EXTRACT_ENTITY_GAZETTEER_WORDS_H

#include "extract/entity/gazetteer.h"

/* Reads their tables, once the countries are there. 0, or -1 with *e set: a row names none, or the
 * arena is full. */
int gazetteer_words_read(struct gazetteer *g, const struct lexicon *lx, struct err *e) MUST_CHECK;

#endif
