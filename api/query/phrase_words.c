/* Words are cut, then found in the tables: one pass over both a phrase, of some 15
 * microseconds. */
#include "api/query/phrase_words.h"

#include <string.h>

#include "base/embed.h"

EMBED(questions_tsv, "data/questions.tsv");
EMBED(times_tsv, "data/times.tsv");

static const struct {
	const char *open, *close;
} quotes[] = {{"\"", "\""}, {"\u201C", "\u201D"}, {"\u00AB", "\u00BB"}, {"\u201E", "\u201C"}};

/* Length of the quoted text that starts at `at` with its marks, 0 for none. */
static size_t quoted_length(struct str s, size_t at, struct str *inside)
{
	struct str rest = str_sub(s, at, s.n);
	for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++) {
		struct str open = str_of(quotes[i].open), close = str_of(quotes[i].close);
		size_t end = str_starts(rest, open) ? str_find(rest, close, open.n) : SIZE_MAX;
		if (end != SIZE_MAX && end > open.n) {
			*inside = str_trim(str_sub(rest, open.n, end));
			return end + close.n;
		}
	}
	return 0;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct str without_punctuation(struct str s, struct phrase_word *w)
{
	while (s.n && strchr("?!.,;:)", s.p[s.n - 1])) {
		w->has_comma |= s.p[s.n - 1] == ',' || s.p[s.n - 1] == ';';
		w->has_colon |= s.p[s.n - 1] == ':';
		s.n--;
	}
	while (s.n && strchr("!?,;:(", s.p[0]))
		s = str_sub(s, 1, s.n);
	return s;
}

/* "U.S." keeps its last stop: it belongs to the name. */
static bool ends_abbreviation(struct str s)
{
	return s.n >= 4 && s.p[s.n - 1] == '.' && s.p[s.n - 3] == '.';
}

static int add_word(struct phrase_word *words, size_t *n, struct phrase_word w, struct err *e)
{
	if (w.text.n == 0)
		return 0;
	if (*n == PHRASE_WORDS_MAX)
		return err_set(e, ERR_VALUE, "q", "\"q\" has more than %d words", PHRASE_WORDS_MAX);
	words[(*n)++] = w;
	return 0;
}

/* "China's", "the Kurds'". */
static void cut_possessive(struct phrase_word *w)
{
	static const char *const endings[] = {"'s", "\u2019s", "'S"}, *const marks[] = {"'",
											"\u2019"};
	for (size_t i = 0; i < sizeof endings / sizeof endings[0] && !w->is_possessive; i++)
		if (str_ends(w->text, str_of(endings[i]))) {
			w->text.n -= strlen(endings[i]);
			w->is_possessive = true;
		}
	for (size_t i = 0; i < sizeof marks / sizeof marks[0] && !w->is_possessive; i++) {
		size_t n = strlen(marks[i]);
		if (str_ends(w->text, str_of(marks[i])) && w->text.n > n &&
		    (w->text.p[w->text.n - n - 1] | 0x20) == 's') {
			w->text.n -= n;
			w->is_possessive = true;
		}
	}
}

/* The word that starts at `at`, which is moved past it. */
static struct phrase_word read_word(struct str s, size_t *at)
{
	struct phrase_word w = {.from = *at};
	size_t n = quoted_length(s, *at, &w.text);
	w.is_quoted = n > 0;
	if (w.is_quoted) {
		while (w.text.n && w.text.p[0] == '!') /* no quoted name may turn into a negation */
			w.text = str_trim(str_sub(w.text, 1, w.text.n));
		w.has_comma = *at + n < s.n && s.p[*at + n] == ',';
	} else {
		while (*at + n < s.n && !is_space(s.p[*at + n]))
			n++;
		struct str raw = str_sub(s, *at, *at + n);
		w.text = ends_abbreviation(raw) ? raw : without_punctuation(raw, &w);
		cut_possessive(&w);
	}
	*at += n;
	w.to = *at;
	return w;
}

/* --- what they mean --- */

static const struct str role_words[ROLE_COUNT] = {
#define X(name, word) {word, sizeof word - 1},
	PHRASE_ROLES(X)
#undef X
};

static const struct str bounds_words[BOUNDS_COUNT] = {
#define X(name, word) {word, sizeof word - 1},
	PHRASE_BOUNDS(X)
#undef X
};

/* The number of `word` among those of list[from..to), or `to`. */
static int find(struct str word, const struct str *list, int from, int to)
{
	while (from < to && !str_eq(word, list[from]))
		from++;
	return from;
}

