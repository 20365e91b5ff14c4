/* Is a content the words of its spans? Asked by the fuzz target of the engine and by the test of
 * mutated articles, of what base/model.h says: the words of the spans joined by one space, the
 * marks around a whole quotation left out. */
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

/* How many bytes at one end of a part may be missing in the content: marks of quotation and blanks,
 * which are no ASCII letters or digits. */
static inline size_t content_bare(struct str s, bool at_end)
{
	size_t n = 0;
	for (; n < s.n; n++) {
		char c = at_end ? s.p[s.n - 1 - n] : s.p[n];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
			break;
	}
	return n;
}

/* Does `content` go on at `at` with the part, whole or without the marks around it? Where it goes
 * on after that, or SIZE_MAX. */
static inline size_t content_match(struct str content, size_t at, struct str part, bool is_last)
{
	struct str rest = str_sub(content, at, content.n);
	size_t front = content_bare(part, false), back = content_bare(part, true);
	for (size_t i = 0; i <= front; i++) {
		/* The last part ends with the content: its length is known. */
		size_t least = is_last && part.n - i > rest.n ? part.n - i - rest.n : 0;
		for (size_t k = least; k <= (is_last ? least : back) && k <= back && i + k < part.n;
		     k++) {
			struct str want = str_sub(part, i, part.n - k);
			size_t end = at + want.n;
			if (str_starts(rest, want) && (end == content.n || content.p[end] == ' '))
				return end;
		}
	}
	return SIZE_MAX;
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
		if (i > 0 && (at >= content.n || content.p[at++] != ' '))
			return false;
		at = content_match(content, at, part, i + 1 == spans.n);
		if (at == SIZE_MAX)
			return false;
	}
	return at == content.n;
}

#endif
