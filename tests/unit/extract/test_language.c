/* Runs the cases of tests/cases/text/language.tsv, and holds what the engine makes of a text in
 * another language. */
#include "extract/text/language.h"

#include <stdio.h>

#include "extract/extract.h"
#include "extract/tables/table.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/unit.h"

enum { CASE_BYTES = 32 << 20, CASES = 35 };

START_TEST(language_is_foreign__texts_of_many_kinds__by_their_own_words)
{
	struct arena a;
	arena_init(&a, CASE_BYTES);
	struct table t =
		table_of("language.tsv", case_file_read(&a, "tests/cases/text/language.tsv"));
	int n = 0, failed = 0;
	for (; table_next(&t); n++) {
		bool want = str_eq(t.cell[0], STR("other"));
		ck_assert_msg(want || str_eq(t.cell[0], STR("english")), "line %u", t.line);
		if (language_is_foreign(t.cell[2]) == want)
			continue;
		failed++;
		struct language_opinion o = language_weigh(t.cell[2], language_weights());
		printf("fails: %.*s, %u words, %.1f: %.*s\n", STR_ARG(t.cell[1]), o.words, o.mean,
		       STR_ARG(t.cell[2]));
	}
	arena_release(&a);
	ck_assert_int_ge(n, CASES);
	ck_assert_msg(failed == 0, "%d of %d cases failed", failed, n);
}
END_TEST

START_TEST(engine_extract__another_language__no_statement_and_why)
{
	static const struct {
		const char *text, *language;
		enum unread why;
	} cases[] = {
		{"Maria Novak said that the talks had failed.", "", UNREAD_NO},
		{"Maria Novak said that the talks had failed.", "en-GB", UNREAD_NO},
		{"Maria Novak said that the talks had failed.", "de", UNREAD_LANGUAGE_GIVEN},
		{"Maria Novak sagte am Montag, dass die Gespräche gescheitert seien und dass die "
		 "Regierung nun über neue Schritte nachdenke.",
		 "", UNREAD_LANGUAGE_FOUND},
		{"Maria Novak sagte am Montag, dass die Gespräche gescheitert seien und dass die "
		 "Regierung nun über neue Schritte nachdenke.",
		 "en", UNREAD_LANGUAGE_FOUND},
	};
	struct err e = {0};
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena a;
		struct extraction x;
		const struct article article = {.text = str_of(cases[i].text),
						.language = str_of(cases[i].language)};
		arena_init(&a, CASE_BYTES);
		ck_assert_int_eq(engine_extract(en, &article, &a, &x, &e), 0);
		ck_assert_int_eq(engine_unread(&article), cases[i].why);
		ck_assert_int_eq(x.n_statements > 0, cases[i].why == UNREAD_NO);
		arena_release(&a);
	}
	engine_close(en);
}
END_TEST

START_TEST(language_weigh__what_is_no_text__says_nothing)
{
	static const char *const texts[] = {"", " \n\t", "1 2 3 %", "\xE2\x80\x9C \xE2\x80\x94"};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct language_opinion o = language_weigh(str_of(texts[i]), language_weights());
		ck_assert_uint_eq(o.words, 0);
		ck_assert(!language_opinion_is_foreign(o));
	}
}
END_TEST

UNIT_MAIN("language", language_is_foreign__texts_of_many_kinds__by_their_own_words,
	  engine_extract__another_language__no_statement_and_why,
	  language_weigh__what_is_no_text__says_nothing)
