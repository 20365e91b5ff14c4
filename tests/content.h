/* Is a content the words of its spans? Asked by the fuzz target of the engine and by the test of
 * mutated articles, of what base/model.h says: the words of the spans, as cleaning leaves them,
 * joined by one space, the marks around a whole quotation left out. */
#ifndef DEMARCHE_TESTS_CONTENT_H
#define DEMARCHE_TESTS_CONTENT_H

#include <stdlib.h>

#include "base/model.h"
#include "base/utf8.h"

/* The bytes at which the code points of a text start, and its end. */
struct point_map {
	size_t *byte; /* the caller frees */
	size_t points;
};

static inline struct point_map point_map_of(struct str text)
{
	size_t n = utf8_count(text), i = 0;
	size_t *byte = malloc((n + 1) * sizeof *byte);
	if (!byte)
		abort();
	for (size_t at = 0; at < text.n; i++) {
		byte[i] = at;
		utf8_decode(text, at, &at);
	}
	byte[n] = text.n;
	return (struct point_map){byte, n};
}

/* Inside of the text, rising, not overlapping, none empty. */
static inline bool spans_are_sound(struct spans s, const struct point_map *m)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.v[i].start >= s.v[i].end || s.v[i].end > m->points ||
		    (i > 0 && s.v[i - 1].end > s.v[i].start))
			return false;
	return true;
}

/* What cleaning a text (extract/text/clean.h) and leaving out the marks around a quotation may add,
 * change or take away: blanks, marks of punctuation, and what does not show. */
static inline bool content_may_lack(uint32_t c)
{
	bool is_word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
	return (c < 0xC0 && !is_word) || (c >= 0x2000 && c <= 0x206F) ||
	       (c >= 0x3000 && c <= 0x301F) || c == 0xFEFF || c == 0xFF02; /* a full-width mark */
}

/* The next code point that may not be lacking, from *at on, or 0 at the end. */
static inline uint32_t content_next(struct str s, size_t *at)
{
	while (*at < s.n) {
		uint32_t c = utf8_decode(s, *at, at);
		if (!content_may_lack(c))
			return c;
	}
	return 0;
}

/* The spans must be sound. */
static inline bool content_is_of(struct str content, struct spans spans, struct str text,
				 const struct point_map *m)
{
	size_t at = 0;
	if (content.n == 0 || spans.n == 0)
		return false;
	for (size_t i = 0; i < spans.n; i++) {
		struct str part = str_sub(text, m->byte[spans.v[i].start], m->byte[spans.v[i].end]);
		size_t in_part = 0;
		for (uint32_t c; (c = content_next(part, &in_part));)
			if (content_next(content, &at) != c)
				return false;
	}
	return content_next(content, &at) == 0;
}

#endif
