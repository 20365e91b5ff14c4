/* Quotations: which marks belong together, and which of them hold speech. */
#ifndef DEMARCHE_EXTRACT_TEXT_QUOTE_H
#define DEMARCHE_EXTRACT_TEXT_QUOTE_H

#include "extract/text/text.h"

/* 0, or -1 when the arena is full or its budget has given out. */
int text_find_quotes(struct text *t, struct arena *a) MUST_CHECK;
/* Tells speech from words at a distance, by the tags. */
void text_judge_quotes(struct text *t);

#endif
