/* Tokens: words by the conventions of the English treebanks (token_rules.c), numbers, addresses
 * (address.c), marks. Paragraphs start at blank lines and at line ends that close a sentence. */
#include "extract/text/token.h"

#include <string.h>
#include <utf8proc.h>

#include "base/char.h"
#include "base/utf8.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"
#include "extract/text/address.h"
#include "extract/text/clean.h"
#include "extract/text/text.h"
#include "extract/text/token_rules.h"

struct scanner {
	struct text *t;
	const struct lexicon *lx;
	struct arena *a;
	size_t cap, at;
	size_t point, point_byte; /* how far code points are counted */
	struct text_edits edits;  /* from the original */
	size_t n_edits;		  /* before point_byte */
	uint32_t newlines;
	bool has_space;
};

/* The code point of the original at a byte, or behind it for the end of a token: what was taken out
 * there is not the token's. Bytes in rising order. */
static uint32_t count_points(struct scanner *s, size_t byte, bool is_end)
{
	const char *p = s->t->bytes.p;
	for (; s->point_byte < byte; s->point_byte++)
		s->point += ((unsigned char)p[s->point_byte] & 0xC0) != 0x80;
	while (s->n_edits < s->edits.n && s->edits.v[s->n_edits].at + is_end <= byte)
		s->n_edits++;
	int64_t shift = s->n_edits ? s->edits.v[s->n_edits - 1].shift : 0;
	return (uint32_t)((int64_t)s->point + shift);
}

/* For one more token. What is left will have as many tokens a byte as what is read, about: so the
 * array grows once or twice, and little memory is left behind. */
static int make_room(struct scanner *s)
{
	struct text *t = s->t;
	if (t->n_tokens < s->cap)
		return 0;
	uint64_t left = t->bytes.n - s->at, likely = (t->n_tokens + 1) * left / (s->at + 1);
	size_t cap = t->n_tokens +
		     (size_t)(likely + likely / 8 < left ? likely + likely / 8 : left) + 16;
	struct token *v = arena_room(s->a, cap, sizeof *v);
	if (!v)
		return -1;
	if (t->n_tokens)
		memcpy(v, t->tokens, t->n_tokens * sizeof *v);
	t->tokens = v;
	s->cap = cap;
	return 0;
}

static int add_token(struct scanner *s, size_t start, size_t end, unsigned flags, enum mark mark)
{
	struct text *t = s->t;
	if (!budget_allows_tokens(s->a->budget, t->n_tokens + 1) ||
	    !budget_allows_step(s->a->budget, t->n_tokens) || make_room(s) < 0)
		return -1;
	struct token *k = &t->tokens[t->n_tokens++];
	*k = (struct token){.start = (uint32_t)start, .end = (uint32_t)end, .mark = (uint8_t)mark};
	if (s->has_space)
		flags |= TOK_SPACE_BEFORE;
	if (s->newlines > 0)
		flags |= TOK_NEWLINE_BEFORE | (s->newlines > 1 ? TOK_PARAGRAPH_START : 0);
	k->flags = (uint16_t)flags;
	k->point = count_points(s, start, false);
	k->point_end = count_points(s, end, true);
	struct str word = str_sub(t->bytes, start, end);
	k->sets = (uint16_t)word_sets_row(t->word_sets, str_sub(t->lower, start, end));
	if (flags & TOK_WORD) {
		k->key = word_key(word);
		k->stem = word_stem(word);
		bool is_initial = word.n == 2 && word.p[1] == '.'; /* "M." is not "'m" */
		k->word = is_initial ? NULL : lexicon_word(s->lx, k->key);
	}
	s->at = end;
	s->has_space = false;
	s->newlines = 0;
	return 0;
}

static unsigned word_flags(struct str w)
{
	unsigned flags = TOK_WORD, upper = 0, lower = 0;
	if (byte_is_digit(w.p[0]) ||
	    (w.n > 1 && (w.p[0] == '.' || w.p[0] == '+') && byte_is_digit(w.p[1])))
		flags |= TOK_NUMBER;
	size_t next;
	uint32_t first = point_at(w, 0, &next);
	if ((first >= 'A' && first <= 'Z') ||
	    (first >= 0x80 && utf8proc_category((utf8proc_int32_t)first) == UTF8PROC_CATEGORY_LU))
		flags |= TOK_CAPITAL;
	for (size_t i = 0; i < w.n && i < 32; i++) {
		upper += w.p[i] >= 'A' && w.p[i] <= 'Z';
		lower += w.p[i] >= 'a' && w.p[i] <= 'z';
	}
	if (upper >= 2 && lower == 0)
		flags |= TOK_ALL_CAPITALS;
	if (word_is_initialism(w))
		flags |= TOK_INITIALISM | TOK_ABBREVIATION;
	else if (w.n > 1 && w.p[w.n - 1] == '.')
		flags |= TOK_ABBREVIATION;
	return flags;
}

