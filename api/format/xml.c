/* Escapes. */
#include "api/format/xml.h"

#include "base/utf8.h"

/* The length of a character from `at` that XML 1.0 can hold, or 0. Of those that are UTF-8 these
 * are all but most controls and U+FFFE and U+FFFF (section 2.2). */
static size_t char_length(struct str s, size_t at)
{
	unsigned char c = (unsigned char)s.p[at];
	if (c < 0x80)
		return c >= 0x20 || c == '\t' || c == '\n' || c == '\r';
	size_t length = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
	struct str one = str_sub(s, at, at + length);
	if (one.n < length || utf8_valid_prefix(one) < length)
		return 0;
	return str_eq(one, STR("\xEF\xBF\xBE")) || str_eq(one, STR("\xEF\xBF\xBF")) ? 0 : length;
}

static struct str escape(char c)
{
	switch (c) {
	case '&':
		return STR("&amp;");
	case '<':
		return STR("&lt;");
	case '>':
		return STR("&gt;");
	case '"':
		return STR("&quot;");
	case '\t':
		return STR("&#9;");
	case '\n':
		return STR("&#10;");
	case '\r':
		return STR("&#13;");
	default:
		return STR_EMPTY;
	}
}

void xml_text(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t length = char_length(s, i);
		struct str name = escape(s.p[i]);
		if (length == 0)
			buf_add(out, STR(UTF8_REPLACEMENT));
		else
			buf_add(out, name.n ? name : str_sub(s, i, i + length));
		i += length ? length : 1;
	}
}
