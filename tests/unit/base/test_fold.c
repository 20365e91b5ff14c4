/* Folding for look-up. */
#include "base/fold.h"

#include "base/utf8.h"
#include "tests/unit/unit.h"

static const struct {
	const char *text, *folded, *slug;
} cases[] = {
	{"", "", ""},
	{"Wang Yi", "wang yi", "wang-yi"},
	{"  Wang \t  Yi \n", "wang yi", "wang-yi"},
	{"ERDOGAN", "erdogan", "erdogan"},
	{"Erdo\u011fan\u2019s", "erdogan", "erdogan"},
	{"Erdo\u011fan's", "erdogan", "erdogan"},
	{"Erdog\u0306an", "erdogan", "erdogan"}, /* decomposed */
	{"U.S.", "us", "us"},
	{"U.S.'s", "us", "us"},
	{"U. S.", "u s", "u-s"},
	{"O'Neil", "oneil", "oneil"},
	{"O\u2019Neil\u2019s", "oneil", "oneil"},
	{"China's", "china", "china"},
	{"China\u02bcs", "china", "china"},
	{"CHINA'S", "china", "china"},
	{"Philippines'", "philippines", "philippines"},
	{"the States\u2019", "the states", "the-states"},
	{"core interests", "core interests", "core-interests"},
	{"Xi  --  Jinping", "xi jinping", "xi-jinping"},
	{"-- Xi Jinping --", "xi jinping", "xi-jinping"},
	{"Asia-Pacific", "asia pacific", "asia-pacific"},
	{"Asia\u2013Pacific", "asia pacific", "asia-pacific"},
	{"G7", "g7", "g7"},
	{"Stra\u00dfe", "strasse", "strasse"},
	{"\u0130stanbul", "istanbul", "istanbul"},
	{"\ufb01nance", "finance", "finance"}, /* ligature */
	{"\uff35\uff2e", "un", "un"},	       /* full width */
	{"\u00c5ngstr\u00f6m", "angstrom", "angstrom"},
	{"\u738b\u6bc5", "\u738b\u6bc5", "\u738b\u6bc5"},
	{"\u0412\u043b\u0430\u0434\u0438\u043c\u0438\u0440",
	 "\u0432\u043b\u0430\u0434\u0438\u043c\u0438\u0440",
	 "\u0432\u043b\u0430\u0434\u0438\u043c\u0438\u0440"},
	{"\u201cone\u201d \u2018two\u2019", "one two", "one-two"},
	{"...", "", ""},
	{"'s", "", ""},
	{"!?", "", ""},
	{"a\u00a0b", "a b", "a-b"},
	{"AT&T", "at t", "at-t"},
	{"9/11", "9 11", "9-11"},
};

START_TEST(str_fold__table__folds)
{
	struct arena a;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_str(str_fold(&a, str_of(cases[i].text)), cases[i].folded);
		assert_str(str_slug(&a, str_of(cases[i].text)), cases[i].slug);
	}
	arena_release(&a);
}
END_TEST

/* What is stored folded is looked up folded: folding again must change nothing, or entries get
 * lost. */
START_TEST(str_fold__every_letter__is_stable_and_well_formed)
{
	struct arena a;
	arena_init(&a, 1 << 20);
	for (uint32_t c = 1; c <= 0x1FFFF; c++) {
		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		char text[8] = {0};
		size_t n = 0;
		if (c < 0x80) {
			text[n++] = (char)c;
		} else if (c < 0x800) {
			text[n++] = (char)(0xC0 | c >> 6);
		} else if (c < 0x10000) {
			text[n++] = (char)(0xE0 | c >> 12);
			text[n++] = (char)(0x80 | (c >> 6 & 0x3F));
		} else {
			text[n++] = (char)(0xF0 | c >> 18);
			text[n++] = (char)(0x80 | (c >> 12 & 0x3F));
			text[n++] = (char)(0x80 | (c >> 6 & 0x3F));
		}
		if (c >= 0x80)
			text[n++] = (char)(0x80 | (c & 0x3F));
		text[n++] = 'x'; /* so that no possessive ending is at hand */
		struct str once = str_fold(&a, (struct str){text, n}), twice = str_fold(&a, once);
		ck_assert_msg(utf8_valid_prefix(once) == once.n, "U+%04X", c);
		ck_assert_msg(str_eq(once, twice), "U+%04X: \"%.*s\", then \"%.*s\"", c,
			      STR_ARG(once), STR_ARG(twice));
		arena_release(&a);
	}
}
END_TEST

START_TEST(str_fold__long_text__loses_nothing)
{
	struct arena a;
	arena_init(&a, 1 << 22);
	char text[6000];
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = i % 6 == 5 ? ' ' : 'A';
	struct str folded = str_fold(&a, (struct str){text, sizeof text});
	ck_assert_uint_eq(folded.n, sizeof text - 1);
	/* U+FDFA folds to 18 points. */
	struct str wide = str_fold(&a, STR("\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa"));
	struct str one = str_fold(&a, STR("\ufdfa"));
	ck_assert_uint_eq(wide.n, 8 * one.n);
	arena_release(&a);
}
END_TEST

START_TEST(str_fold__arena_full__is_null)
{
	struct arena a;
	arena_init(&a, 16);
	ck_assert_ptr_null(str_fold(&a, STR("a name that does not fit in there")).p);
	arena_release(&a);
}
END_TEST

UNIT_MAIN("fold", str_fold__table__folds, str_fold__every_letter__is_stable_and_well_formed,
	  str_fold__long_text__loses_nothing, str_fold__arena_full__is_null)
