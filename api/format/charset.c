/* iconv, and what says which charset it is. */
#include "api/format/charset.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/utf8.h"

enum { NAME_MAX_BYTES = 40, HEAD_BYTES = 1024, GROWTH = 4 };

/* The name behind `key`, quoted or not; "" without. */
static struct str named(struct str head, struct str key)
{
	size_t at = str_find(head, key, 0), end;
	if (at == SIZE_MAX)
		return STR_EMPTY;
	at += key.n;
	while (at < head.n && strchr("= \"'", head.p[at]))
		at++;
	for (end = at; end < head.n && !strchr(" \"'>;?/", head.p[end]);)
		end++;
	return str_sub(head, at, end);
}

/* As browsers do: Latin-1 is its superset. */
static const char *charset_of(struct str bytes, char name[NAME_MAX_BYTES])
{
	struct str head = str_sub(bytes, 0, HEAD_BYTES);
	if (str_starts(bytes, STR("\xFF\xFE")))
		return "UTF-16LE";
	if (str_starts(bytes, STR("\xFE\xFF")))
		return "UTF-16BE";
	struct str found = named(head, STR("charset="));
	if (!found.n)
		found = named(head, STR("encoding="));
	if (!found.n || found.n >= NAME_MAX_BYTES ||
	    str_is_one_of_nocase(found, "iso-8859-1 latin1 us-ascii ascii utf-8 utf8 utf-16"))
		return "WINDOWS-1252";
	memcpy(name, found.p, found.n);
	name[found.n] = '\0';
	return name;
}

static iconv_t converter(struct str bytes)
{
	char name[NAME_MAX_BYTES];
	iconv_t cd = iconv_open("UTF-8", charset_of(bytes, name));
	return cd != (iconv_t)-1 ? cd : iconv_open("UTF-8", "WINDOWS-1252");
}

/* Room is for the longest: three bytes for one of a character set of single bytes, or for what is
 * none. */
static struct str convert(iconv_t cd, struct str bytes, struct arena *a)
{
	char *out = arena_room(a, bytes.n, GROWTH), *to = out, *from = (char *)bytes.p;
	size_t left = bytes.n, room = bytes.n * GROWTH;
	while (out && left && iconv(cd, &from, &left, &to, &room) == (size_t)-1 && errno != E2BIG &&
	       room >= strlen(UTF8_REPLACEMENT)) {
		memcpy(to, UTF8_REPLACEMENT, strlen(UTF8_REPLACEMENT));
		to += strlen(UTF8_REPLACEMENT);
		room -= strlen(UTF8_REPLACEMENT);
		from++;
		left--;
	}
	return out ? utf8_skip_mark((struct str){out, (size_t)(to - out)}) : (struct str){NULL, 0};
}

int charset_to_utf8(struct str bytes, struct arena *a, struct str *out, struct err *e)
{
	*out = utf8_skip_mark(bytes);
	if (utf8_valid_prefix(bytes) == bytes.n)
		return 0;
	iconv_t cd = converter(bytes);
	if (cd == (iconv_t)-1)
		return err_set(e, ERR_INTERNAL, NULL, "the system converts no charsets");
	*out = convert(cd, bytes, a);
	iconv_close(cd);
	return out->p ? 0 : budget_fail(a->budget, e);
}
