/* Runs the cases of tests/cases/time: sentences with the time expressions they hold.
 *
 * A file is a table: day of publication ("-" for none), text ("|" ends a paragraph), expressions in
 * the order of the text as words=value, parted by "; " ("-" for none), and the reason. Lines that
 * start with # and empty ones are skipped. */
#include "extract/time/time.h"

#include <dirent.h>
#include <stdio.h>

#include "extract/syntax/syntax.h"
#include "extract/syntax/text_parse.h"
#include "extract/tables/lexicon.h"
#include "extract/tables/table.h"
#include "extract/text/quote.h"
#include "extract/text/segment.h"
#include "extract/text/sentence.h"
#include "extract/text/token.h"
#include "extract/time/words.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/unit.h"

enum { CASE_BYTES = 64 << 20, LINE = 4096, WEEKDAY_CASES = 245, OTHER_CASES = 220 };

struct runner {
	struct lexicon *lexicon;
	struct syntax *syntax;
	struct time_words *words;
	struct arena a; /* of the tables */
};

static void runner_open(struct runner *r)
{
	struct err e = {0};
	arena_init(&r->a, CASE_BYTES);
	r->lexicon = lexicon_open(&e);
	ck_assert_msg(r->lexicon != NULL, "%s", e.message);
	r->syntax = syntax_open(NULL, &e);
	ck_assert_msg(r->syntax != NULL, "%s", e.message);
	r->words = time_words_open(&e);
	ck_assert_msg(r->words != NULL, "%s", e.message);
}

static void runner_close(struct runner *r)
{
	time_words_close(r->words);
	syntax_close(r->syntax);
	lexicon_close(r->lexicon);
	arena_release(&r->a);
}

static struct str with_paragraphs(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n * 2 + 1);
	size_t n = 0;
	ck_assert_ptr_nonnull(p);
	for (size_t i = 0; i < s.n; i++) {
		p[n++] = s.p[i] == '|' ? '\n' : s.p[i];
		if (s.p[i] == '|')
			p[n++] = '\n';
	}
	return (struct str){p, n};
}

static void find(const struct runner *r, struct str text, day_t day, struct arena *a,
		 struct text *t, struct time_list *out)
{
	ck_assert_int_eq(text_tokenize(t, text, r->lexicon, a), 0);
	ck_assert_int_eq(text_find_quotes(t, a), 0);
	ck_assert_int_eq(text_find_sentences(t, a), 0);
	ck_assert_int_eq(text_parse(t, r->syntax, a), 0);
	ck_assert_int_eq(text_find_segments(t, a), 0);
	ck_assert_int_eq(times_find(r->words, t, day, a, out), 0);
}

/* Byte of a code point. */
static size_t byte_of(struct str s, uint32_t point)
{
	size_t i = 0;
	for (uint32_t n = 0; i < s.n; i++)
		if (((unsigned char)s.p[i] & 0xC0) != 0x80 && n++ == point)
			break;
	return i;
}

static void check_list(const struct time_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct time_expression *x = &l->v[i];
		ck_assert_uint_lt(x->span.start, x->span.end);
		ck_assert(i == 0 || l->v[i - 1].span.end <= x->span.start);
		ck_assert(x->first <= x->head && x->head <= x->last && x->from <= x->to &&
			  x->rule.n > 0);
	}
}

static bool run_case(const struct runner *r, const struct table *row)
{
	struct arena a;
	struct text t;
	struct time_list l;
	char got[LINE] = "";
	day_t day = DAY_NONE;
	arena_init(&a, CASE_BYTES);
	ck_assert_msg(row->n == 4, "%s:%u has %zu cells", row->name, row->line, row->n);
	ck_assert(str_eq(row->cell[0], STR("-")) || day_parse(row->cell[0], &day));
	struct str text = with_paragraphs(&a, row->cell[1]);
	find(r, text, day, &a, &t, &l);
	check_list(&l);
	for (size_t i = 0; i < l.n; i++) {
		struct str words = str_sub(text, byte_of(text, l.v[i].span.start),
					   byte_of(text, l.v[i].span.end));
		size_t n = strlen(got);
		snprintf(got + n, sizeof got - n, "%s%.*s=%s", n ? "; " : "", STR_ARG(words),
			 l.v[i].value);
	}
	bool is_right = str_eq(str_of(l.n ? got : "-"), row->cell[2]);
	if (!is_right)
		printf("%s:%u: %.*s\n  want %.*s\n  got  %s\n", row->name, row->line,
		       STR_ARG(row->cell[1]), STR_ARG(row->cell[2]), l.n ? got : "-");
	fflush(stdout); /* the test runs in a child that may end in an abort */
	arena_release(&a);
	return is_right;
}

static void run_file(const char *path, int at_least)
{
	struct runner r;
	int n = 0, failed = 0;
	runner_open(&r);
	struct table row = table_of(path, case_file_read(&r.a, path));
	for (; table_next(&row); n++)
		failed += !run_case(&r, &row);
	runner_close(&r);
	ck_assert_int_ge(n, at_least);
	ck_assert_msg(failed == 0, "%s: %d of %d cases failed", path, failed, n);
}

START_TEST(times_find__weekdays__by_the_tense_of_their_verb)
{
	run_file("tests/cases/time/weekdays.tsv", WEEKDAY_CASES);
}
END_TEST

START_TEST(times_find__other_expressions_and_traps__their_values_or_none)
{
	run_file("tests/cases/time/others.tsv", OTHER_CASES);
}
END_TEST

UNIT_MAIN("time", times_find__weekdays__by_the_tense_of_their_verb,
	  times_find__other_expressions_and_traps__their_values_or_none)
