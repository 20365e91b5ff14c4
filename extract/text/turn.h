/* Turns: whose words a transcript or a record of a debate prints, by labels at the start of its
 * paragraphs ("MR. PRICE:", "Q", "Anna Holt (Eastham) (Lab)"). Found by layout alone, before the
 * text is cut into sentences. */
#ifndef DEMARCHE_EXTRACT_TEXT_TURN_H
#define DEMARCHE_EXTRACT_TEXT_TURN_H

#include "extract/text/text.h"

/* Needs tokens and paragraphs. Sets the turns, and TOK_LABEL_END of the last token of each label.
 * None where labels do not recur as they do in a transcript. 0, or -1 when the arena is full or its
 * budget has given out. */
int text_find_turns(struct text *t, struct arena *a) MUST_CHECK;

#endif
