/* One pass: find a string's end, then copy it without its escapes. */
#include "api/format/json_flat.h"

#include <string.h>

struct scan {
	const char *p, *end;
	struct arena *arena;
};

static char peek(const struct scan *s)
{
	return s->p < s->end ? *s->p : '\0';
}

static void skip_space(struct scan *s)
{
	while (peek(s) == ' ' || peek(s) == '\n' || peek(s) == '\r' || peek(s) == '\t')
		s->p++;
}

/* Skips a character and the white space around it. */
static bool take_mark(struct scan *s, char mark)
{
	skip_space(s);
	if (peek(s) != mark)
		return false;
	s->p++;
	skip_space(s);
	return true;
}

/* The quotation mark that ends the string that starts at `p`, or NULL. */
static const char *string_end(const char *p, const char *end)
{
	for (const char *at = p; (at = memchr(at, '"', (size_t)(end - at))) != NULL; at++) {
		const char *slash = at;
		while (slash > p && slash[-1] == '\\')
			slash--;
		if ((at - slash) % 2 == 0)
			return at;
	}
	return NULL;
}

/* The number of "uXXXX" at `p`, or 0. */
static uint32_t hex4(const char *p, const char *end)
{
	uint32_t v = 0;
	if (end - p < 5 || *p != 'u')
		return 0;
	for (int i = 1; i <= 4; i++) {
		char c = p[i];
		int digit = c >= '0' && c <= '9'		 ? c - '0'
			    : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
								 : -1;
		if (digit < 0)
			return 0;
		v = v << 4 | (uint32_t)digit;
	}
	return v;
}

static char *put_point(char *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
		return to;
	}
	if (c >= 0x10000) {
		*to++ = (char)(0xF0 | c >> 18);
		*to++ = (char)(0x80 | (c >> 12 & 0x3F));
	} else if (c >= 0x800) {
		*to++ = (char)(0xE0 | c >> 12);
	}
	*to++ = (char)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3F) : 0xC0 | c >> 6);
	*to++ = (char)(0x80 | (c & 0x3F));
	return to;
}

/* What the escape at `*from`, after its backslash, stands for: never longer than it is written.
 * NULL when it is none. */
static char *put_unescaped(char *to, const char **from, const char *end)
{
	static const char marks[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char *p = *from, *mark = p < end && *p ? strchr(marks, *p) : NULL;
	if (mark) {
		*from = p + 1;
		*to = meant[mark - marks];
		return to + 1;
	}
	uint32_t c = hex4(p, end);
	p += 5;
	if (c >= 0xD800 && c < 0xDC00 && end - p >= 6 && *p == '\\') {
		uint32_t low = hex4(p + 1, end);
		if (low < 0xDC00 || low >= 0xE000)
			return NULL;
		c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
		p += 6;
	}
	if (c == 0 || (c >= 0xD800 && c < 0xE000))
		return NULL;
	*from = p;
	return put_point(to, c);
}

static bool take_string(struct scan *s, struct str *out)
{
	const char *p = s->p + 1, *end = peek(s) == '"' ? string_end(p, s->end) : NULL;
	char *text = end ? arena_alloc(s->arena, (size_t)(end - p) + 1) : NULL, *to = text;
	if (!text)
		return false;
	s->p = end + 1;
	while (p < end) {
		const char *slash = memchr(p, '\\', (size_t)(end - p)), *stop = slash ? slash : end;
		unsigned char least = ' ';
		for (; p < stop; p++) {
			least = (unsigned char)*p < least ? (unsigned char)*p : least;
			*to++ = *p;
		}
		if (least < ' ')
			return false;
		if (slash) {
			p++;
			to = put_unescaped(to, &p, end);
			if (!to)
				return false;
		}
	}
	*out = (struct str){text, (size_t)(to - text)};
	return true;
}

static bool take_value(struct scan *s, struct json_member *m)
{
	static const char null[4] = "null";
	m->is_null =
		s->end - s->p >= (ptrdiff_t)sizeof null && memcmp(s->p, null, sizeof null) == 0;
	if (!m->is_null)
		return take_string(s, &m->value);
	s->p += sizeof null;
	return true;
}

static bool has_name(const struct json_member *v, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, name))
			return true;
	return false;
}

bool json_flat_read(struct str json, struct arena *a, struct json_member *v, size_t max, size_t *n)
{
	struct scan s = {json.p, json.p + json.n, a};
	*n = 0;
	if (!take_mark(&s, '{'))
		return false;
	do {
		struct json_member m = {0};
		if (*n == max || !take_string(&s, &m.name) || !take_mark(&s, ':') ||
		    !take_value(&s, &m) || has_name(v, *n, m.name))
			return false;
		v[(*n)++] = m;
	} while (take_mark(&s, ','));
	return take_mark(&s, '}') && s.p == s.end;
}
