/* UTF-8 by the table of well-formed byte sequences. */
#include "base/utf8.h"

#include <string.h>

/* Bytes of the well-formed character at p, or 0. */
static size_t well_formed(const unsigned char *p, size_t n)
{
	static const struct {
		unsigned char lead_from, lead_to, second_from, second_to, length;
	} rows[] = {
		{0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
		{0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3},
		{0xEE, 0xEF, 0x80, 0xBF, 3}, {0xF0, 0xF0, 0x90, 0xBF, 4},
		{0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
	};
	if (p[0] < 0x80)
		return 1;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (p[0] < rows[i].lead_from || p[0] > rows[i].lead_to)
			continue;
		if (n < rows[i].length || p[1] < rows[i].second_from || p[1] > rows[i].second_to)
			return 0;
		for (size_t k = 2; k < rows[i].length; k++)
			if ((p[k] & 0xC0) != 0x80)
				return 0;
		return rows[i].length;
	}
	return 0;
}

size_t utf8_valid_prefix(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t i = 0;
	while (i < s.n) {
		uint64_t word;
		if (s.n - i >= sizeof word) { /* eight ASCII bytes at a time */
			memcpy(&word, p + i, sizeof word);
			if ((word & 0x8080808080808080u) == 0) {
				i += sizeof word;
				continue;
			}
		}
		size_t n = well_formed(p + i, s.n - i);
		if (n == 0)
			return i;
		i += n;
	}
	return i;
}

struct str utf8_skip_mark(struct str s)
{
	return str_starts(s, STR("\xEF\xBB\xBF")) ? str_sub(s, 3, s.n) : s;
}

static bool starts_point(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

size_t utf8_count(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += starts_point(s.p[i]);
	return n;
}

uint32_t utf8_decode(struct str s, size_t at, size_t *next)
{
	const unsigned char *p = (const unsigned char *)s.p + at;
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	static const unsigned char lead_mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	uint32_t c = p[0] & lead_mask[n];
	for (size_t k = 1; k < n; k++)
		c = c << 6 | (p[k] & 0x3Fu);
	*next = at + n;
	return c;
}

size_t utf8_point_at(struct utf8_cursor *c, size_t byte)
{
	if (byte < c->byte)
		c->byte = c->point = 0;
	for (; c->byte < byte && c->byte < c->text.n; c->byte++)
		c->point += starts_point(c->text.p[c->byte]);
	return c->point;
}
