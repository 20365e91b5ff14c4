/* What lies in what somebody else is said to have said. */
#include "extract/attribution/nesting.h"

#include "tests/unit/unit.h"

enum { TOKENS = 40 };

static struct attribution one(uint32_t head, uint32_t first, uint32_t last, float p)
{
	return (struct attribution){.head = head,
				    .cue = {head, head},
				    .source = RANGE_NONE,
				    .parts = {{first, last}},
				    .n_parts = 1,
				    .p = p};
}

static void mark(struct attribution *v, size_t n)
{
	struct arena a;
	struct text t = {.n_tokens = TOKENS};
	struct attributions all = {v, n, n};
	arena_init(&a, 1 << 16);
	ck_assert_int_eq(attributions_mark_nested(&t, &a, &all), 0);
	arena_release(&a);
}

START_TEST(attributions_mark_nested__in_a_likelier_one__only_then)
{
	struct attribution v[] = {one(1, 2, 20, 0.9f), one(5, 6, 12, 0.8f), one(22, 23, 30, 0.5f),
				  one(25, 26, 29, 0.7f)};
	mark(v, 4);
	ck_assert(!v[0].is_inner && v[1].is_inner);
	ck_assert_msg(!v[2].is_inner && !v[3].is_inner, "the inner one is the likelier");
}
END_TEST

START_TEST(attributions_mark_nested__content_that_leaves__is_none)
{
	struct attribution v[] = {one(1, 2, 20, 0.9f), one(5, 6, 24, 0.8f), one(30, 10, 20, 0.7f)};
	mark(v, 3);
	ck_assert(!v[1].is_inner);
	ck_assert_msg(!v[2].is_inner, "its cue stands outside");
}
END_TEST

START_TEST(attributions_mark_nested__in_the_second_part__is_one)
{
	struct attribution v[] = {one(5, 1, 4, 0.9f), one(12, 13, 18, 0.6f)};
	v[0].parts[v[0].n_parts++] = (struct range){8, 20};
	mark(v, 2);
	ck_assert(v[1].is_inner);
}
END_TEST

START_TEST(attributions_mark_nested__in_a_sentence_of_a_turn__is_none)
{
	struct attribution v[] = {one(1, 1, 20, 0.9f), one(5, 6, 12, 0.8f)};
	v[0].is_turn = true;
	mark(v, 2);
	ck_assert(!v[1].is_inner);
}
END_TEST

UNIT_MAIN("nesting", attributions_mark_nested__in_a_likelier_one__only_then,
	  attributions_mark_nested__content_that_leaves__is_none,
	  attributions_mark_nested__in_the_second_part__is_one,
	  attributions_mark_nested__in_a_sentence_of_a_turn__is_none)