static const struct str wish_words[WISH_COUNT_OF] = {
#define X(name, word) {word, sizeof word - 1},
	PHRASE_WISHES(X)
#undef X
};

struct str phrase_wish_word(enum phrase_wish w)
{
	return wish_words[w];
}

/* What a table says of an expression of `n` words: the columns behind it. */
static void add_meaning(struct phrase_word *w, size_t n, int role, struct str rest)
{
	struct str third = STR_EMPTY, fourth = STR_EMPTY, fifth = STR_EMPTY;
	int64_t number;
	if (n < w->length)
		return;
	if (n > w->length) /* the longer expression is meant, not its first word */
		w->roles = 0;
	w->length = n;
	w->roles |= 1U << role;
	if (!str_split(&rest, '\t', &third))
		return;
	(void)(str_split(&rest, '\t', &fourth) && str_split(&rest, '\t', &fifth));
	if (1U << role == ROLE_DATE)
		w->bounds = (enum phrase_bounds)find(third, bounds_words, 0, BOUNDS_COUNT);
	else if (1U << role == ROLE_CLAUSE)
		w->clause = (struct phrase_clause){third, fourth, fifth};
	else if (1U << role == ROLE_POST)
		w->long_form = third;
	else if (1U << role == ROLE_WISH) {
		w->wish = (enum phrase_wish)find(third, wish_words, 0, WISH_COUNT_OF - 1);
		w->group = fourth;
	} else if (str_to_i64(third, &number))
		w->number = (int)number;
}

/* Lengths and first letters tell most words apart without a call. */
static bool is_same(const struct phrase_word *w, struct str word)
{
	return w->text.n == word.n && ((w->text.p[0] ^ word.p[0]) & ~0x20) == 0 && !w->is_quoted &&
	       str_eq_nocase(w->text, word);
}

/* How many of the words, from the first on, are "with_the_words"; 0 when they are not. */
static size_t match_expression(const struct phrase_word *words, size_t n, struct str expression)
{
	struct str part;
	size_t used = 0;
	while (str_split(&expression, '_', &part)) {
		if (used == n || !is_same(&words[used], part))
			return 0;
		used++;
	}
	return used;
}

/* The words of a table's lines whose role is one from `first` to before `end`. */
static void find_meanings(struct str table, int first, int end, struct phrase_word *words, size_t n)
{
	struct str line, listed, expression, role;
	while (str_split(&table, '\n', &line)) {
		if (str_starts(line, STR("#")) || !str_split(&line, '\t', &listed) ||
		    !str_split(&line, '\t', &role))
			continue;
		int number = find(role, role_words, first, end);
		while (number < end && str_split(&listed, ' ', &expression))
			for (size_t i = 0; i < n; i++) {
				size_t used = match_expression(&words[i], n - i, expression);
				if (used)
					add_meaning(&words[i], used, number, line);
			}
	}
}

int word_count(const struct phrase_word *w)
{
	enum { NUMBER_MAX = 9999 };
	struct str table = EMBEDDED(times_tsv), line, listed, role, word;
	int64_t number = 0;
	if (w->is_quoted)
		return 0;
	if (str_to_i64(w->text, &number))
		return number > 0 && number <= NUMBER_MAX ? (int)number : 0;
	while (str_split(&table, '\n', &line)) {
		if (!str_split(&line, '\t', &listed) || !str_split(&line, '\t', &role) ||
		    !str_eq(role, STR("count")))
			continue;
		while (str_split(&listed, ' ', &word))
			if (str_eq_nocase(w->text, word) && str_to_i64(line, &number))
				return (int)number;
	}
	return 0;
}

bool word_is(const struct phrase_word *w, const char *word)
{
	return !w->is_quoted && str_eq_nocase(w->text, str_of(word));
}

int words_split(struct str s, struct phrase_word words[PHRASE_WORDS_MAX], size_t *n, struct err *e)
{
	*n = 0;
	for (size_t at = 0; at < s.n;) {
		if (is_space(s.p[at]))
			at++;
		else if (add_word(words, n, read_word(s, &at), e))
			return -1;
	}
	find_meanings(EMBEDDED(questions_tsv), 0, ROLE_AT_MONTH, words, *n);
	find_meanings(EMBEDDED(times_tsv), ROLE_AT_MONTH, ROLE_COUNT, words, *n);
	return 0;
}
