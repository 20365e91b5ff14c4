/* Tokens and paragraphs of a text. */
#ifndef DEMARCHE_EXTRACT_TEXT_TOKEN_H
#define DEMARCHE_EXTRACT_TEXT_TOKEN_H

#include "extract/text/text.h"

struct lexicon;

/* Sets all of *t that concerns tokens and paragraphs; the rest is empty. `bytes` is valid UTF-8 and
 * outlives the text. 0, or -1 when the arena is full or its budget has given out. */
int text_tokenize(struct text *t, struct str bytes, const struct lexicon *lx,
		  struct arena *a) MUST_CHECK;

#endif
