/* Budgets of work: each way to end, and the error it makes. */
#include "base/budget.h"

#include "tests/unit/unit.h"

static void assert_fails_as(const struct budget *b, enum err_kind kind)
{
	struct err e = {0};
	ck_assert_int_eq(budget_fail(b, &e), -1);
	ck_assert_int_eq(e.kind, kind);
	ck_assert(e.message[0]);
}

START_TEST(budget_allows__time_spent__says_no_for_good_until_started_again)
{
	struct budget b = {.cpu_max_ns = 5000000};
	budget_start(&b);
	ck_assert(budget_allows(&b));
	while (budget_allows(&b))
		;
	ck_assert_int_eq(b.end, BUDGET_CPU);
	assert_fails_as(&b, ERR_COSTLY);
	budget_start(&b);
	ck_assert(budget_allows(&b));
}
END_TEST

START_TEST(budget_allows__cancelled__says_no)
{
	atomic_bool cancelled = false;
	struct budget b = {.cancelled = &cancelled};
	budget_start(&b);
	ck_assert(budget_allows(&b));
	atomic_store(&cancelled, true);
	ck_assert(!budget_allows(&b));
	assert_fails_as(&b, ERR_BUSY);
}
END_TEST

START_TEST(budget_allows_tokens__more_than_the_bound__first_reason_stays)
{
	struct budget b = {.tokens_max = 10};
	budget_start(&b);
	ck_assert(budget_allows_tokens(&b, 10));
	ck_assert(!budget_allows_tokens(&b, 11));
	ck_assert(!budget_allows(&b));
	assert_fails_as(&b, ERR_TOO_LARGE);
}
END_TEST

START_TEST(budget__none__lasts)
{
	ck_assert(budget_allows(NULL) && budget_allows_tokens(NULL, SIZE_MAX));
	assert_fails_as(NULL, ERR_TOO_LARGE);
}
END_TEST

START_TEST(budget_take__what_was_reserved__does_not_depend_on_others)
{
	struct memory m = {.max_bytes = 100};
	struct budget b = {.memory = &m};
	ck_assert(!budget_reserve(&b, 60, 41));
	ck_assert_int_eq(b.end, BUDGET_LASTS);
	ck_assert(budget_reserve(&b, 60, 40));
	ck_assert(memory_take(&m, 40)); /* others have the rest */
	ck_assert(budget_take(&b, 50));
	ck_assert(budget_take(&b, 10));
	ck_assert(!budget_take(&b, 1));
	ck_assert_int_eq(b.end, BUDGET_MEMORY);
	assert_fails_as(&b, ERR_BUSY);
	budget_give(&b, 60);
	ck_assert_int_eq(memory_used(&m), 40);
	ck_assert(budget_reserve(&b, 20, 0));
	budget_unreserve(&b);
	ck_assert_int_eq(memory_used(&m), 40);
	ck_assert(budget_take(NULL, SIZE_MAX));
}
END_TEST

START_TEST(budget_blame__memory_of_others__is_busy_whatever_the_step_said)
{
	struct memory m = {.max_bytes = 10};
	struct budget b = {.memory = &m};
	struct err e = {0};
	budget_blame(&b, &e);
	ck_assert_int_eq(e.kind, ERR_NONE);
	err_set(&e, ERR_TOO_LARGE, NULL, "memory for one request is used up");
	budget_blame(NULL, &e);
	budget_blame(&b, &e);
	ck_assert_int_eq(e.kind, ERR_TOO_LARGE);
	ck_assert(!budget_take(&b, 11));
	budget_blame(&b, &e);
	ck_assert_int_eq(e.kind, ERR_BUSY);
}
END_TEST

UNIT_MAIN("budget", budget_allows__time_spent__says_no_for_good_until_started_again,
	  budget_allows__cancelled__says_no,
	  budget_allows_tokens__more_than_the_bound__first_reason_stays, budget__none__lasts,
	  budget_take__what_was_reserved__does_not_depend_on_others,
	  budget_blame__memory_of_others__is_busy_whatever_the_step_said)
