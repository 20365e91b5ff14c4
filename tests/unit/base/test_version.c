/* The order of versions: the examples of Semantic Versioning 2.0.0, section 11, and
 * what is none. */
#include "base/version.h"

#include "tests/unit/unit.h"

START_TEST(version_compare__a_rising_list__rises)
{
	static const char *const rising[] = {"",
					     "0.4.0",
					     "0.5.0",
					     "0.10.0",
					     "1.0.0-alpha",
					     "1.0.0-alpha.1",
					     "1.0.0-alpha.beta",
					     "1.0.0-beta",
					     "1.0.0-beta.2",
					     "1.0.0-beta.11",
					     "1.0.0-rc.1",
					     "1.0.0",
					     "1.0.1",
					     "1.1",
					     "2.0.0",
					     "10.0.0",
					     "99999999999999999999.0.0"};
	const size_t n = sizeof rising / sizeof rising[0];
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++) {
			int order = version_compare(str_of(rising[i]), str_of(rising[k]));
			ck_assert_msg((order > 0) == (i > k) && (order < 0) == (i < k),
				      "\"%s\" and \"%s\": %d", rising[i], rising[k], order);
		}
}
END_TEST

START_TEST(version_compare__written_otherwise__is_the_same)
{
	ck_assert_int_eq(version_compare(STR("1.2"), STR("1.2.0")), 0);
	ck_assert_int_eq(version_compare(STR("1.2.0+build.5"), STR("1.2.0+other")), 0);
	ck_assert_int_eq(version_compare(STR("1.02.0"), STR("1.2.0")), 0);
	ck_assert_int_eq(version_compare(STR_EMPTY, STR_EMPTY), 0);
	ck_assert_int_ne(version_compare(STR("1..0"), STR("nonsense-")), 0);
}
END_TEST

UNIT_MAIN("version", version_compare__a_rising_list__rises,
	  version_compare__written_otherwise__is_the_same)
