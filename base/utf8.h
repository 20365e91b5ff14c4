/* UTF-8: the gate at the edge, and code point offsets. Definitions: Unicode 15, table 3-7
 * (well-formed byte sequences). */
#ifndef DEMARCHE_BASE_UTF8_H
#define DEMARCHE_BASE_UTF8_H

#include "base/str.h"

/* U+FFFD, which stands for a byte that is part of no character. The store takes in no such byte,
 * but a file that an older program wrote may hold one; what is read from it is well-formed all the
 * same. */
#define UTF8_REPLACEMENT "\xEF\xBF\xBD"

/* Bytes of the longest well-formed prefix; s.n when all of it is. */
size_t utf8_valid_prefix(struct str s);
/* Code points in well-formed text. */
size_t utf8_count(struct str s);
/* The code point at byte `at` of well-formed text and the byte after it; at < s.n. */
uint32_t utf8_decode(struct str s, size_t at, size_t *next);
/* Without a byte order mark at the start, as some editors and spreadsheets write it: it belongs to
 * the file, not to its text. */
struct str utf8_skip_mark(struct str s);

/* May text be cut at byte `at`: does a character start there, or the text end? */
static inline bool utf8_is_border(struct str s, size_t at)
{
	return at >= s.n || ((unsigned char)s.p[at] & 0xC0) != 0x80;
}

/* Where code points start: maps byte offsets to code points. Walks forwards in one pass, so ask in
 * rising order; an offset before the last one asked starts again from the beginning. */
struct utf8_cursor {
	struct str text;
	size_t byte, point;
};
size_t utf8_point_at(struct utf8_cursor *c, size_t byte);

#endif
