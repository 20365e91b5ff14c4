/* What words are compared by: keys that forget case, accents and endings. */
#include "extract/tables/key.h"

#include <string.h>
#include <utf8proc.h>

#include "base/char.h"
#include "base/utf8.h"

static uint64_t hash_byte(uint64_t h, unsigned char c)
{
	return (h ^ c) * 0x100000001b3u;
}

/* The letters that a small letter with a stroke, or a ligature, is written as where it is wanting;
 * NULL for others. Unicode does not decompose them. */
static const char *plain_letters(uint32_t c)
{
	switch (c) {
	case 0xE6: /* æ */
		return "ae";
	case 0xF0:  /* ð */
	case 0x111: /* đ */
		return "d";
	case 0xF8: /* ø */
		return "o";
	case 0xFE: /* þ */
		return "th";
	case 0x131: /* ı */
		return "i";
	case 0x142: /* ł */
		return "l";
	case 0x153: /* œ */
		return "oe";
	default:
		return NULL;
	}
}

static uint32_t small_letter(uint32_t c)
{
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

static const uint64_t HASH_START = 0xcbf29ce484222325u;

/* Folded bytes: their hash, and as many of them as there is room for. */
struct folded {
	uint64_t h;
	char *p;
	size_t n, room;
};

static void put(struct folded *f, unsigned char c)
{
	f->h = hash_byte(f->h, c);
	if (f->n < f->room)
		f->p[f->n++] = (char)c;
}

static void fold_point(struct folded *f, uint32_t c)
{
	utf8proc_int32_t points[32];
	int boundary = 0;
	const char *plain = c < 0x80 ? NULL : plain_letters(small_letter(c));
	for (const char *p = plain; p && *p; p++)
		put(f, (unsigned char)*p);
	if (plain)
		return;
	utf8proc_ssize_t n = utf8proc_decompose_char(
		(utf8proc_int32_t)c, points, 32,
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &boundary);
	for (utf8proc_ssize_t k = 0; k < n && k < 32; k++) {
		utf8proc_category_t kind = utf8proc_category(points[k]);
		if (kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_MC ||
		    points[k] == '.')
			continue;
		utf8proc_uint8_t bytes[4];
		utf8proc_ssize_t m = utf8proc_encode_char(points[k], bytes);
		for (utf8proc_ssize_t j = 0; j < m; j++)
			put(f, bytes[j]);
	}
}

static void fold_points(struct folded *f, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		uint32_t c = utf8_decode(s, i, &i);
		if (!point_is_apostrophe(c))
			fold_point(f, c);
	}
}

uint64_t word_key(struct str s)
{
	uint64_t h = HASH_START;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x80) {
			struct folded f = {.h = HASH_START};
			fold_points(&f, s);
			return f.h;
		}
		if (c == '.' || c == '\'')
			continue;
		h = hash_byte(h, c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c);
	}
	return h;
}

size_t word_fold(struct str s, char *to, size_t room)
{
	struct folded f = {.h = HASH_START, .p = to, .room = room};
	fold_points(&f, s);
	return f.n;
}

static bool ends_in(struct str s, const char *suffix)
{
	size_t n = strlen(suffix);
	return s.n > n && str_eq_nocase(str_sub(s, s.n - n, s.n), (struct str){suffix, n});
}

uint64_t word_stem(struct str s)
{
	if (s.n > 4 && ends_in(s, "ies")) {
		char buf[64];
		if (s.n > sizeof buf)
			return word_key(s);
		memcpy(buf, s.p, s.n);
		buf[s.n - 3] = 'y';
		return word_key((struct str){buf, s.n - 2});
	}
	if (s.n > 4 &&
	    (ends_in(s, "sses") || ends_in(s, "ches") || ends_in(s, "shes") || ends_in(s, "xes")))
		return word_key(str_sub(s, 0, s.n - 2));
	if (s.n > 3 && ends_in(s, "s") && !ends_in(s, "ss") && !ends_in(s, "us") &&
	    !ends_in(s, "is"))
		return word_key(str_sub(s, 0, s.n - 1));
	return word_key(s);
}
