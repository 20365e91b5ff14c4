/* The JSON of an article as it is posted. */
#ifndef DEMARCHE_API_FORMAT_JSON_ARTICLE_H
#define DEMARCHE_API_FORMAT_JSON_ARTICLE_H

#include "api/format/article_field.h"
#include "base/arena.h"

/* Decodes one article into *out, whose strings live in `a`. Known fields: text (not blank) or html
 * (a page, of which webpage.h makes text and whatever else is not given), title, url, outlet,
 * author, published_at, language; null counts as absent. U+0000 is taken in "text" and "html"
 * alone; the other fields refuse control characters. Returns 0, or -1 with *e set: a kind with
 * status 400 (e->field names the member where there is one), ERR_TOO_LARGE, or the errors of
 * webpage_read. Any thread. */
int article_decode(struct str json, struct arena *a, struct article *out, struct err *e) MUST_CHECK;
/* The same, and whether it was a page. */
int article_decode_any(struct str json, struct arena *a, struct article *out, bool *is_page,
		       struct err *e) MUST_CHECK;

#endif
