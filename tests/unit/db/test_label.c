/* Labels: what is written comes back, and fits the text that it is of and no other. */
#include "db/label.h"

#include "tests/conformance/fixture.h"

static struct arena arena;

static const char text[] = "Wang said “we oppose tariffs,” and «no» 𝔘 again. “A,” he said, “B.”";

static struct str content(uint32_t from, uint32_t to)
{
	struct nearby in = {.title = STR_EMPTY, .text = str_of(text)};
	struct span at = {from, to};
	struct str out;
	struct err e = {0};
	assert_ok(label_content(&in, (struct spans){&at, 1}, &arena, &out, &e), e);
	return out;
}

START_TEST(label_content__marks_around_a_whole_quotation__are_left_out)
{
	arena_init(&arena, 1 << 20);
	assert_str(content(10, 30), "we oppose tariffs,");
	assert_str(content(11, 21), "we oppose ");
	assert_str(content(35, 39), "no");
	assert_str(content(40, 41), "𝔘");
	/* Two quotations are no whole one. */
	assert_str(content(49, 67), "“A,” he said, “B.”");
	arena_release(&arena);
}
END_TEST

START_TEST(label__of_a_statement__comes_back_by_names)
{
	const struct issue_hit hits[] = {
		{.issue = &core, .score = 1, .position = POSITION_OPPOSE},
		{.issue = &trade, .score = 0.5F, .position = POSITION_NONE}};
	struct statement s = full_statement(hits, 2);
	struct label back;
	struct buf b;
	struct err e = {0};
	arena_init(&arena, 1 << 20);
	buf_init(&b, 1 << 20);
	label_write_statement(&b, &s, 77);
	assert_ok(label_read(buf_str(&b), &arena, &back, &e), e);
	ck_assert_int_eq(back.kind, LABEL_STATEMENT);
	ck_assert_uint_eq(back.anchor, 77);
	ck_assert_uint_eq(back.statement.content.n, 0);
	back.statement.content = s.content;
	same_statement(&back.statement, &s);
	/* Cut anywhere it is refused, not read beyond. */
	for (size_t n = 1; n < b.n; n++) {
		e = (struct err){0};
		ck_assert_int_ne(label_read((struct str){b.p, n}, &arena, &back, &e), 0);
	}
	buf_release(&b);
	arena_release(&arena);
}
END_TEST

START_TEST(label_anchor__another_word_within_32_code_points__is_another)
{
	static const char near_by[] = "Yang said “we oppose tariffs,” and «no» 𝔘 again.";
	struct span at = {11, 30}, far = {45, 48};
	struct statement s = {.spans.content = {&at, 1}}, f = {.spans.content = {&far, 1}};
	struct nearby one = {.title = STR_EMPTY, .text = str_of(text)},
		      other = {.title = STR_EMPTY, .text = str_of(near_by)};
	ck_assert_uint_eq(label_anchor(&one, &s), label_anchor(&one, &s));
	ck_assert_uint_ne(label_anchor(&one, &s), label_anchor(&other, &s));
	ck_assert_uint_ne(label_anchor(&one, &s), label_anchor(&one, &f));
}
END_TEST

UNIT_MAIN("label", label_content__marks_around_a_whole_quotation__are_left_out,
	  label__of_a_statement__comes_back_by_names,
	  label_anchor__another_word_within_32_code_points__is_another)
