/* The table of hostile texts. Most repeat a unit; in a unit, '#' stands for a number that rises and
 * '%' for a word that is never the same twice, so that what is looked up by name finds ever new
 * ones. */
#include "tests/hostile/hostile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Text that grows to at most `room` bytes; what does not fit whole is not begun. */
struct writer {
	char *out;
	size_t n, room;
};

static int put(struct writer *w, const char *s, size_t n)
{
	if (n > w->room - w->n)
		return 0;
	memcpy(w->out + w->n, s, n);
	w->n += n;
	return 1;
}

/* A word with a capital for each number: "Baba", "Babe", ... of consonants and vowels in turn. */
static size_t spell(size_t number, char word[16])
{
	static const char consonants[] = "bdfgklmnprstvz", vowels[] = "aeiou";
	size_t n = 0;
	for (; n < 4 || (number && n < 14); number /= 70) {
		word[n++] = consonants[number % 70 % 14];
		word[n++] = vowels[number % 70 / 14];
	}
	word[0] = (char)(word[0] - 'a' + 'A');
	return n;
}

static int put_unit(struct writer *w, const char *unit, size_t number)
{
	size_t start = w->n;
	for (const char *p = unit; *p; p++) {
		char word[32];
		size_t n = 1;
		word[0] = *p;
		if (*p == '#')
			n = (size_t)snprintf(word, sizeof word, "%zu", number);
		else if (*p == '%')
			n = spell(number, word);
		if (!put(w, word, n)) {
			w->n = start;
			return 0;
		}
	}
	return 1;
}

static size_t repeat(const struct hostile *h, char *out, size_t n)
{
	struct writer w = {out, 0, n};
	for (size_t i = 0; put_unit(&w, h->unit, i); i++)
		;
	return w.n;
}

/* The part before the bar in the first half, the part after it in the second: what opens for long
 * and closes late. */
static size_t halves(const struct hostile *h, char *out, size_t n)
{
	char first[64];
	const char *bar = strchr(h->unit, '|');
	struct writer w = {out, 0, n / 2};
	snprintf(first, sizeof first, "%.*s", (int)(bar - h->unit), h->unit);
	for (size_t i = 0; put_unit(&w, first, i); i++)
		;
	w.room = n;
	for (size_t i = 0; put_unit(&w, bar + 1, i); i++)
		;
	return w.n;
}

/* The part before the bar once, then the other again and again. */
static size_t once(const struct hostile *h, char *out, size_t n)
{
	char first[128];
	const char *bar = strchr(h->unit, '|');
	struct writer w = {out, 0, n};
	snprintf(first, sizeof first, "%.*s", (int)(bar - h->unit), h->unit);
	if (put_unit(&w, first, 0))
		for (size_t i = 0; put_unit(&w, bar + 1, i); i++)
			;
	return w.n;
}

/* Words of a list in an order that never settles: what a tree of them looks like nobody knows. */
static size_t salad(const struct hostile *h, char *out, size_t n)
{
	struct writer w = {out, 0, n};
	const char *words[64];
	size_t lengths[64], count = 0;
	unsigned long long state = 88172645463325252ULL;
	for (const char *p = h->unit; *p && count < 64; count++) {
		words[count] = p;
		lengths[count] = strcspn(p, "|");
		p += lengths[count] + (p[lengths[count]] == '|');
	}
	do {
		state ^= state << 13;
		state ^= state >> 7;
		state ^= state << 17;
	} while (put(&w, words[state % count], lengths[state % count]));
	return w.n;
}

/* The part before the bar, the middle one for nine tenths, then the last one to the end: one long
 * quotation and many who want it. */
static size_t long_middle(const struct hostile *h, char *out, size_t n)
{
	char first[32], middle[64];
	const char *bar = strchr(h->unit, '|'), *second = strchr(bar + 1, '|');
	struct writer w = {out, 0, n / 10 * 9};
	snprintf(first, sizeof first, "%.*s", (int)(bar - h->unit), h->unit);
	snprintf(middle, sizeof middle, "%.*s", (int)(second - bar - 1), bar + 1);
	if (put_unit(&w, first, 0))
		for (size_t i = 0; put_unit(&w, middle, i); i++)
			;
	w.room = n;
	for (size_t i = 0; put_unit(&w, second + 1, i); i++)
		;
	return w.n;
}

static size_t bytes(const struct hostile *h, char *out, size_t n)
{
	struct writer w = {out, 0, n};
	while (put(&w, h->unit, strlen(h->unit)))
		;
	return w.n;
}

