#include "extract/text/language.h"

#include <math.h>

#include "base/embed.h"
#include "extract/tables/key.h"

EMBED(weights, "data/language.model");

enum {
	CHUNK = 512, /* bytes read at a place */
	CHUNKS = 12, /* places in a longer text */
	GRAM_MAX = 5
};

/* A text is taken for another language below a mean that rises with its words: set so that no text
 * of 10 words or more falls below it among some 38,000 of English, of which the lowest of 20 words
 * and more have 5, while other languages have -20 to -45 and English 50. At the most half of the
 * words of a text may be of other languages. */
static const double doubt = 100, limit = 18, limit_most = 8;

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

/* Marks of typography are no letters: a dash, quotation marks and others of U+2000 to U+206F, the
 * blank and the quotation marks of Latin-1. How many bytes they take, or 0. */
static size_t mark_at(struct str s, size_t i)
{
	unsigned char a = (unsigned char)s.p[i], b = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
	if (a == 0xE2 && (b == 0x80 || b == 0x81))
		return 3;
	return a == 0xC2 ? 2 : 0;
}

bool language_next_word(struct str text, size_t *at, struct str *word)
{
	size_t i = *at;
	while (i < text.n && (!is_letter(text.p[i]) || mark_at(text, i))) {
		size_t n = mark_at(text, i);
		i += n ? n : 1;
	}
	size_t first = i;
	while (i < text.n && is_letter(text.p[i]) && !mark_at(text, i) && i - first < LANGUAGE_WORD)
		i++;
	*at = i < text.n ? i : text.n;
	*word = str_sub(text, first < text.n ? first : text.n, *at);
	return word->n > 0;
}

static uint32_t row_of(const char *p, size_t n, uint64_t seed)
{
	uint64_t h = 0xCBF29CE484222325u ^ seed;
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)p[i]) * 0x100000001B3u;
	return (uint32_t)(key_mix(h, n) >> (64 - LANGUAGE_BITS));
}

size_t language_features(struct str word, uint32_t out[LANGUAGE_FEATURES])
{
	char p[LANGUAGE_WORD + 2];
	size_t n = 0, found = 0;
	p[n++] = ' ';
	for (size_t i = 0; i < word.n && i < LANGUAGE_WORD; i++)
		p[n++] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char)(word.p[i] + 'a' - 'A')
							      : word.p[i];
	p[n++] = ' ';
	out[found++] = row_of(p, n, 1);
	for (size_t length = 1; length <= GRAM_MAX; length++)
		for (size_t i = 0; i + length <= n && found < LANGUAGE_FEATURES; i++)
			out[found++] = row_of(p + i, length, 0);
	return found;
}

/* A word's whole counts as much as all of its pieces. */
static double weigh_word(struct str word, const int8_t *w)
{
	uint32_t rows[LANGUAGE_FEATURES];
	size_t n = language_features(word, rows);
	int sum = 0;
	for (size_t i = 1; i < n; i++)
		sum += w[rows[i]];
	return w[rows[0]] + (n > 1 ? (double)sum / (double)(n - 1) : 0);
}

struct language_opinion language_weigh(struct str text, const int8_t w[LANGUAGE_WEIGHTS])
{
	struct language_opinion o = {0, 0};
	double sum = 0;
	bool is_long = text.n > (size_t)CHUNK * CHUNKS;
	size_t chunks = is_long ? CHUNKS : 1;
	for (size_t c = 0; c < chunks; c++) {
		size_t start = text.n / chunks * c;
		struct str part = is_long ? str_sub(text, start, start + CHUNK) : text, word;
		for (size_t at = 0; language_next_word(part, &at, &word); o.words++)
			sum += weigh_word(word, w);
	}
	o.mean = o.words ? sum / o.words : 0;
	return o;
}

bool language_opinion_is_foreign(struct language_opinion o)
{
	if (o.words == 0)
		return false;
	double below = limit - doubt / sqrt((double)o.words);
	return o.mean < (below < limit_most ? below : limit_most);
}

const int8_t *language_weights(void)
{
	return (const int8_t *)weights;
}

bool language_is_foreign(struct str text)
{
	return language_opinion_is_foreign(language_weigh(text, language_weights()));
}
