/* The JSON writer. */
#include "api/format/json_write.h"

#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/utf8.h"

struct jw jw_into(struct buf *out)
{
	return (struct jw){.out = out};
}

/* How a byte is written: 0 as it is, 'u' as \u00XX, else after a backslash. DEL and the separators
 * U+2028/9 are legal as they are. */
static const char escapes[256] = {
	['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r',
	['\t'] = 't', [0x00] = 'u',  [0x01] = 'u', [0x02] = 'u', [0x03] = 'u', [0x04] = 'u',
	[0x05] = 'u', [0x06] = 'u',  [0x07] = 'u', [0x0B] = 'u', [0x0E] = 'u', [0x0F] = 'u',
	[0x10] = 'u', [0x11] = 'u',  [0x12] = 'u', [0x13] = 'u', [0x14] = 'u', [0x15] = 'u',
	[0x16] = 'u', [0x17] = 'u',  [0x18] = 'u', [0x19] = 'u', [0x1A] = 'u', [0x1B] = 'u',
	[0x1C] = 'u', [0x1D] = 'u',  [0x1E] = 'u', [0x1F] = 'u',
};

/* Whether none of eight bytes needs an escape: no byte below 0x20, no quotation mark, no backslash
 * (the "has zero byte" trick of Warren, Hacker's Delight, 6-1; it may find one too many, never one
 * too few). */
static bool is_plain(uint64_t w)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = UINT64_C(0x8080808080808080);
	uint64_t quote = w ^ (ones * '"'), slash = w ^ (ones * '\\');
	uint64_t below = (w - ones * ' ') & ~w;
	return (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | below) & highs ? false
										       : true;
}

enum { STEP = 16 };
typedef unsigned char vector __attribute__((vector_size(STEP)));

/* One step of a long string. These three gather all bits that its bytes have in *all. */
static bool copy_step(char *to, const char *from, uint64_t *all)
{
	vector v;
	uint64_t bad[2], word[2];
	memcpy(&v, from, sizeof v);
	memcpy(to, &v, sizeof v);
	memcpy(word, &v, sizeof word);
	*all |= word[0] | word[1];
	vector found = (vector)(v < ' ') | (vector)(v == '"') | (vector)(v == '\\');
	memcpy(bad, &found, sizeof bad);
	return (bad[0] | bad[1]) == 0;
}

/* Fewer bytes than a step, by two words that may overlap: most strings are as short. */
static bool copy_rest(char *to, const char *from, size_t n, uint64_t *all)
{
	uint64_t word[2];
	uint32_t half[2];
	if (n >= sizeof word[0]) {
		memcpy(&word[0], from, sizeof word[0]);
		memcpy(&word[1], from + n - sizeof word[0], sizeof word[0]);
		memcpy(to, &word[0], sizeof word[0]);
		memcpy(to + n - sizeof word[0], &word[1], sizeof word[0]);
		*all |= word[0] | word[1];
		return is_plain(word[0]) && is_plain(word[1]);
	}
	if (n >= sizeof half[0]) {
		memcpy(&half[0], from, sizeof half[0]);
		memcpy(&half[1], from + n - sizeof half[0], sizeof half[0]);
		memcpy(to, &half[0], sizeof half[0]);
		memcpy(to + n - sizeof half[0], &half[1], sizeof half[0]);
		*all |= half[0] | half[1];
		return is_plain((uint64_t)half[0] << 32 | half[1]);
	}
	char any = 0;
	for (size_t i = 0; i < n; i++) {
		to[i] = from[i];
		any |= escapes[(unsigned char)from[i]];
		*all |= (unsigned char)from[i];
	}
	return any == 0;
}

/* Copies what needs no escape, step by step; how much of it: all, or to the start of a step that
 * has something to escape. */
static size_t copy_plain(char *to, const char *from, size_t n, uint64_t *all)
{
	size_t i = 0;
	for (; n - i >= STEP; i += STEP)
		if (!copy_step(to + i, from + i, all))
			return i;
	return copy_rest(to + i, from + i, n - i, all) ? n : i;
}

