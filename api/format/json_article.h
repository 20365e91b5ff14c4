/* The JSON of an article as it is posted: its limits, its checks, its errors. */
#ifndef DEMARCHE_API_FORMAT_JSON_ARTICLE_H
#define DEMARCHE_API_FORMAT_JSON_ARTICLE_H

#include "base/arena.h"
#include "base/model.h"

enum {
	ARTICLE_URL_MAX = 2048,	   /* all in code points */
	ARTICLE_LINE_MAX = 1000,   /* title */
	ARTICLE_NAME_MAX = 300,	   /* outlet, author */
	ARTICLE_LANGUAGE_MAX = 35, /* RFC 5646, section 4.4.1 */
};

/* Decodes one article into *out, whose strings live in `a`. Known fields: text (required, not
 * blank), title, url, outlet, author, published_at, language; null counts as absent. U+0000 is
 * taken in "text" alone, where it is kept as any other character; the other fields refuse control
 * characters. Returns 0, or -1 with *e set: ERR_INPUT (e->field names the member where there is
 * one) or ERR_TOO_LARGE. Any thread. */
int article_decode(struct str json, struct arena *a, struct article *out, struct err *e) MUST_CHECK;

#endif
