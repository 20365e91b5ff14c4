/* The growable buffer: content, maximum, failure. */
#include "base/buf.h"

#include <stdlib.h>

#include "base/budget.h"
#include "tests/unit/unit.h"

START_TEST(buf_add__pieces__make_one_text)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	ck_assert_str_eq(buf_str(&b).p, "");
	buf_add(&b, STR("a\0b"));
	buf_add_char(&b, '-');
	buf_printf(&b, "%d:%s", 42, "x");
	buf_add(&b, STR_EMPTY);
	buf_add(&b, (struct str){NULL, 0});
	ck_assert(str_eq(buf_str(&b), STR("a\0b-42:x")));
	ck_assert(!b.failed);
	buf_release(&b);
	ck_assert_uint_eq(buf_str(&b).n, 0);
}
END_TEST

START_TEST(buf_add__to_the_maximum__fits_and_not_a_byte_more)
{
	struct buf b;
	buf_init(&b, 300);
	for (int i = 0; i < 300; i++)
		buf_add_char(&b, (char)('a' + i % 26));
	ck_assert(!b.failed);
	ck_assert_uint_eq(b.n, 300);
	ck_assert_uint_le(b.cap, 300);
	buf_add_char(&b, 'x');
	ck_assert(b.failed);
	ck_assert_uint_eq(b.n, 300);
	buf_release(&b);
}
END_TEST

/* A failure sticks: a later piece that would fit must not close over the hole. */
START_TEST(buf_add__after_failure__nothing_is_appended)
{
	struct buf b;
	buf_init(&b, 10);
	buf_add(&b, STR("12345"));
	buf_add(&b, STR("too long a piece"));
	buf_add(&b, STR("678"));
	buf_printf(&b, "9");
	ck_assert_ptr_null(buf_reserve(&b, 1));
	ck_assert(b.failed);
	assert_str(buf_str(&b), "12345");
	buf_clear(&b);
	ck_assert(!b.failed);
	buf_add(&b, STR("67890"));
	assert_str(buf_str(&b), "67890");
	buf_release(&b);
}
END_TEST

START_TEST(buf_printf__exactly_the_maximum__fits)
{
	struct buf b;
	buf_init(&b, 8);
	buf_printf(&b, "%s", "12345678");
	ck_assert(!b.failed);
	assert_str(buf_str(&b), "12345678");
	buf_printf(&b, "%s", "");
	ck_assert(!b.failed);
	buf_printf(&b, "%s", "9");
	ck_assert(b.failed);
	assert_str(buf_str(&b), "12345678");
	buf_release(&b);
}
END_TEST

START_TEST(buf_take__what_was_written__is_the_callers_and_charged_to_nobody)
{
	struct memory m = {.max_bytes = 1 << 20};
	struct budget budget = {.memory = &m};
	struct buf b;
	buf_init(&b, 1 << 20);
	b.budget = &budget;
	ck_assert_ptr_null(buf_take(&b));
	buf_add(&b, STR("abc"));
	ck_assert_int_gt(memory_used(&m), 3);
	char *p = buf_take(&b);
	ck_assert_int_eq(memory_used(&m), 0);
	assert_str(((struct str){p, 3}), "abc");
	ck_assert_uint_eq(buf_str(&b).n, 0);
	free(p);
	buf_add(&b, STR("as new"));
	assert_str(buf_str(&b), "as new");
	buf_release(&b);
	ck_assert_int_eq(memory_used(&m), 0);
}
END_TEST

START_TEST(buf_reserve__impossible_sizes__fail)
{
	struct buf b;
	buf_init(&b, SIZE_MAX);
	buf_add(&b, STR("abc"));
	ck_assert_ptr_null(buf_reserve(&b, SIZE_MAX - 3));
	ck_assert(b.failed);
	buf_clear(&b);
	ck_assert_ptr_null(buf_reserve(&b, SIZE_MAX));
	buf_release(&b);
}
END_TEST

START_TEST(buf_reserve__room__is_written_by_the_caller)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	for (size_t n = 1; n < 2000; n++) {
		size_t before = b.n;
		char *p = buf_reserve(&b, n);
		ck_assert_ptr_nonnull(p);
		memset(p, (int)('a' + n % 26), n);
		if (b.n + n > 100000)
			break;
		b.n += n;
		ck_assert_int_eq(b.p[before], (int)('a' + n % 26));
	}
	ck_assert_int_eq(b.p[0], 'b');
	buf_release(&b);
}
END_TEST

START_TEST(buf_clear__keeps__its_memory)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	for (int i = 0; i < 10000; i++)
		buf_add(&b, STR("0123456789"));
	size_t cap = b.cap;
	const char *p = b.p;
	buf_clear(&b);
	ck_assert_uint_eq(b.n, 0);
	buf_add(&b, STR("x"));
	ck_assert_uint_eq(b.cap, cap);
	ck_assert_ptr_eq(b.p, p);
	buf_release(&b);
}
END_TEST

START_TEST(buf_add__with_a_budget__is_charged_until_release)
{
	struct memory m = {.max_bytes = 5000};
	struct budget budget = {.memory = &m};
	struct buf b;
	buf_init(&b, SIZE_MAX / 2);
	b.budget = &budget;
	for (int i = 0; i < 300; i++)
		buf_add(&b, STR("0123456789"));
	ck_assert(!b.failed);
	ck_assert_int_eq(memory_used(&m), (int64_t)b.cap);
	for (int i = 0; i < 300; i++)
		buf_add(&b, STR("0123456789"));
	ck_assert(b.failed);
	ck_assert_int_eq(budget.end, BUDGET_MEMORY);
	buf_release(&b);
	ck_assert_int_eq(memory_used(&m), 0);
}
END_TEST

UNIT_MAIN("buf", buf_add__pieces__make_one_text, buf_add__to_the_maximum__fits_and_not_a_byte_more,
	  buf_add__after_failure__nothing_is_appended, buf_printf__exactly_the_maximum__fits,
	  buf_take__what_was_written__is_the_callers_and_charged_to_nobody,
	  buf_reserve__impossible_sizes__fail, buf_reserve__room__is_written_by_the_caller,
	  buf_clear__keeps__its_memory, buf_add__with_a_budget__is_charged_until_release)