static bool is_currency(struct str s)
{
	return (s.n && s.p[s.n - 1] == '$') || str_eq(s, STR("£")) || str_eq(s, STR("€"));
}

/* The token before, when nothing parts it from what comes. */
static const struct token *close_before(const struct scanner *s)
{
	return s->t->n_tokens && !s->has_space ? &s->t->tokens[s->t->n_tokens - 1] : NULL;
}

static bool stands_after_name(const struct scanner *s)
{
	if (!s->t->n_tokens || s->newlines)
		return false;
	unsigned flags = s->t->tokens[s->t->n_tokens - 1].flags;
	return (flags & (TOK_CAPITAL | TOK_WORD | TOK_ABBREVIATION)) == (TOK_CAPITAL | TOK_WORD);
}

static int add_word(struct scanner *s, size_t end)
{
	struct str b = s->t->bytes;
	size_t start = s->at, cuts[WORD_CUTS], n, from = start;
	const struct token *before = close_before(s);
	n = word_cuts(s->lx, str_sub(b, start, end),
		      before && is_currency(text_token(s->t, s->t->n_tokens - 1)), cuts);
	for (size_t i = 0; i <= n; i++) {
		size_t to = i < n ? start + cuts[i] : end;
		unsigned flags = word_flags(str_sub(b, from, to));
		/* A clitic's own marks and letters say nothing of its kind. */
		if (from > start && (unsigned char)b.p[from] != '.' && !byte_is_letter(b.p[from]))
			flags = TOK_WORD;
		if (add_token(s, from, to, flags, MARK_NONE) < 0)
			return -1;
		from = to;
	}
	return 0;
}

/* Words that start with a mark: "'90s", "’72", ".04", "+44", "'tis". */
static size_t marked_word_end(const struct scanner *s, uint32_t c, size_t next)
{
	struct str b = s->t->bytes;
	size_t after;
	if (close_before(s) && !is_currency(text_token(s->t, s->t->n_tokens - 1)) &&
	    !strchr("([\"", b.p[s->at - 1]))
		return s->at;
	if (next >= b.n)
		return s->at;
	if ((c == '.' || c == '+') && byte_is_digit(b.p[next]))
		return word_end(s->lx, b, next, false);
	if (!point_is_apostrophe(c))
		return s->at;
	for (size_t i = 0; i < 2; i++) {
		struct str form = i ? STR("twas") : STR("tis");
		if (str_eq_nocase(str_sub(b, next, next + form.n), form) &&
		    !point_is_word(point_at(b, next + form.n, &after)))
			return next + form.n;
	}
	if (next + 1 >= b.n || !byte_is_digit(b.p[next]) || !byte_is_digit(b.p[next + 1]))
		return s->at;
	size_t end = next + 2;
	if (end < b.n && b.p[end] == 's')
		end++;
	return point_is_word(point_at(b, end, &after)) ||
			       (point_is_apostrophe(point_at(b, end, &after)) && end < b.n)
		       ? s->at
		       : end;
}

static enum mark mark_of(uint32_t c)
{
	switch (c) {
	case '"':
	case 0xFF02:
		return MARK_STRAIGHT;
	case 0x201C:
	case 0x201E:
	case 0x201F:
	case 0xAB:
	case 0x300C:
	case 0x300E:
		return MARK_OPEN;
	case 0x201D:
	case 0xBB:
	case 0x300D:
	case 0x300F:
		return MARK_CLOSE;
	case 0x2018:
	case 0x201A:
	case 0x201B:
	case 0x2039:
		return MARK_SINGLE_OPEN;
	case 0x2019:
	case 0x203A:
		return MARK_SINGLE_CLOSE;
	case '\'':
	case '`':
		return MARK_SINGLE;
	default:
		return MARK_NONE;
	}
}

/* Marks that one token holds a run of; those of a sentence's end run together ("?!", "..."). */
static size_t mark_end(struct str b, size_t at, uint32_t c, size_t next)
{
	if (c >= 0x80 || !strchr(".!?-*_=~<>#$+", (int)c))
		return next;
	bool is_terminal = strchr(".!?", (int)c);
	while (next < b.n &&
	       (b.p[next] == b.p[at] || (is_terminal && b.p[next] && strchr("!?", b.p[next]))))
		next++;
	return next;
}

