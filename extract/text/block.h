/* Block quotations: paragraphs without marks behind one that ends in "Ann Lee said:" or "released
 * the following statement:". By layout alone, like turns. */
#ifndef DEMARCHE_EXTRACT_TEXT_BLOCK_H
#define DEMARCHE_EXTRACT_TEXT_BLOCK_H

#include "extract/text/text.h"

/* Needs tokens and paragraphs, of a text without labels of turns. Adds the blocks to the turns. 0,
 * or -1 when the arena is full or its budget has given out. */
int text_find_blocks(struct text *t, struct arena *a) MUST_CHECK;

#endif
