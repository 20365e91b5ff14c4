/* Quotations: which marks belong together, and which of them hold speech. */
#ifndef DEMARCHE_EXTRACT_TEXT_QUOTE_H
#define DEMARCHE_EXTRACT_TEXT_QUOTE_H

#include "extract/text/text.h"

/* Sets the quotations, and `quote` of the tokens. 0, or -1 when the arena is full or its budget has
 * given out. */
int text_find_quotes(struct text *t, struct arena *a) MUST_CHECK;
/* Sets is_speech of every quotation: speech, or a word at a distance. Needs the tags. */
void text_find_speech(struct text *t);

#endif
