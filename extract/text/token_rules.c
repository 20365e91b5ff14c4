/* Words: how far one reaches, and where it is parted. The conventions are those of the English
 * treebanks EWT and GUM: a hyphen parts a word ("state - owned") unless the first part is a prefix
 * ("non-profit") or all is digits, clitics come off, and an abbreviation keeps its full stop. */
#include "extract/text/token_rules.h"

#include <string.h>

#include "base/char.h"
#include "extract/tables/key.h"
#include "extract/tables/lexicon.h"

static size_t count_digits(struct str s)
{
	size_t n = 0;
	while (n < s.n && byte_is_digit(s.p[n]))
		n++;
	return n;
}

static bool is_number(struct str s)
{
	return s.n > 0 && count_digits(s) == s.n;
}

bool word_is_initialism(struct str w)
{
	if (w.n < 4 || w.n % 2 != 0)
		return false;
	for (size_t i = 0; i < w.n; i++)
		if (i % 2 ? w.p[i] != '.' : !byte_is_letter(w.p[i]))
			return false;
	return true;
}

/* --- joints ----------------------------------------------------------------------------------- */

/* A word being read: [start, at) is what it has, [part, at) what it has since the last joint. */
struct reach {
	const struct lexicon *lx;
	struct str b;
	size_t start, part, at;
	bool after_name;
};

/* The letters and digits from `at` on. */
static size_t run_end(struct str b, size_t at)
{
	size_t next;
	while (at < b.n && point_is_word(point_at(b, at, &next)))
		at = next;
	return at;
}

static bool is_in(const struct lexicon *lx, struct str s, enum word_set set)
{
	return word_sets_has_nocase(lexicon_word_sets(lx), s, set);
}

/* "713-853-3989", "345-9945", "77030-2707", "12-20-2000"; not "3-4", "1969-1970". */
static bool is_digit_group(struct str first, struct str second, struct str b, size_t after)
{
	if (!is_number(first) || !is_number(second))
		return false;
	if (second.n == 4 && (first.n == 3 || first.n == 5))
		return true;
	if (after >= b.n || b.p[after] != '-')
		return false;
	size_t third = count_digits(str_sub(b, after + 1, b.n));
	return third == 4 || (third == 3 && first.n == 1 && second.n == 3) ||
	       (third == 2 && first.n <= 2 && second.n <= 2);
}

/* "Jong-un" after "Kim", "Shin-wook": two short parts, the second small, that are no words. */
static bool is_two_part_name(const struct reach *r, struct str first, struct str second)
{
	if (first.n < 2 || first.n > 6 || second.n < 2 || second.n > 5 || first.p[0] < 'A' ||
	    first.p[0] > 'Z' || second.p[0] < 'a' || second.p[0] > 'z' || first.p[1] < 'a')
		return false;
	bool is_word = lexicon_word(r->lx, word_key(first)),
	     is_second_word = lexicon_word(r->lx, word_key(second));
	return r->after_name ? !is_word || !is_second_word : !is_word && !is_second_word;
}

/* May the hyphen at r->at join the part before it with the one behind? */
static bool hyphen_joins(const struct reach *r, size_t behind)
{
	size_t end = run_end(r->b, behind);
	struct str first = str_sub(r->b, r->part, r->at), second = str_sub(r->b, behind, end);
	bool starts = r->part == r->start;
	if (starts && is_in(r->lx, first, SET_PREFIX) && !is_in(r->lx, second, SET_SMALL_WORD))
		return first.n > 1 || first.p[0] == 'e' || first.p[0] == 'E';
	if (is_in(r->lx, second, SET_SUFFIX) && end >= behind && r->at > r->part)
		return true;
	if (is_digit_group(first, second, r->b, end))
		return true;
	/* the last group of a longer number */
	if (r->part > r->start && is_number(first) && is_number(second))
		return r->b.p[r->part - 1] == '-';
	return starts && is_two_part_name(r, first, second);
}