/* Two single marks stand for one double mark. */
static int add_mark(struct scanner *s, uint32_t c, size_t next)
{
	struct str b = s->t->bytes;
	size_t after;
	uint32_t second = point_at(b, next, &after);
	if (next < b.n && (c == '\'' || c == '`' || c == 0x2018 || c == 0x2019) &&
	    (second == c || (c == 0x2018 && second == 0x2019))) {
		enum mark m = c == '`' || (c == 0x2018 && second == c) ? MARK_OPEN
			      : c == 0x2019			       ? MARK_CLOSE
								       : MARK_STRAIGHT;
		return add_token(s, s->at, after, 0, m);
	}
	bool is_terminal = c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002;
	return add_token(s, s->at, mark_end(b, s->at, c, next), is_terminal ? TOK_TERMINAL : 0,
			 mark_of(c));
}

/* "US$", "C$": the letters and the sign are one. */
static size_t currency_end(struct str b, size_t at, size_t end)
{
	static const char *const codes[] = {"US", "U", "C", "A", "AU", "NZ", "HK", "S", "NT"};
	if (end >= b.n || b.p[end] != '$')
		return end;
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (str_eq(str_sub(b, at, end), str_of(codes[i])))
			return end + 1;
	return end;
}

static int scan_token(struct scanner *s, uint32_t c, size_t next)
{
	struct str b = s->t->bytes;
	size_t end = address_end(b, s->at);
	if (end > s->at)
		return add_token(s, s->at, end, TOK_WORD, MARK_NONE);
	if (point_is_word(c)) {
		end = word_end(s->lx, b, s->at, stands_after_name(s));
		return add_word(s, currency_end(b, s->at, end));
	}
	end = face_end(b, s->at);
	if (end > s->at)
		return add_token(s, s->at, end, 0, MARK_NONE);
	end = marked_word_end(s, c, next);
	return end > s->at ? add_word(s, end) : add_mark(s, c, next);
}

static int scan(struct scanner *s)
{
	struct str b = s->t->bytes;
	while (s->at < b.n) {
		size_t next;
		uint32_t c = point_at(b, s->at, &next);
		if (point_is_space(c)) {
			s->newlines += c == '\n' || c == 0x2028 || c == 0x85 ||
				       (c == '\r' && (next >= b.n || b.p[next] != '\n'));
			s->newlines += c == 0x2029 ? 2 : 0;
			s->has_space = true;
			s->at = next;
		} else if (scan_token(s, c, next) < 0) {
			return -1;
		}
	}
	return 0;
}

/* A single line end starts a paragraph unless the text is wrapped there in the middle of a
 * sentence. */
static bool starts_paragraph(const struct text *t, size_t i)
{
	if (i == 0 || (t->tokens[i].flags & TOK_PARAGRAPH_START))
		return true;
	if (!(t->tokens[i].flags & TOK_NEWLINE_BEFORE))
		return false;
	const struct token *before = &t->tokens[i - 1];
	bool is_open_line = (before->flags & TOK_WORD) || text_is(t, i - 1, ",");
	return !(is_open_line && (t->tokens[i].flags & TOK_WORD) &&
		 !(t->tokens[i].flags & (TOK_CAPITAL | TOK_NUMBER)));
}

static int find_paragraphs(struct text *t, struct arena *a)
{
	size_t cap = 0;
	for (size_t i = 0; i < t->n_tokens; i++) {
		if (!starts_paragraph(t, i))
			continue;
		t->tokens[i].flags |= TOK_PARAGRAPH_START;
		if (arena_grow(a, (void **)&t->paragraphs, &cap, t->n_paragraphs + 2,
			       sizeof *t->paragraphs) < 0)
			return -1;
		t->paragraphs[t->n_paragraphs++] = (uint32_t)i;
	}
	if (t->n_paragraphs)
		t->paragraphs[t->n_paragraphs] = (uint32_t)t->n_tokens;
	return 0;
}

int text_tokenize(struct text *t, struct str bytes, const struct lexicon *lx, struct arena *a)
{
	struct text_edits edits;
	if (text_clean(bytes, a, &bytes, &edits) < 0)
		return -1;
	*t = (struct text){.bytes = bytes, .word_sets = lexicon_word_sets(lx)};
	char *lower = arena_alloc(a, bytes.n + 1);
	if (!lower)
		return -1;
	for (size_t i = 0; i < bytes.n; i++)
		lower[i] = bytes.p[i] >= 'A' && bytes.p[i] <= 'Z' ? (char)(bytes.p[i] + 32)
								  : bytes.p[i];
	t->lower = (struct str){lower, bytes.n};
	struct scanner s = {.t = t, .lx = lx, .a = a, .cap = bytes.n / 5 + 16, .edits = edits};
	t->tokens = arena_room(a, s.cap, sizeof *t->tokens);
	if (!t->tokens || scan(&s) < 0)
		return -1;
	return find_paragraphs(t, a);
}
