/* CSV: quoting and formulas. */
#include "api/format/csv.h"

#include "tests/unit/actor.h"
#include "tests/unit/unit.h"

START_TEST(csv_cell__values__quoted_and_neutral)
{
	static const struct {
		const char *value, *want;
	} cases[] = {
		{"", ""},
		{"plain", "plain"},
		{"a,b", "\"a,b\""},
		{"say \"hi\"", "\"say \"\"hi\"\"\""},
		{"\"", "\"\"\"\""},
		{"\"\"", "\"\"\"\"\"\""},
		{"two\nlines", "\"two\nlines\""},
		{"cr\r", "\"cr\r\""},
		{"=1+1", "'=1+1"},
		{"+1", "'+1"},
		{"-1", "'-1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\tx", "'\tx"},
		{"\rx", "\"'\rx\""},
		{"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
		{"a=b", "a=b"},
		{"\xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9"},
		{"women\xE4, \"a\"", "\"women\xEF\xBF\xBD, \"\"a\"\"\""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct buf b;
		buf_init(&b, 1000);
		csv_cell(&b, str_of(cases[i].value));
		assert_str(buf_str(&b), cases[i].want);
		buf_release(&b);
	}
}
END_TEST

static int cells(struct str line)
{
	int n = 1;
	bool in_quotes = false;
	for (size_t i = 0; i < line.n; i++) {
		in_quotes ^= line.p[i] == '"';
		n += !in_quotes && line.p[i] == ',';
	}
	return n;
}

START_TEST(csv_statement__bare_and_full__as_many_cells_as_the_head)
{
	const struct actor wang = ACTOR("wang-yi", "Wang Yi", PERSON, "CHN");
	const struct issue taiwan = {.id = STR("taiwan"), .label = STR("Taiwan, status of")};
	const struct issue_hit hits[] = {
		{.issue = &taiwan, .position = POSITION_OPPOSE, .position_confidence = 0.625f},
		{.issue = &taiwan, .position = POSITION_SUPPORT},
		{.issue = &taiwan, .position = POSITION_NONE, .position_confidence = 0.9f}};
	const struct statement full = {
		.id = 1,
		.article_id = 2,
		.content = STR("One, \"two\"\r\nthree"),
		.speaker = &wang,
		.addressee = &wang,
		.issues = hits,
		.n_issues = 3,
		.stance = {.target = &wang, .act = ACT_ACCUSE, .confidence = 0.7f},
		.article_title = STR("=cmd")};
	const struct statement bare = {.id = 3};
	struct buf head, b;
	buf_init(&head, 1 << 16);
	buf_init(&b, 1 << 16);
	buf_add(&head, STR(CSV_STATEMENT_HEAD));
	csv_statement(&b, &full);
	ck_assert_int_eq(cells(buf_str(&b)), cells(buf_str(&head)));
	ck_assert(str_find(buf_str(&b),
			   STR("\"Taiwan, status of; Taiwan, status of; Taiwan, status of\""),
			   0) != SIZE_MAX);
	ck_assert(str_find(buf_str(&b), STR(",'=cmd,"), 0) != SIZE_MAX);
	ck_assert(str_ends(buf_str(&b), STR("\"One, \"\"two\"\"\r\nthree\","
					    "oppose; support; none,0.62; ; ,a2\r\n")));
	ck_assert(str_find(buf_str(&b), STR(",neutral,ACCUSE,0.70,affirmed,"), 0) != SIZE_MAX);
	buf_clear(&b);
	csv_statement(&b, &bare);
	ck_assert(str_find(buf_str(&b), STR(",neutral,STATE,,affirmed,"), 0) != SIZE_MAX);
	ck_assert_int_eq(cells(buf_str(&b)), cells(buf_str(&head)));
	buf_release(&head);
	buf_release(&b);
}
END_TEST

UNIT_MAIN("csv", csv_cell__values__quoted_and_neutral,
	  csv_statement__bare_and_full__as_many_cells_as_the_head)
