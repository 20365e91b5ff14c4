/* Folding for look-up, on utf8proc's tables. */
#include "base/fold.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum { APOSTROPHE = '\'', RIGHT_QUOTE = 0x2019, MODIFIER_APOSTROPHE = 0x02BC };

static bool vanishes(uint32_t c)
{
	return c == '.' || c == APOSTROPHE || c == RIGHT_QUOTE || c == MODIFIER_APOSTROPHE;
}

static bool is_mark(utf8proc_category_t k)
{
	return k == UTF8PROC_CATEGORY_MN || k == UTF8PROC_CATEGORY_MC || k == UTF8PROC_CATEGORY_ME;
}

static bool is_word(utf8proc_category_t k)
{
	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
	       (k >= UTF8PROC_CATEGORY_ND && k <= UTF8PROC_CATEGORY_NO);
}

/* Without "'s", or the bare apostrophe of a plural; in capitals too. */
static struct str without_possessive(struct str s)
{
	static const char *const endings[] = {"'s", "\u2019s", "\u02BCs", "'", "\u2019"};
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		struct str ending = str_of(endings[i]);
		if (s.n >= ending.n && str_eq_nocase(str_sub(s, s.n - ending.n, s.n), ending))
			return str_sub(s, 0, s.n - ending.n);
	}
	return s;
}

struct folding {
	struct arena *arena;
	char *p;
	size_t n, cap;
	char gap;
	bool pending; /* a gap is due before the next letter */
	bool is_full; /* the arena's */
};

/* Room for a gap and a character. Folding seldom lengthens a text, but one point may become 18. */
static bool make_room(struct folding *f)
{
	enum { MOST = 1 + 4 };
	if (f->cap - f->n >= MOST)
		return true;
	f->is_full = arena_grow(f->arena, (void **)&f->p, &f->cap, f->n + MOST, 1) != 0;
	return !f->is_full;
}

static void put_point(struct folding *f, utf8proc_int32_t c)
{
	utf8proc_category_t k = utf8proc_category(c);
	if (is_mark(k) || vanishes((uint32_t)c))
		return;
	if (!is_word(k)) {
		f->pending = f->n > 0;
		return;
	}
	utf8proc_uint8_t bytes[4];
	size_t n = (size_t)utf8proc_encode_char(c, bytes);
	if (!make_room(f))
		return;
	if (f->pending)
		f->p[f->n++] = f->gap;
	f->pending = false;
	for (size_t i = 0; i < n; i++)
		f->p[f->n++] = (char)bytes[i];
}

static struct str fold(struct arena *a, struct str s, char gap)
{
	struct folding f = {.arena = a, .cap = s.n + 8, .gap = gap};
	f.p = arena_alloc(a, f.cap);
	if (!f.p)
		return (struct str){NULL, 0};
	s = without_possessive(str_trim(s));
	for (size_t i = 0; i < s.n && !f.is_full;) {
		utf8proc_int32_t points[32];
		int boundary = 0;
		uint32_t c = utf8_decode(s, i, &i);
		utf8proc_ssize_t n = utf8proc_decompose_char(
			(utf8proc_int32_t)c, points, 32,
			UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &boundary);
		for (utf8proc_ssize_t k = 0; k < n && k < 32; k++)
			put_point(&f, points[k]);
	}
	return f.is_full ? (struct str){NULL, 0} : (struct str){f.p, f.n};
}

struct str str_fold(struct arena *a, struct str s)
{
	return fold(a, s, ' ');
}

struct str str_slug(struct arena *a, struct str s)
{
	return fold(a, s, '-');
}
