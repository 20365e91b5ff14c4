/* One step of reading again, with the engine as it is: what it refuses, what it gives up, and what
 * comes again. */
#include "api/reread.h"

#include "db/issue_edit.h"
#include "db/reread.h"
#include "tests/unit/api/service.h"

/* Stored as if the engine had found nothing in it, and stale. */
static int64_t store_stale_article(struct service *s, const char *text)
{
	struct write w = made_article(str_of(text), STR("2024-04-26"), NULL, 0);
	int64_t id = fixture_write(&s->f, &w);
	ck_assert_int_gt(store_stats(s->f.store).reread.stale, 0);
	return id;
}

static const char text[] = "“We want visas,” Wang Yi said in Beijing on Monday.";

START_TEST(step__a_stale_article__is_read_and_the_next_has_nothing_to_do)
{
	struct service s;
	struct budget budget = {0};
	service_open(&s);
	store_stale_article(&s, text);
	store_stale_article(&s, "China wants ports, Wang Yi said.");
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(reread_step(&s.api, &budget, &s.f.e), REREAD_MORE);
	ck_assert_int_eq(reread_step(&s.api, &budget, &s.f.e), REREAD_IDLE);
	struct store_stats now = store_stats(s.f.store);
	ck_assert(now.statements >= 2 && now.reread.done == 2 &&
		  now.reread.changed == now.statements && now.reread.failed == 0);
	service_close(&s);
}
END_TEST

START_TEST(step__an_article_of_too_many_tokens__keeps_its_statements_until_the_next_edition)
{
	struct service s;
	struct budget narrow = {.tokens_max = 3}, wide = {0};
	struct statement old = plain_statement(STR("found once"), NULL);
	struct write w = made_article(str_of(text), STR("2024-04-26"), &old, 1);
	service_open(&s);
	fixture_write(&s.f, &w);
	ck_assert_int_eq(reread_step(&s.api, &narrow, &s.f.e), REREAD_MORE);
	struct store_stats now = store_stats(s.f.store);
	ck_assert(now.statements == 1 && now.reread.failed == 1 && now.reread.stale == 0);
	ck_assert_int_eq(reread_step(&s.api, &narrow, &s.f.e), REREAD_IDLE);
	ck_assert_int_eq(reread_step(&s.api, &wide, &s.f.e), REREAD_IDLE);
	struct issue_write iw = {.write = {.op = WRITE_ISSUE}, .change = ISSUE_ADD, .issue = core};
	iw.issue.id = iw.issue.label = STR("another");
	fixture_write(&s.f, &iw.write);
	/* The registered set is not the newest any more: the store's takes its place. */
	ck_assert_int_eq(reread_step(&s.api, &wide, &s.f.e), REREAD_MORE);
	now = store_stats(s.f.store);
	ck_assert(now.reread.failed == 0 && now.reread.stale == 0 && now.reread.changed > 1);
	service_close(&s);
}
END_TEST

START_TEST(step__cancelled__leaves_the_article_stale)
{
	struct service s;
	atomic_bool is_over = true;
	struct budget cancelled = {.cancelled = &is_over};
	service_open(&s);
	store_stale_article(&s, text);
	ck_assert_int_eq(reread_step(&s.api, &cancelled, &s.f.e), REREAD_IDLE);
	struct store_stats now = store_stats(s.f.store);
	ck_assert(now.statements == 0 && now.reread.stale == 1 && now.reread.failed == 0);
	is_over = false;
	ck_assert_int_eq(reread_step(&s.api, &cancelled, &s.f.e), REREAD_MORE);
	ck_assert_int_gt(store_stats(s.f.store).statements, 0);
	service_close(&s);
}
END_TEST

UNIT_MAIN("reread", step__a_stale_article__is_read_and_the_next_has_nothing_to_do,
	  step__an_article_of_too_many_tokens__keeps_its_statements_until_the_next_edition,
	  step__cancelled__leaves_the_article_stale)
