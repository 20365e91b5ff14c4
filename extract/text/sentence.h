/* Sentences, by fitted weights of where one ends. */
#ifndef DEMARCHE_EXTRACT_TEXT_SENTENCE_H
#define DEMARCHE_EXTRACT_TEXT_SENTENCE_H

#include "extract/text/text.h"

/* Needs the quotations. 0, or -1 when the arena is full or its budget has given out. */
int text_find_sentences(struct text *t, struct arena *a) MUST_CHECK;

#endif
