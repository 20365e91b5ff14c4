/* The words of a phrase. */
#include "api/query/phrase_words.h"

#include <string.h>

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

static struct str without_punctuation(struct str s, bool *has_comma)
{
	while (s.n && strchr("?!.,;:", s.p[s.n - 1])) {
		*has_comma |= s.p[s.n - 1] == ',' || s.p[s.n - 1] == ';';
		s.n--;
	}
	while (s.n && strchr("!?,;:", s.p[0]))
		s = str_sub(s, 1, s.n);
	return s;
}

/* "U.S." keeps its last stop: it belongs to the name. */
static bool ends_abbreviation(struct str s)
{
	return s.n >= 4 && s.p[s.n - 1] == '.' && s.p[s.n - 3] == '.';
}

static int add_word(struct word_tags *words, size_t *n, struct word_tags w, struct err *e)
{
	if (w.text.n == 0)
		return 0;
	if (*n == PHRASE_WORDS_MAX)
		return err_set(e, ERR_INPUT, "q", "\"q\" has more than %d words", PHRASE_WORDS_MAX);
	words[(*n)++] = w;
	return 0;
}

/* The word that starts at `at`, which is moved past it. */
static struct word_tags read_word(struct str s, size_t *at)
{
	struct word_tags w = {.from = *at};
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
		w.text = ends_abbreviation(raw) ? raw : without_punctuation(raw, &w.has_comma);
	}
	*at += n;
	w.to = *at;
	return w;
}

int words_split(struct str s, struct word_tags words[PHRASE_WORDS_MAX], size_t *n, struct err *e)
{
	*n = 0;
	for (size_t at = 0; at < s.n;) {
		if (is_space(s.p[at]))
			at++;
		else if (add_word(words, n, read_word(s, &at), e))
			return -1;
	}
	return 0;
}