static void put_escape(struct jw *j, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char how = escapes[c];
	if (how == 'u') {
		const char code[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
		jw_put(j, code, sizeof code);
	} else if (how) {
		const char pair[2] = {'\\', how};
		jw_put(j, pair, sizeof pair);
	} else {
		jw_put(j, (const char *)&c, 1);
	}
}

/* Well-formed text without the marks around it. */
static void put_text(struct jw *j, struct str s)
{
	uint64_t all = 0;
	for (size_t i = 0; i < s.n;) {
		char *room = jw_room(j, s.n - i);
		if (!room)
			return;
		size_t plain = copy_plain(room, s.p + i, s.n - i, &all);
		j->out->n += plain;
		i += plain;
		for (size_t stop = s.n - i < STEP ? s.n : i + STEP; i < stop; i++)
			put_escape(j, (unsigned char)s.p[i]);
	}
}

/* A well-formed string without escapes, as most are, in one pass over ASCII and two over other
 * text; false, and nothing is written, for any other. */
static bool put_plain(struct jw *j, struct str s)
{
	const uint64_t highs = UINT64_C(0x8080808080808080);
	uint64_t all = 0;
	char *room = jw_room(j, s.n + 3), *p = room;
	if (!room)
		return true;
	if (j->has_before)
		*p++ = ',';
	*p++ = '"';
	if (copy_plain(p, s.p, s.n, &all) < s.n || (all & highs && utf8_valid_prefix(s) < s.n))
		return false;
	p[s.n] = '"';
	j->out->n += (size_t)(p - room) + s.n + 1;
	j->has_before = true;
	return true;
}

void jw_string(struct jw *j, struct str s)
{
	if (put_plain(j, s))
		return;
	size_t good = utf8_valid_prefix(s);
	jw_before_value(j);
	jw_put(j, "\"", 1);
	put_text(j, str_sub(s, 0, good));
	while (good < s.n) {
		jw_put(j, UTF8_REPLACEMENT, sizeof UTF8_REPLACEMENT - 1);
		s = str_sub(s, good + 1, s.n);
		good = utf8_valid_prefix(s);
		put_text(j, str_sub(s, 0, good));
	}
	jw_put(j, "\"", 1);
}

void jw_int(struct jw *j, int64_t n)
{
	char text[1 + DECIMAL_DIGITS_MAX], *end = text + sizeof text;
	char *p = decimal_before(end, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
	if (n < 0)
		*--p = '-';
	jw_before_value(j);
	jw_put(j, p, (size_t)(end - p));
}

void jw_number(struct jw *j, double n)
{
	enum { DECIMALS = 1000 };
	const double largest = 1e15;
	if (!(fabs(n) < largest)) {
		jw_null(j);
		return;
	}
	uint64_t scaled = (uint64_t)(fabs(n) * DECIMALS + 0.5);
	unsigned part = (unsigned)(scaled % DECIMALS);
	/* From the back: decimals without the zeros at their end, point, whole part, sign. */
	char text[2 + DECIMAL_DIGITS_MAX + 3], *end = text + sizeof text, *p = end;
	*--p = (char)('0' + part % 10);
	*--p = (char)('0' + part / 10 % 10);
	*--p = (char)('0' + part / 100);
	while (end > p && end[-1] == '0')
		end--;
	if (part)
		*--p = '.';
	p = decimal_before(p, scaled / DECIMALS);
	if (n < 0 && scaled)
		*--p = '-';
	jw_before_value(j);
	jw_put(j, p, (size_t)(end - p));
}

void jw_bool(struct jw *j, bool b)
{
	jw_before_value(j);
	jw_put(j, b ? "true" : "false", b ? 4 : 5);
}

void jw_spans(struct jw *j, struct spans spans)
{
	jw_before_value(j);
	jw_put(j, "[", 1);
	for (size_t i = 0; i < spans.n; i++) {
		char text[2 * DECIMAL_DIGITS_MAX + 4], *end = text + sizeof text, *p = end;
		*--p = ']';
		p = decimal_before(p, spans.v[i].end);
		*--p = ',';
		p = decimal_before(p, spans.v[i].start);
		*--p = '[';
		if (i)
			*--p = ',';
		jw_put(j, p, (size_t)(end - p));
	}
	jw_put(j, "]", 1);
}
