/* Segments: sentences with each quotation of speech as one item, and those inside of speech. */
#ifndef DEMARCHE_EXTRACT_TEXT_SEGMENT_H
#define DEMARCHE_EXTRACT_TEXT_SEGMENT_H

#include "extract/text/text.h"

/* Sets is_speech of the quotations, items and segments. Needs the tags. 0, or -1 when the arena is
 * full or its budget has given out. */
int text_find_segments(struct text *t, struct arena *a) MUST_CHECK;

#endif
