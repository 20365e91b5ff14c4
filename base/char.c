/* Classes of characters, by Unicode's general categories. */
#include "base/char.h"

#include <utf8proc.h>

#include "base/utf8.h"

bool byte_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool byte_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool point_is_word(uint32_t c)
{
	if (c < 0x80)
		return byte_is_letter((char)c) || byte_is_digit((char)c);
	utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_MC) ||
	       (k >= UTF8PROC_CATEGORY_ND && k <= UTF8PROC_CATEGORY_NO);
}

bool point_is_space(uint32_t c)
{
	return c <= ' ' || c == 0x7F || c == 0xA0 || c == 0x85 || (c >= 0x2000 && c <= 0x200F) ||
	       c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 ||
	       c == 0xFEFF;
}

bool point_is_apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x02BC;
}

uint32_t point_at(struct str s, size_t at, size_t *next)
{
	if (at >= s.n) {
		*next = at;
		return 0;
	}
	unsigned char c = (unsigned char)s.p[at];
	if (c < 0x80) {
		*next = at + 1;
		return c;
	}
	return utf8_decode(s, at, next);
}
