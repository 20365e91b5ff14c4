/* The view of one token: characters made plain, then hashed (FNV-1a with a final mix). */
#include "extract/syntax/form_hash.h"

#include <utf8proc.h>

enum { LETTERS_MAX = 64 }; /* longer tokens are addresses and noise, known by their start */

struct letters {
	uint32_t c[LETTERS_MAX], low[LETTERS_MAX];
	size_t n;
};

static uint32_t hash_points(const uint32_t *c, size_t n, uint32_t h)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ c[i]) * 0x01000193u + (h >> 15);
	h ^= h >> 16;
	h *= 0x7feb352du;
	h ^= h >> 15;
	return h ? h : 1;
}

/* As on a typewriter; the treebanks know no other marks. */
static uint32_t plain(uint32_t c)
{
	switch (c) {
	case 0x2018:
	case 0x2019:
	case 0x02BC:
	case 0x60:
		return '\'';
	case 0x201C:
	case 0x201D:
	case 0x201E:
	case 0xAB:
	case 0xBB:
		return '"';
	case 0x2010:
	case 0x2011:
	case 0x2012:
		return '-';
	default:
		return c;
	}
}

static void add_letter(struct letters *l, uint32_t c)
{
	if (l->n == LETTERS_MAX)
		return;
	l->c[l->n] = c;
	l->low[l->n++] = c < 0x80 ? (c >= 'A' && c <= 'Z' ? c + 32 : c)
				  : (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

static void spell(struct str form, struct letters *l)
{
	l->n = 0;
	for (size_t i = 0; i < form.n && l->n < LETTERS_MAX;) {
		unsigned char b = (unsigned char)form.p[i];
		if (b < 0x80) {
			add_letter(l, plain(b));
			i++;
			continue;
		}
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)form.p + i,
						      (utf8proc_ssize_t)(form.n - i), &c);
		if (n <= 0)
			return;
		i += (size_t)n;
		if (c == 0x2013 || c == 0x2014) { /* dashes are two hyphens */
			add_letter(l, '-');
			add_letter(l, '-');
		} else {
			add_letter(l, plain((uint32_t)c));
		}
	}
}

static uint32_t shape_of(uint32_t c, uint32_t low)
{
	if (c >= '0' && c <= '9')
		return 'd';
	if (c != low)
		return 'X';
	if ((c >= 'a' && c <= 'z') || c >= 0xC0)
		return 'x';
	return c;
}

static uint32_t hash_shape(const struct letters *l)
{
	uint32_t s[LETTERS_MAX];
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++) {
		uint32_t c = shape_of(l->c[i], l->low[i]);
		if (n < 2 || s[n - 1] != c || s[n - 2] != c)
			s[n++] = c;
	}
	return hash_points(s, n, 77);
}

void form_hashes_of(struct str form, struct form_hashes *v)
{
	struct letters l;
	spell(form, &l);
	*v = (struct form_hashes){.form = hash_points(l.c, l.n, 5),
				  .low = hash_points(l.low, l.n, 5),
				  .shape = hash_shape(&l)};
	v->prefix3 = l.n < 3 ? 0 : hash_points(l.low, 3, 11);
	v->suffix2 = l.n < 2 ? 0 : hash_points(l.low + l.n - 2, 2, 13);
	v->suffix3 = l.n < 3 ? 0 : hash_points(l.low + l.n - 3, 3, 13);
}
