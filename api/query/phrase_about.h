/* What stands where a question says what it is about (phrase_reader.h) becomes parameters. Private
 * to the reader of phrases. One thread. */
#ifndef DEMARCHE_API_QUERY_PHRASE_ABOUT_H
#define DEMARCHE_API_QUERY_PHRASE_ABOUT_H

#include "api/query/phrase_item.h"

bool span_is_issue(const struct phrase_span *s);
/* Words to search for, phrases in quotation marks. */
int about_words(struct phrase_reader *r, const struct phrase_item *it, struct str *out) MUST_CHECK;
int about_add(struct phrase_reader *r, const struct phrase_item *it) MUST_CHECK;
/* The place ends: all that is held. */
int about_end(struct phrase_reader *r) MUST_CHECK;

#endif