/* "11/28/2000", "9/11", "6/14"; not "3/4", "24/7". */
static bool slash_joins(const struct reach *r, size_t behind)
{
	struct str first = str_sub(r->b, r->part, r->at);
	if (r->part == r->start &&
	    str_is_one_of_nocase(str_sub(r->b, r->start, run_end(r->b, behind)),
				 "w/o b/c l/c i/c n/a s/he"))
		return true;
	size_t n = count_digits(str_sub(r->b, behind, r->b.n));
	if (!is_number(first) || n == 0 || first.n > 2 || n > 4 || n == 3)
		return r->part > r->start && is_number(first) && (n == 2 || n == 4) &&
		       r->b.p[r->part - 1] == '/';
	if (r->part > r->start)
		return r->b.p[r->part - 1] == '/';
	size_t after = behind + n;
	if (after + 1 < r->b.n && r->b.p[after] == '/' && byte_is_digit(r->b.p[after + 1]))
		return n <= 2;
	int64_t month, day;
	return n == 2 && str_to_i64(first, &month) &&
	       str_to_i64(str_sub(r->b, behind, after), &day) && month >= 1 && month <= 12 &&
	       day >= 1 && day <= 31;
}

/* May the full stop at r->at, with a letter or digit behind it, be inside of the word? "3.5",
 * "U.S", "Ph.D" */
static bool stop_joins(const struct reach *r, size_t behind)
{
	struct str part = str_sub(r->b, r->part, r->at);
	bool digit_behind = byte_is_digit(r->b.p[behind]),
	     digit_before = byte_is_digit(r->b.p[r->at - 1]);
	if (digit_before || digit_behind)
		return digit_before && digit_behind;
	if (part.n == 1 || str_is_one_of_nocase(part, "ph"))
		return byte_is_letter(r->b.p[r->at - 1]) && byte_is_letter(r->b.p[behind]);
	return false;
}

/* Does the mark c at r->at, with a letter or digit `behind` it, join? */
static bool joins(const struct reach *r, uint32_t c, size_t behind)
{
	bool digits = byte_is_digit(r->b.p[r->at - 1]) && byte_is_digit(r->b.p[behind]);
	if (c == '_' || c == '&' || point_is_apostrophe(c))
		return true;
	if (c == '-' || c == 0x2010 || c == 0x2011)
		return hyphen_joins(r, behind);
	if (c == '/')
		return slash_joins(r, behind);
	if (c == '.')
		return stop_joins(r, behind);
	return digits && (c == ',' || c == ':');
}

/* --- full stops ------------------------------------------------------------------------------- */

/* Is there nothing more in the paragraph after `at` but closing marks? */
static bool ends_line(struct str b, size_t at)
{
	size_t next;
	for (; at < b.n; at = next) {
		uint32_t c = point_at(b, at, &next);
		if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029)
			return true;
		if (!point_is_space(c) && c != '"' && c != ')' && c != 0x201D && c != 0x2019 &&
		    c != '\'')
			return false;
	}
	return true;
}

/* Does what follows the stop start a sentence, by its capital? */
static bool capital_follows(struct str b, size_t at)
{
	size_t next;
	if (at >= b.n || !point_is_space(point_at(b, at, &next)))
		return false;
	while (at < b.n && point_is_space(point_at(b, at, &next)))
		at = next;
	uint32_t c = point_at(b, at, &next);
	return (c >= 'A' && c <= 'Z') || c == 0x201C || c == '"';
}

/* May the full stop at r->at belong to the word? */
static bool keeps_stop(const struct reach *r)
{
	struct str b = r->b, w = str_sub(b, r->start, r->at);
	size_t at = r->at;
	if (str_is_one_of_nocase(w, "us uk un am pm eg ie")) /* whose abbreviations have stops
								inside, and the same key */
		return false;
	if (w.n == 1)
		return w.p[0] >= 'A' && w.p[0] <= 'Z' && at + 1 < b.n && b.p[at + 1] == ' ' &&
		       w.p[0] != 'I' && !ends_line(b, at + 1);
	if (is_in(r->lx, w, SET_ENDING_ABBREVIATION) &&
	    (ends_line(b, at + 1) ||
	     (capital_follows(b, at + 1) && str_is_one_of_nocase(w, "etc")) ||
	     (at + 1 < b.n && b.p[at + 1] == '.')))
		return false;
	if (word_is_initialism(str_sub(b, r->start, at + 1)))
		return true;
	if (str_is_one_of_nocase(w, "al"))
		return r->start >= 3 && str_eq(str_sub(b, r->start - 3, r->start), STR("et "));
	if (str_is_one_of_nocase(w, "no")) /* "No. 5" */
		return at + 2 < b.n && b.p[at + 1] == ' ' && byte_is_digit(b.p[at + 2]);
	return w.n <= 6 &&
	       lexicon_is_abbreviation(r->lx, word_key(w), w.p[0] >= 'A' && w.p[0] <= 'Z');
}

