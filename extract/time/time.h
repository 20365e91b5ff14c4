/* Finds the time expressions of an article. */
#ifndef DEMARCHE_EXTRACT_TIME_TIME_H
#define DEMARCHE_EXTRACT_TIME_TIME_H

#include "extract/time/expression.h"

struct time_words;

/* Finds the time expressions of a text whose tokens, quotations, parse and segments are there.
 * `published` is the civil day of publication; with DAY_NONE only what is absolute ("April 26,
 * 2024", "the 1990s") has a value, unless the text's first line is nothing but a full date, which
 * then counts as that day. Words inside a quotation count from the day on which it was said. The
 * list lives in `a`. 0, or -1 when the arena is full or its budget spent. Any thread. */
int times_find(const struct time_words *tw, const struct text *t, day_t published, struct arena *a,
	       struct time_list *out) MUST_CHECK;

#endif
