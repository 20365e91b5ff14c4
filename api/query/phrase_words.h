/* A phrase cut into words; what stands in quotation marks of any style is one. Any thread. */
#ifndef DEMARCHE_API_QUERY_PHRASE_WORDS_H
#define DEMARCHE_API_QUERY_PHRASE_WORDS_H

#include "base/err.h"

enum { PHRASE_WORDS_MAX = 100 };

struct word_tags {
	struct str text;	   /* without the punctuation around it */
	size_t from, to;	   /* bytes in the phrase */
	bool is_quoted, has_comma; /* a comma follows */
};

/* At most PHRASE_WORDS_MAX words; 0, or -1 with ERR_INPUT, field "q", when there are more. The
 * words are views of `s`. */
int words_split(struct str s, struct word_tags words[PHRASE_WORDS_MAX], size_t *n,
		struct err *e) MUST_CHECK;

#endif