size_t word_end(const struct lexicon *lx, struct str b, size_t start, bool after_name)
{
	struct reach r = {lx, b, start, start, run_end(b, start), after_name};
	for (;;) {
		size_t behind, next;
		uint32_t c = point_at(b, r.at, &behind);
		if (c == 0 && r.at >= b.n)
			return r.at;
		if (behind < b.n && point_is_word(point_at(b, behind, &next)) &&
		    joins(&r, c, behind)) {
			if (!point_is_apostrophe(c))
				r.part = behind;
			r.at = run_end(b, behind);
			continue;
		}
		return c == '.' && keeps_stop(&r) ? behind : r.at;
	}
}

/* --- parts ------------------------------------------------------------------------------------ */

static size_t contraction_cuts(const struct lexicon *lx, struct str w, size_t cuts[WORD_CUTS])
{
	const struct contraction *c = lexicon_contraction(lx, w);
	if (!c || (w.n == 2 && w.p[1] == 'M')) /* "IM" */
		return 0;
	for (size_t i = 0; i < c->n; i++)
		cuts[i] = c->cuts[i];
	return c->n;
}

/* "7|pm", "7:30|PM", "35|mm", "$10|k"; "20th", "1970s" and "3D" are whole. */
static size_t unit_cut(const struct lexicon *lx, struct str w, bool after_currency)
{
	size_t n = 0;
	while (n < w.n && (byte_is_digit(w.p[n]) ||
			   ((w.p[n] == '.' || w.p[n] == ',' || w.p[n] == ':') && n > 0)))
		n++;
	struct str unit = str_sub(w, n, w.n);
	if (n == 0 || unit.n == 0 || unit.n > 4 || !byte_is_digit(w.p[n - 1]))
		return 0;
	if (is_in(lx, unit, SET_UNIT))
		return n;
	bool is_small = unit.p[0] >= 'a';
	return str_is_one_of_nocase(unit, "k m") && (is_small || after_currency) ? n
	       : str_is_one_of_nocase(unit, "b") && after_currency		 ? n
										 : 0;
}

/* "'s" after a decade or a year is its plural: "1990's". */
static bool is_decade(struct str w)
{
	return (w.n == 2 || w.n == 4) && is_number(w) && w.p[w.n - 1] == '0';
}

static size_t clitic_cut(struct str w)
{
	static const char *const endings[] = {"n't", "n’t", "'s",  "’s",  "`s",	 "'re",
					      "’re", "'ve", "’ve", "'ll", "’ll", "'d",
					      "’d",  "'m",  "’m",  "nʼt", "ʼs"};
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		struct str suffix = str_of(endings[i]);
		if (w.n <= suffix.n || !str_eq_nocase(str_sub(w, w.n - suffix.n, w.n), suffix))
			continue;
		size_t cut = w.n - suffix.n;
		return suffix.p[suffix.n - 1] == 's' && is_decade(str_sub(w, 0, cut)) ? 0 : cut;
	}
	return 0;
}

size_t word_cuts(const struct lexicon *lx, struct str w, bool after_currency,
		 size_t cuts[WORD_CUTS])
{
	size_t n = contraction_cuts(lx, w, cuts);
	if (n)
		return n;
	size_t clitic = clitic_cut(w), unit = 0;
	if (byte_is_digit(w.p[0]))
		unit = unit_cut(lx, clitic ? str_sub(w, 0, clitic) : w, after_currency);
	if (unit)
		cuts[n++] = unit;
	if (clitic) {
		/* "could|'ve|n't", "I'd|'ve" have two */
		size_t before = unit ? 0 : clitic_cut(str_sub(w, 0, clitic));
		if (before)
			cuts[n++] = before;
		cuts[n++] = clitic;
	}
	return n;
}
