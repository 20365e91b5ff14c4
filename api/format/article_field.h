/* The members of an article as it is posted, but for its text's other forms: their limits and
 * checks, whichever document they come from. */
#ifndef DEMARCHE_API_FORMAT_ARTICLE_FIELD_H
#define DEMARCHE_API_FORMAT_ARTICLE_FIELD_H

#include "base/err.h"
#include "base/model.h"

enum {
	ARTICLE_URL_MAX = 2048,	   /* all in code points */
	ARTICLE_LINE_MAX = 1000,   /* title */
	ARTICLE_NAME_MAX = 300,	   /* outlet, author */
	ARTICLE_LANGUAGE_MAX = 35, /* RFC 5646, section 4.4.1 */
};

#define ARTICLE_FIELDS(X)                                                                          \
	X(TEXT, text, 0, check_text) /* 0: bounded by the body alone */                            \
	X(TITLE, title, ARTICLE_LINE_MAX, check_line)                                              \
	X(URL, url, ARTICLE_URL_MAX, check_url)                                                    \
	X(OUTLET, outlet, ARTICLE_NAME_MAX, check_line)                                            \
	X(AUTHOR, author, ARTICLE_NAME_MAX, check_line)                                            \
	X(PUBLISHED_AT, published_at, 64, check_date)                                              \
	X(LANGUAGE, language, ARTICLE_LANGUAGE_MAX, check_language)

enum article_field {
#define X(NAME, name, max, check) FIELD_##NAME,
	ARTICLE_FIELDS(X)
#undef X
		ARTICLE_FIELD_COUNT /* also: none */
};

/* By its name, or ARTICLE_FIELD_COUNT. Any thread, as all here. */
enum article_field article_field_find(struct str name);
const char *article_field_name(enum article_field f);
struct str article_field_get(const struct article *a, enum article_field f);
/* Checks a value and puts it into *out, which keeps the view. 0, or -1 with *e (ERR_VALUE, whose
 * field is the member's name). */
int article_field_set(struct article *out, enum article_field f, struct str value,
		      struct err *e) MUST_CHECK;

#endif
