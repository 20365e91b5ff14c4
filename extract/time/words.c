/* Reads data/times.tsv, and the words of a text by it. */
#include "extract/time/words.h"

#include <stdlib.h>
#include <string.h>

#include "extract/tables/key.h"
#include "extract/tables/map.h"
#include "extract/tables/tables.h"
#include "extract/time/feasts.h"

enum { WORDS_BYTES = 1 << 20, VALUE_BIAS = 128, CLASS_SHIFT = 8 };

struct time_words {
	struct arena a;
	struct map map; /* class << 8 | value + 128 */
	struct feasts *feasts;
};

#define X(name, word) word,
static const char *const class_names[] = {TIME_CLASSES(X)};
#undef X

static int find_class(struct str name)
{
	for (int i = W_WEEKDAY; i < W_COUNT_OF; i++)
		if (str_eq(name, str_of(class_names[i])))
			return i;
	return -1;
}

static int read_row(struct time_words *tw, const struct table *t, struct err *e)
{
	struct str words = t->cell[0], word;
	int class = find_class(t->cell[1]);
	int64_t value;
	if (class < 0 || !str_to_i64(t->cell[2], &value) || value < -VALUE_BIAS ||
	    value >= VALUE_BIAS)
		return table_fail(t, "the class or its number is wrong", e);
	while (str_split(&words, ' ', &word)) {
		if (word.n == 0)
			continue;
		uint32_t *at = map_at(&tw->map, word_key(word), &tw->a);
		if (!at)
			return arena_full(e);
		if (*at != MAP_NONE)
			return table_fail(t, "a word stands here twice", e);
		*at = (uint32_t) class << CLASS_SHIFT | (uint32_t)(value + VALUE_BIAS);
	}
	return 0;
}

struct time_words *time_words_open(struct err *e)
{
	struct time_words *tw = calloc(1, sizeof *tw);
	if (!tw) {
		arena_full(e);
		return NULL;
	}
	arena_init(&tw->a, WORDS_BYTES);
	struct table t = tables_open(TABLE_TIMES);
	while (table_next(&t))
		if (read_row(tw, &t, e) < 0) {
			time_words_close(tw);
			return NULL;
		}
	tw->feasts = feasts_open(e);
	if (!tw->feasts) {
		time_words_close(tw);
		return NULL;
	}
	return tw;
}

void time_words_close(struct time_words *tw)
{
	if (!tw)
		return;
	feasts_close(tw->feasts);
	arena_release(&tw->a);
	free(tw);
}

const struct feasts *time_words_feasts(const struct time_words *tw)
{
	return tw->feasts;
}

enum time_class time_words_class(const struct time_words *tw, uint64_t key, int *value)
{
	uint32_t v = map_get(&tw->map, key);
	*value = v == MAP_NONE ? 0 : (int)(v & 0xFF) - VALUE_BIAS;
	return v == MAP_NONE ? W_NONE : (enum time_class)(v >> CLASS_SHIFT);
}

/* --- the words of a text ---------------------------------------------------------------------- */

struct word_list {
	const struct time_words *tw;
	const struct text *t;
	struct arena *a;
	struct time_text *out;
	size_t cap;
};