const struct hostile hostile_texts[] = {
	/* brackets, marks and nothing */
	{"brackets", bytes, "["},
	{"brackets-both", bytes, "[]"},
	{"brackets-halves", halves, "[a |] "},
	{"parentheses", bytes, "("},
	{"stops", bytes, ". "},
	{"commas", bytes, ", "},
	{"dashes", bytes, "— "},
	{"hyphens", bytes, "-"},
	{"apostrophes", bytes, "'"},
	{"possessives", bytes, "'s "},
	{"colons", bytes, ": "},
	{"semicolons", bytes, "a; "},
	{"lines", bytes, "a\n"},
	{"paragraphs", bytes, "a\n\n"},
	{"paragraphs-empty", bytes, "\n\n"},
	{"paragraphs-of-marks", bytes, "“\n\n"},
	/* letters */
	{"letters", bytes, "a"},
	{"letters-apart", bytes, "a "},
	{"capitals-apart", bytes, "A "},
	{"digits", bytes, "1"},
	{"combining", bytes, "\u0301"},
	{"combining-words", bytes, "a\u0301\u0301\u0301 "},
	{"ligatures", bytes, "ﬁ "},
	{"faces", bytes, "😀"},
	{"right-to-left", bytes, "\u202Ea "},
	{"chinese", bytes, "她说"},
	{"addresses", bytes, "http://a.b/c?d "},
	{"mails", bytes, "a.b.c.d@"},
	{"sites", bytes, "a.b.c."},
	{"abbreviations", bytes, "Mr. Dr. U.S. e.g. "},
	{"initials", bytes, "J. R. "},
	/* quotations */
	{"quotes-curly", bytes, "“a "},
	{"quotes-curly-nested", halves, "“a |” "},
	{"quotes-curly-said", repeat, "“% said “we agree "},
	{"quotes-guillemets", halves, "« a |» "},
	{"quotes-corner", halves, "「a |」 "},
	{"quotes-single", halves, "‘a |’ "},
	{"quotes-single-open", bytes, "‘the officials’ "},
	{"quotes-straight", bytes, "\"a "},
	{"quotes-straight-single", bytes, "'a "},
	{"quotes-mixed", bytes, "“a ‘b \"c « d 「e 'f "},
	{"quotes-alternating", bytes, "“a‘b”c’ "},
	{"quotes-of-speech", repeat, "“We will not accept it,” % said. "},
	{"quotes-loose", bytes, "“We will not accept it.” "},
	{"quotes-then-cues", halves, "“No.” |Ann said. "},
	{"quotes-over-paragraphs", bytes, "“We will go on.\n\n"},
	{"quotes-one-long", once, "“|we will not go, "},
	{"quotes-shared", long_middle, "“|we will not go, |,” Ann said. Bob said so"},
	{"quotes-shared-issues", long_middle,
	 "“|climate change and trade war, |.” Ann said. Bob said it. "},
	{"quotes-within", bytes, "Ann said: “Bob said: ‘they said that "},
	/* cues */
	{"said", bytes, "said "},
	{"he-said", bytes, "he said "},
	{"he-said-that", bytes, "he said that "},
	{"ann-said-that", repeat, "% said that "},
	{"according-to", bytes, "according to "},
	{"according-to-names", repeat, "according to %, "},
	{"told-names", repeat, "% told % of the plan, "},
	{"accused", repeat, "% accused % of "},
	{"cue-nouns", bytes, "the claim of the view of the plan of "},
	{"whether", bytes, "asked whether "},
	{"script", bytes, "ANN: no.\n"},
	{"signatures", bytes, "“No.” — Ann "},
	/* words of grammar */
	{"and", bytes, "and "},
	{"that", bytes, "that "},
	{"to", bytes, "to "},
	{"to-want", bytes, "to want "},
	{"of-the", bytes, "of the "},
	{"who", bytes, "who, "},
	{"not", bytes, "not "},
	{"was", bytes, "was "},
	{"relatives", repeat, "the man who saw the dog that "},
	{"conjuncts", bytes, "threaten jobs and is afraid and "},
	{"subjects", bytes, "they we he it "},
	{"appositions", repeat, "%, the head of the board, "},
	{"parentheticals", repeat, "% (the head (of the board "},
	{"salad", salad,
	 "the |a |of |and |that |said |, |— |“|” |he |Ann |Lee |not |to |go |has |is |who |which "
	 "|was |by |in |: "},
	{"salad-marks", salad, "[|]|(|)|“|”|‘|’|\"|'|«|»|—|-|,|.|;|:|a |I |\n|\n\n|!|?|…|$|%"},
	/* names */
	{"names", repeat, "% "},
	{"names-listed", repeat, "%, "},
	{"names-joined", repeat, "% and "},
	{"names-full", repeat, "% Smith. "},
	{"names-full-pronouns", repeat, "% Smith left. He said so. "},
	{"names-first", repeat, "John %. "},
	{"names-titles", repeat, "President % Lee and "},
	{"names-long", repeat, "% of the "},
	{"names-known", bytes, "Xi Jinping Joe Biden "},
	{"names-half", repeat, "% Lee met Lee. "},
	{"acronyms", bytes, "UN EU WHO NATO "},
	{"countries", bytes, "China, France, the U.S., "},
	{"demonyms", bytes, "Chinese French officials "},
	{"nominals", bytes, "The officer saw the minister. "},
	{"nominals-many", repeat, "The officer of % left. The officer said so. "},
	{"pronouns", bytes, "He saw her and they saw it. "},
	{"it", bytes, "it "},
	/* times and issues */
	{"times", bytes, "Monday "},
	{"times-dates", bytes, "on 5 May 2020, "},
	{"times-relative", bytes, "three days ago last week "},
	{"times-ranges", bytes, "between 2010 and 2020 "},
	{"numbers", repeat, "# "},
	{"numbers-commas", bytes, "1,"},
	{"numbers-money", bytes, "$1.5 million "},
	{"issues", bytes, "climate change trade war tariffs "},
	{"issues-one-content", once,
	 "Ann Lee said that |climate change, trade war, tariffs, nuclear weapons, "},
	{"issues-words", bytes, "core interests communication military "},
	{"issues-many-contents", bytes, "Ann Lee said that the climate change trade war is bad. "},
	{"stances", bytes, "Ann Lee supports the ban and opposes the tax. "},
	{"stances-many", bytes, "We support, oppose, condemn, welcome, "},
};

const size_t hostile_count = sizeof hostile_texts / sizeof hostile_texts[0];

char *hostile_text(const char *name, size_t *n)
{
	for (size_t i = 0; i < hostile_count; i++) {
		const struct hostile *h = &hostile_texts[i];
		char *out = strcmp(h->name, name) == 0 ? malloc(*n + 1) : NULL;
		if (!out)
			continue;
		*n = h->fill(h, out, *n);
		out[*n] = '\0';
		return out;
	}
	return NULL;
}
