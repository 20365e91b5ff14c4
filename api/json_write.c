/* The JSON writer. */
#include "api/json_write.h"

#include <math.h>
#include <string.h>

struct jw jw_into(struct buf *out)
{
	return (struct jw){.out = out};
}

/* How a byte is written: 0 as it is, 'u' as \u00XX, else after a backslash. DEL and the separators U+2028/9 are legal as they
 * are. */
static const char escapes[256] = {
	['"'] = '"',  ['\\'] = '\\', ['\b'] = 'b', ['\f'] = 'f', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't',
	[0x00] = 'u', [0x01] = 'u',  [0x02] = 'u', [0x03] = 'u', [0x04] = 'u', [0x05] = 'u', [0x06] = 'u',
	[0x07] = 'u', [0x0B] = 'u',  [0x0E] = 'u', [0x0F] = 'u', [0x10] = 'u', [0x11] = 'u', [0x12] = 'u',
	[0x13] = 'u', [0x14] = 'u',  [0x15] = 'u', [0x16] = 'u', [0x17] = 'u', [0x18] = 'u', [0x19] = 'u',
	[0x1A] = 'u', [0x1B] = 'u',  [0x1C] = 'u', [0x1D] = 'u', [0x1E] = 'u', [0x1F] = 'u',
};

/* Whether none of eight bytes needs an escape: no byte below 0x20, no quotation mark, no backslash (the "has zero byte" trick of
 * Warren, Hacker's Delight, 6-1; it may find one too many, never one too few). */
static bool is_plain(const char *p)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = UINT64_C(0x8080808080808080);
	uint64_t w;
	memcpy(&w, p, sizeof w);
	uint64_t quote = w ^ (ones * '"'), slash = w ^ (ones * '\\');
	uint64_t below = (w - ones * ' ') & ~w;
	return (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | below) & highs ? false : true;
}

static void put_escape(struct jw *j, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	char how = escapes[c];
	if (how == 'u') {
		const char code[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
		jw_put(j, code, sizeof code);
	} else {
		const char pair[2] = {'\\', how};
		jw_put(j, pair, sizeof pair);
	}
}

void jw_string(struct jw *j, struct str s)
{
	size_t run = 0, i = 0;
	jw_before_value(j);
	jw_put(j, "\"", 1);
	while (i < s.n) {
		if (i + 8 <= s.n && is_plain(s.p + i)) {
			i += 8;
			continue;
		}
		size_t stop = i + 8 < s.n ? i + 8 : s.n;
		for (; i < stop; i++) {
			if (!escapes[(unsigned char)s.p[i]])
				continue;
			jw_put(j, s.p + run, i - run);
			put_escape(j, (unsigned char)s.p[i]);
			run = i + 1;
		}
	}
	jw_put(j, s.p + run, s.n - run);
	jw_put(j, "\"", 1);
}

enum { DIGITS_MAX = 20 };

/* Digits of `n` at the end of a field of DIGITS_MAX; returns where they start. */
static size_t digits(char field[DIGITS_MAX], uint64_t n)
{
	size_t at = DIGITS_MAX;
	do {
		field[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	return at;
}

static void put_uint(struct jw *j, uint64_t n)
{
	char field[DIGITS_MAX];
	size_t at = digits(field, n);
	jw_put(j, field + at, DIGITS_MAX - at);
}

void jw_int(struct jw *j, int64_t n)
{
	jw_before_value(j);
	if (n < 0)
		jw_put(j, "-", 1);
	put_uint(j, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
}

void jw_number(struct jw *j, double n)
{
	enum { DECIMALS = 1000 };
	const double largest = 1e15;
	if (!(fabs(n) < largest)) {
		jw_null(j);
		return;
	}
	jw_before_value(j);
	int64_t scaled = llround(n * DECIMALS);
	if (scaled < 0)
		jw_put(j, "-", 1);
	uint64_t whole = (uint64_t)(scaled < 0 ? -scaled : scaled);
	unsigned part = (unsigned)(whole % DECIMALS);
	put_uint(j, whole / DECIMALS);
	if (part == 0)
		return;
	char text[4] = {'.', (char)('0' + part / 100), (char)('0' + part / 10 % 10), (char)('0' + part % 10)};
	size_t len = sizeof text;
	while (text[len - 1] == '0')
		len--;
	jw_put(j, text, len);
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
		/* "[start,end]" from the back: two numbers of at most ten digits. */
		char text[24];
		size_t at = sizeof text;
		uint32_t n = spans.v[i].end;
		text[--at] = ']';
		do
			text[--at] = (char)('0' + n % 10);
		while ((n /= 10) != 0);
		text[--at] = ',';
		n = spans.v[i].start;
		do
			text[--at] = (char)('0' + n % 10);
		while ((n /= 10) != 0);
		text[--at] = '[';
		if (i)
			jw_put(j, ",", 1);
		jw_put(j, text + at, sizeof text - at);
	}
	jw_put(j, "]", 1);
}
