/* Quotations against what was said. */
#include "api/query/quotation.h"

#include "tests/unit/unit.h"

static const char said[] = "China\u2019s legitimate development rights have been unreasonably "
			   "suppressed, and our core interests are facing challenges.";

static struct arena a;
static struct err e;

static struct comparison compare(const char *text)
{
	struct quotation q;
	struct comparison c;
	e = (struct err){0};
	assert_ok(quotation_init(&q, str_of(text), &a, &e), e);
	assert_ok(quotation_compare(&q, str_of(said), &a, &c, &e), e);
	return c;
}

static void differs(const struct comparison *c, size_t at, enum alteration_kind kind,
		    const char *what, const char *quoted)
{
	ck_assert_uint_lt(at, c->n);
	ck_assert_int_eq(c->alterations[at].kind, kind);
	assert_str(c->alterations[at].said, what);
	assert_str(c->alterations[at].quoted, quoted);
}

START_TEST(quotation__the_same_words__verbatim)
{
	arena_init(&a, 1 << 24);
	struct comparison c = compare(said);
	ck_assert_int_eq(c.wording, WORDING_VERBATIM);
	ck_assert(c.is_exact && c.n == 0);
	c = compare(" \u201CChina's LEGITIMATE development rights have been unreasonably "
		    "suppressed and our core interests are facing challenges\u201D");
	ck_assert_int_eq(c.wording, WORDING_VERBATIM);
	ck_assert(!c.is_exact && c.n == 0);
	arena_release(&a);
}
END_TEST

START_TEST(quotation__parts_in_their_order__trimmed)
{
	arena_init(&a, 1 << 24);
	struct comparison c = compare("our core interests are facing challenges");
	ck_assert_int_eq(c.wording, WORDING_TRIMMED);
	ck_assert(c.is_exact);
	ck_assert_uint_eq(c.n, 1);
	c = compare("legitimate development rights ... our core interests");
	ck_assert_int_eq(c.wording, WORDING_TRIMMED);
	ck_assert(!c.is_exact);
	ck_assert_uint_eq(c.n, 3);
	differs(&c, 0, ALTERATION_LEFT_OUT, "China\u2019s", "");
	differs(&c, 1, ALTERATION_LEFT_OUT, "have been unreasonably suppressed, and", "");
	differs(&c, 2, ALTERATION_LEFT_OUT, "are facing challenges", "");
	/* Not in their order. */
	c = compare("our core interests \u2026 legitimate development rights");
	ck_assert_int_ne(c.wording, WORDING_TRIMMED);
	/* Left out without an ellipsis. */
	c = compare("development rights have been suppressed");
	ck_assert_int_eq(c.wording, WORDING_ALTERED);
	ck_assert_uint_eq(c.n, 1);
	differs(&c, 0, ALTERATION_LEFT_OUT, "unreasonably", "");
	arena_release(&a);
}
END_TEST

START_TEST(quotation__other_words__altered_and_how)
{
	arena_init(&a, 1 << 24);
	struct comparison c = compare("our national interests are facing very grave challenges");
	ck_assert_int_eq(c.wording, WORDING_ALTERED);
	ck_assert_uint_eq(c.n, 2);
	differs(&c, 0, ALTERATION_REPLACED, "core", "national");
	differs(&c, 1, ALTERATION_ADDED, "", "very grave");
	ck_assert_double_eq_tol(c.share, 5.0 / 8, 1e-9);
	/* The first word and the last one. */
	c = compare("their core interests are facing difficulties");
	ck_assert_int_eq(c.wording, WORDING_ALTERED);
	differs(&c, 0, ALTERATION_REPLACED, "our", "their");
	differs(&c, 1, ALTERATION_REPLACED, "challenges", "difficulties");
	c = compare("the weather is fine and our neighbors are friendly");
	ck_assert_int_eq(c.wording, WORDING_NONE);
	arena_release(&a);
}
END_TEST

START_TEST(quotation__too_few_words__told)
{
	struct quotation q;
	arena_init(&a, 1 << 24);
	assert_fails(quotation_init(&q, STR("core interests"), &a, &e), e, ERR_VALUE);
	assert_str(str_of(e.field), "text");
	assert_fails(quotation_init(&q, STR("\" ... \""), &a, &e), e, ERR_VALUE);
	assert_fails(quotation_init(&q, STR_EMPTY, &a, &e), e, ERR_VALUE);
	arena_release(&a);
}
END_TEST

UNIT_MAIN("quotation", quotation__the_same_words__verbatim,
	  quotation__parts_in_their_order__trimmed, quotation__other_words__altered_and_how,
	  quotation__too_few_words__told)
