/* One pass over the bytes; what is changed is copied as far as the change. */
#include "extract/text/clean.h"

#include <string.h>

#include "base/budget.h"
#include "base/char.h"

struct cleaner {
	struct str in;
	struct arena *a;
	struct text_edits *edits;
	char *out; /* NULL until something is changed */
	size_t n, copied;
	bool is_open; /* an odd number of straight marks in the paragraph so far */
};

/* What to do at a byte: leave out so many bytes, that are so many code points, and put something in
 * their place. */
struct change {
	size_t bytes, points;
	const char *with;
};

static bool starts(struct str s, size_t at, const char *p)
{
	size_t n = strlen(p);
	return at + n <= s.n && memcmp(s.p + at, p, n) == 0;
}

static bool is_small(struct str s, size_t at)
{
	return at < s.n && s.p[at] >= 'a' && s.p[at] <= 'z';
}

static bool is_large(struct str s, size_t at)
{
	return at < s.n && s.p[at] >= 'A' && s.p[at] <= 'Z';
}

static bool is_letter_at(struct str s, size_t at)
{
	return at < s.n && (byte_is_letter(s.p[at]) || (unsigned char)s.p[at] >= 0xC3);
}

/* Soft hyphens, zero-width marks. */
static struct change hidden(struct str s, size_t at)
{
	static const char *const marks[] = {"\xC2\xAD", "\xE2\x80\x8B", "\xE2\x81\xA0",
					    "\xEF\xBB\xBF"};
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (starts(s, at, marks[i]))
			return (struct change){strlen(marks[i]), 1, ""};
	return (struct change){0, 0, NULL};
}

/* ´ ` ‘ ′ between two letters: "won´t". */
static struct change apostrophe(struct str s, size_t at)
{
	static const char *const marks[] = {"`", "\xC2\xB4", "\xE2\x80\x98", "\xE2\x80\xB2"};
	for (size_t i = 0; at > 0 && i < sizeof marks / sizeof marks[0]; i++) {
		size_t n = strlen(marks[i]);
		if (starts(s, at, marks[i]) && byte_is_letter(s.p[at - 1]) &&
		    is_letter_at(s, at + n))
			return (struct change){n, 1, "\xE2\x80\x99"};
	}
	return (struct change){0, 0, NULL};
}

/* Are the letters before `at` a word of small ones, with nothing of an address before it? */
static bool ends_word(struct str s, size_t at)
{
	enum { LEAST = 2 };
	size_t i = at;
	while (i > 0 && is_small(s, i - 1))
		i--;
	return at - i >= LEAST && (i == 0 || !strchr("./@_-:#", s.p[i - 1]));
}

/* Behind a capital: small letters, then no stop or slash ("Node.Js.org"). */
static bool starts_word(struct str s, size_t at)
{
	if (!is_large(s, at))
		return false;
	for (at++; is_letter_at(s, at); at++)
		;
	return at >= s.n || !strchr("./@_", s.p[at]) || at + 1 >= s.n || s.p[at + 1] == ' ' ||
	       s.p[at + 1] == '\n';
}

/* "illegal.Keller", "the lawmakers.\"To ensure": a blank is missing, before the mark where it
 * opens, else behind it. */
static struct change blank(const struct cleaner *c, size_t at)
{
	struct str s = c->in;
	if (at < 2)
		return (struct change){0, 0, NULL};
	bool stops = strchr(".!?", s.p[at - 1]) && s.p[at - 1];
	if (stops && ends_word(s, at - 1) && starts_word(s, at))
		return (struct change){0, 0, " "};
	if (s.p[at] == '"' && !c->is_open && is_large(s, at + 1) && is_small(s, at - 2) &&
	    (stops || s.p[at - 1] == ','))
		return (struct change){0, 0, " "};
	if (s.p[at - 1] == '"' && !c->is_open && is_large(s, at) && at > 2 && s.p[at - 2] &&
	    strchr(".!?,", s.p[at - 2]) && is_letter_at(s, at - 3))
		return (struct change){0, 0, " "};
	return (struct change){0, 0, NULL};
}

/* Two straight marks for one, as tables of values write them. */
static struct change doubled(struct str s, size_t at)
{
	bool is_two = starts(s, at, "\"\"") && !starts(s, at + 2, "\"") &&
		      (at == 0 || s.p[at - 1] != '"');
	bool holds =
		is_two && (is_letter_at(s, at + 2) ||
			   (at > 0 && (is_letter_at(s, at - 1) || strchr(".,!?", s.p[at - 1]))));
	return holds ? (struct change){1, 1, ""} : (struct change){0, 0, NULL};
}

/* Can a change begin with this byte? Most cannot. */
static bool may_begin(char b)
{
	return (b >= 'A' && b <= 'Z') || (b != '\0' && strchr("\"`\xC2\xE2\xEF", b));
}

static struct change change_at(const struct cleaner *c, size_t at)
{
	struct change x = hidden(c->in, at);
	if (!x.with)
		x = apostrophe(c->in, at);
	if (!x.with)
		x = doubled(c->in, at);
	return x.with ? x : blank(c, at);
}

static void copy(struct cleaner *c, size_t end)
{
	memcpy(c->out + c->n, c->in.p + c->copied, end - c->copied);
	c->n += end - c->copied;
	c->copied = end;
}

static int apply(struct cleaner *c, size_t at, struct change x)
{
	size_t n = strlen(x.with);
	int32_t before = c->edits->n ? c->edits->v[c->edits->n - 1].shift : 0;
	if (!c->out) /* "a`a`": at most twice as long */
		c->out = arena_alloc(c->a, 2 * c->in.n + 1);
	if (!c->out)
		return -1;
	copy(c, at);
	memcpy(c->out + c->n, x.with, n);
	c->n += n;
	c->copied = at + x.bytes;
	int32_t shift = (int32_t)x.points - (n ? 1 : 0);
	if (shift == 0)
		return 0;
	if (arena_grow(c->a, (void **)&c->edits->v, &c->edits->cap, c->edits->n + 1,
		       sizeof *c->edits->v) < 0)
		return -1;
	c->edits->v[c->edits->n++] = (struct text_edit){(uint32_t)c->n, before + shift};
	return 0;
}

int text_clean(struct str bytes, struct arena *a, struct str *clean, struct text_edits *edits)
{
	struct cleaner c = {.in = bytes, .a = a, .edits = edits};
	*edits = (struct text_edits){0};
	*clean = bytes;
	for (size_t at = 0; at < bytes.n; at++) {
		char b = bytes.p[at];
		if (!budget_allows_step(a->budget, at))
			return -1;
		if (b == '\n')
			c.is_open = false;
		if (!may_begin(b))
			continue;
		struct change x = change_at(&c, at);
		if (x.with && apply(&c, at, x) < 0)
			return -1;
		if (b == '"' && !(x.with && x.bytes))
			c.is_open = !c.is_open;
		at += x.with && x.bytes ? x.bytes - 1 : 0;
	}
	if (!c.out)
		return 0;
	copy(&c, bytes.n);
	*clean = (struct str){c.out, c.n};
	return 0;
}
