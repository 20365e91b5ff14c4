/* What every unit test shares: one program a file, run by Check. UNIT_MAIN("noun", test, test, ...)
 * ends the file. Tests are named noun_verb__condition__result. */
#ifndef DEMARCHE_TESTS_UNIT_H
#define DEMARCHE_TESTS_UNIT_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/str.h"

static inline int unit_run(const char *noun, const TTest *const *tests, size_t n)
{
	Suite *suite = suite_create(noun);
	TCase *cases = tcase_create(noun);
	/* Seconds, times tools/check's factor for the kind of build: for a test that hangs. The
	 * slowest takes 15 s on an idle machine. */
	tcase_set_timeout(cases, 300);
	for (size_t i = 0; i < n; i++)
		tcase_add_test(cases, tests[i]);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define UNIT_MAIN(noun, ...)                                                                       \
	int main(void)                                                                             \
	{                                                                                          \
		const TTest *tests[] = {__VA_ARGS__};                                              \
		return unit_run(noun, tests, sizeof tests / sizeof tests[0]);                      \
	}

/* A view equals a literal; prints both when it does not. */
#define assert_str(got, want)                                                                      \
	do {                                                                                       \
		struct str got_ = (got), want_ = str_of(want);                                     \
		ck_assert_msg(str_eq(got_, want_), "got \"%.*s\", want \"%.*s\"", STR_ARG(got_),   \
			      STR_ARG(want_));                                                     \
	} while (0)
#define assert_ok(call, e)                                                                         \
	do {                                                                                       \
		int rc_ = (call);                                                                  \
		ck_assert_msg(rc_ == 0, "%s: %s: %s", #call, (e).field, (e).message);              \
	} while (0)
#define assert_fails(call, e, kind_)                                                               \
	do {                                                                                       \
		(e) = (struct err){0};                                                             \
		ck_assert_msg((call) != 0, "%s succeeded", #call);                                 \
		ck_assert_msg((e).kind == (kind_), "%s: kind %d, want %d: %s", #call, (e).kind,    \
			      (kind_), (e).message);                                               \
	} while (0)

#endif