static size_t digits_at(struct str s, size_t at, int *value)
{
	size_t n = 0;
	*value = 0;
	for (; at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9' && n < 5; n++)
		*value = *value * 10 + (s.p[at + n] - '0');
	return n;
}

/* The class of a word by what stands behind its digits. */
static enum time_class ending_class(struct str s)
{
	static const struct {
		const char *ending;
		uint8_t class;
	} endings[] = {
		{"", W_NUMBER}, {"st", W_NTH},	 {"nd", W_NTH}, {"rd", W_NTH},
		{"th", W_NTH},	{"s", W_DECADE}, {"am", W_AM},	{"pm", W_PM},
		{"a.m.", W_AM}, {"p.m.", W_PM},	 {"a.m", W_AM}, {"p.m", W_PM},
	};
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
		if (str_eq_nocase(s, str_of(endings[i].ending)))
			return (enum time_class)endings[i].class;
	return W_NONE;
}

/* 2024, 26th, 1990s, 14:30, 6am, 6:30pm. The last two are times of the clock at once. */
static void read_number(struct str s, struct time_word *w)
{
	int value, minute = 0;
	size_t n = digits_at(s, 0, &value), at = n;
	bool has_minutes = n <= 2 && at < s.n && (s.p[at] == ':' || s.p[at] == '.');
	if (has_minutes) {
		if (digits_at(s, at + 1, &minute) != 2 || minute > 59)
			return;
		at += 3;
	}
	enum time_class class = ending_class(str_sub(s, at, s.n));
	if (n == 0 || n > 4 || class == W_NONE)
		return;
	w->digits = (uint8_t)n;
	w->value = (int16_t)value;
	w->class = (uint8_t) class;
	if (class == W_AM || class == W_PM) {
		bool fits = value >= 1 && value <= 12;
		w->class = fits ? W_CLOCK : W_NONE;
		w->value = (int16_t)((value % 12 + (class == W_PM ? 12 : 0)) * 100 + minute);
		w->digits = 0; /* half of the day is known */
	} else if (has_minutes) {
		w->class = class == W_NUMBER && value <= 24 ? W_CLOCK : W_NONE;
		w->value = (int16_t)(value * 100 + minute);
	} else if ((class == W_NTH && n > 2) || (class == W_DECADE && value % 10 != 0)) {
		w->class = W_NONE;
	}
}

static int add_word(struct word_list *r, struct time_word w)
{
	if (arena_grow(r->a, (void **)&r->out->v, &r->cap, r->out->n + 2, sizeof *r->out->v) < 0)
		return -1;
	r->out->v[r->out->n++] = w;
	return 0;
}

/* Class and number of the word between two bytes. `key` is that of the whole token, 0 for a part of
 * one. */
static void classify(const struct word_list *r, uint64_t key, struct time_word *w)
{
	struct str s = str_sub(r->t->bytes, w->start, w->end);
	int value = 0;
	if (s.n == 0)
		return;
	size_t mark = s.p[0] == '\'' ? 1 : str_starts(s, STR("’")) ? sizeof "’" - 1 : 0;
	if (mark < s.n && s.p[mark] >= '0' && s.p[mark] <= '9') {
		w->has_apostrophe = mark > 0;
		read_number(str_sub(s, mark, s.n), w);
		return;
	}
	w->class = (uint8_t)time_words_class(r->tw, key ? key : word_key(s), &value);
	w->value = (int16_t)value;
	w->is_capital = s.p[0] >= 'A' && s.p[0] <= 'Z';
}

/* "mid-April", "third-quarter", "2015-2016": parts of which the first is a word of time. Others
 * stay one word of no class. */
static int add_hyphened(struct word_list *r, const struct token *k, struct time_word w)
{
	struct time_word first = w;
	struct str s = str_sub(r->t->bytes, k->start, k->end);
	const char *hyphen = memchr(s.p, '-', s.n);
	first.end = k->start + (uint32_t)(hyphen - s.p);
	classify(r, 0, &first);
	if (first.class == W_NONE)
		return add_word(r, w);
	if (add_word(r, first) < 0)
		return -1;
	while (hyphen) {
		struct time_word part = {.token = w.token,
					 .start = (uint32_t)(hyphen + 1 - r->t->bytes.p),
					 .is_joined = true};
		hyphen = memchr(hyphen + 1, '-', (size_t)(s.p + s.n - hyphen - 1));
		part.end = hyphen ? (uint32_t)(hyphen - r->t->bytes.p) : k->end;
		classify(r, 0, &part);
		if (add_word(r, part) < 0)
			return -1;
	}
	return 0;
}

/* "4/23/2024", "23.04.2024": its numbers, with the strokes or stops as marks between them. */
static int add_parted(struct word_list *r, const struct token *k, struct time_word w, char mark)
{
	const char *p = r->t->bytes.p;
	for (uint32_t at = k->start; at < k->end;) {
		struct time_word part = {.token = w.token, .start = at};
		if (p[at] == mark) {
			part.class = W_PUNCT;
			part.value = (unsigned char)mark;
			part.end = at + 1;
		} else {
			const char *next = memchr(p + at, mark, k->end - at);
			part.end = next ? (uint32_t)(next - p) : k->end;
			classify(r, 0, &part);
		}
		part.starts_segment = w.starts_segment && at == k->start;
		if (add_word(r, part) < 0)
			return -1;
		at = part.end;
	}
	return 0;
}

/* A hyphen between two words without blanks, where the tokens part them: the next word is joined.
 */
static bool is_loose_hyphen(const struct text *t, size_t i)
{
	return i > 0 && i + 1 < t->n_tokens && text_is(t, i, "-") &&
	       !(t->tokens[i].flags & TOK_SPACE_BEFORE) &&
	       !(t->tokens[i + 1].flags & TOK_SPACE_BEFORE);
}

/* Digits and two stops, a year's worth: "23.04.2024". */
static bool is_dotted_date(const char *p, size_t n)
{
	unsigned stops = 0;
	for (size_t i = 0; i < n; i++) {
		if (p[i] != '.' && !(p[i] >= '0' && p[i] <= '9'))
			return false;
		stops += p[i] == '.';
	}
	return stops == 2 && n >= sizeof "1.1.2024" - 1 && n <= sizeof "23.04.2024" - 1;
}

/* The words of a token: one, the parts of one that has hyphens or strokes, or a mark. */
static int add_token(struct word_list *r, const struct token *k, struct time_word w)
{
	const char *p = r->t->bytes.p + k->start;
	size_t n = k->end - k->start;
	if (!(k->flags & TOK_WORD)) {
		w.class = W_PUNCT;
		w.value = n == 1 ? p[0] : 0;
		return add_word(r, w);
	}
	if (memchr(p, '-', n))
		return add_hyphened(r, k, w);
	if ((k->flags & TOK_NUMBER) && memchr(p, '/', n))
		return add_parted(r, k, w, '/');
	if ((k->flags & TOK_NUMBER) && is_dotted_date(p, n))
		return add_parted(r, k, w, '.');
	classify(r, k->key, &w);
	return add_word(r, w);
}

static bool starts_segment(const struct text *t, size_t i)
{
	return (t->tokens[i].flags & (TOK_PARAGRAPH_START | TOK_SEGMENT_START)) ||
	       (i > 0 && t->tokens[i - 1].mark != MARK_NONE && t->tokens[i].quote);
}

int time_words_read(const struct time_words *tw, const struct text *t, struct arena *a,
		    struct time_text *out)
{
	struct word_list r = {.tw = tw, .t = t, .a = a, .out = out, .cap = t->n_tokens + 2};
	*out = (struct time_text){0};
	out->v = arena_array(a, r.cap, sizeof *out->v);
	if (!out->v)
		return -1;
	bool is_joined = false;
	for (size_t i = 0; i < t->n_tokens; i++) {
		const struct token *k = &t->tokens[i];
		if (!budget_allows_step(a->budget, i))
			return -1;
		bool is_hyphen = is_loose_hyphen(t, i);
		struct time_word w = {.token = (uint32_t)i,
				      .start = k->start,
				      .end = k->end,
				      .is_joined = is_joined,
				      .starts_segment = starts_segment(t, i)};
		is_joined = is_hyphen;
		if (!is_hyphen && add_token(&r, k, w) < 0)
			return -1;
	}
	out->v[out->n] = (struct time_word){
		.token = (uint32_t)t->n_tokens, .class = W_NONE, .starts_segment = true};
	return 0;
}
