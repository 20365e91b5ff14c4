/* The issues in force: sets, what each change makes of them, and who holds which. */
#include "api/issue_registry.h"

#include <pthread.h>

#include "base/clock.h"
#include "db/issue_edit.h"
#include "tests/unit/api/service.h"

static const struct str terms[] = {STR_INIT("prorogation"), STR_INIT("suspend & parliament")};
static const struct issue prorogation = {
	.id = STR_INIT("prorogation"), .label = STR_INIT("prorogation"), .terms = {terms, 2}};

static const char text[] = "“We oppose the prorogation,” Wang Yi said in Beijing on Monday.";

/* Is the issue among those of the text's first statement? */
static bool is_found(struct service *s, const char *id, int64_t *edition)
{
	struct article article = article_of(str_of(text), STR("2024-04-26"));
	struct extraction x;
	assert_ok(issue_registry_extract(&s->api, &article, &s->f.arena, &x, edition, &s->f.e),
		  s->f.e);
	ck_assert_uint_gt(x.n_statements, 0);
	for (size_t i = 0; i < x.statements[0].n_issues; i++)
		if (str_eq(x.statements[0].issues[i].issue->id, str_of(id)))
			return true;
	return false;
}

static struct issue_set *make_set(struct service *s, const struct issue_set *base,
				  const struct issue *put, const char *left_out)
{
	struct issue_set *set = issue_set_with(s->engine, base, put, str_of(left_out), &s->f.e);
	ck_assert_msg(set != NULL, "%s", s->f.e.message);
	return set;
}

static void put(struct service *s, struct issue_set *set, int64_t edition)
{
	set->edition = edition;
	issue_registry_lock(s->api.issues);
	issue_registry_put(s->api.issues, set);
	issue_registry_unlock(s->api.issues);
}

START_TEST(put__a_set__is_what_articles_are_read_with)
{
	struct service s;
	int64_t edition = 0;
	service_open(&s);
	ck_assert(!is_found(&s, "prorogation", &edition));
	int64_t first = edition;
	put(&s, make_set(&s, NULL, &prorogation, ""), first + 7);
	ck_assert(is_found(&s, "prorogation", &edition));
	ck_assert_int_eq(edition, first + 7);
	struct issue_registry *registry = s.api.issues;
	s.api.issues = NULL; /* the engine's own alone */
	ck_assert(!is_found(&s, "prorogation", NULL));
	s.api.issues = registry;
	service_close(&s);
}
END_TEST

START_TEST(set_with__changes__keep_the_order_and_leave_the_base_alone)
{
	struct service s;
	service_open(&s);
	struct issue other = {.id = STR("other"), .label = STR("other thing")};
	struct issue_set *one = make_set(&s, NULL, &prorogation, "");
	struct issue_set *two = make_set(&s, one, &other, "");
	struct issue changed = prorogation;
	changed.label = STR("suspension");
	changed.terms.n = 1;
	struct issue_set *three = make_set(&s, two, &changed, "");
	struct issue_set *four = make_set(&s, three, NULL, "prorogation");
	ck_assert(one->n == 1 && two->n == 2 && three->n == 2 && four->n == 1);
	assert_str(three->v[0].label, "suspension");
	ck_assert_uint_eq(three->v[0].terms.n, 1);
	assert_str(three->v[1].id, "other");
	assert_str(four->v[0].id, "other");
	assert_str(two->v[0].label, "prorogation");
	assert_str(two->v[0].terms.v[1], "suspend & parliament");
	issue_set_release(one);
	issue_set_release(three);
	issue_set_release(two);
	assert_str(four->v[0].label, "other thing"); /* a copy of its own */
	issue_set_release(four);
	issue_set_release(NULL);
	service_close(&s);
}
END_TEST

START_TEST(set_with__too_many__is_refused_but_a_change_is_not)
{
	struct service s;
	service_open(&s);
	struct issue *v = arena_array(&s.f.arena, ISSUES_EDITED_MAX, sizeof *v);
	for (int i = 0; i < ISSUES_EDITED_MAX; i++)
		v[i].id = v[i].label = arena_printf(&s.f.arena, "issue %d", i);
	struct issue_set full = {.v = v, .n = ISSUES_EDITED_MAX};
	struct err e;
	assert_fails(issue_set_with(s.engine, &full, &prorogation, STR_EMPTY, &e) ? 0 : -1, e,
		     ERR_TOO_LARGE);
	struct issue_set *same = make_set(&s, &full, &v[5], "");
	ck_assert_uint_eq(same->n, ISSUES_EDITED_MAX);
	issue_set_release(same);
	service_close(&s);
}
END_TEST

START_TEST(open__edited_issues_of_the_store__are_in_force)
{
	struct service s;
	service_open(&s);
	struct issue_write iw = {
		.write = {.op = WRITE_ISSUE}, .change = ISSUE_ADD, .issue = prorogation};
	fixture_write(&s.f, &iw.write);
	issue_registry_close(s.api.issues);
	s.api.issues = issue_registry_open(s.engine, s.f.store, &s.f.e);
	ck_assert_ptr_nonnull(s.api.issues);
	int64_t edition;
	ck_assert(is_found(&s, "prorogation", &edition));
	ck_assert_int_eq(edition, iw.edition);
	issue_registry_close(NULL);
	service_close(&s);
}
END_TEST

START_TEST(wait__woken_or_late__returns)
{
	struct service s;
	service_open(&s);
	int64_t start = now_monotonic_ns();
	issue_registry_wait(s.api.issues, 20);
	ck_assert_int_ge(now_monotonic_ns() - start, 20 * 1000000);
	issue_registry_wake(s.api.issues);
	issue_registry_wait(s.api.issues, INT32_MAX); /* would hang */
	put(&s, make_set(&s, NULL, NULL, ""), 1);
	issue_registry_wait(s.api.issues, INT32_MAX);
	service_close(&s);
}
END_TEST

enum { CHANGES = 8 };

/* Holds the newest set again and again: never one that is gone, never an older one. */
static void *take_often(void *registry)
{
	int64_t last = 0;
	while (last < CHANGES) {
		struct issue_set *set = issue_registry_take(registry);
		if (set->edition < last)
			return registry;
		last = set->edition;
		issue_set_release(set);
	}
	return NULL;
}

START_TEST(take__while_sets_are_put__each_is_whole_and_never_older)
{
	struct service s;
	pthread_t takers[2];
	service_open(&s);
	put(&s, make_set(&s, NULL, NULL, ""), 0);
	for (size_t i = 0; i < 2; i++)
		ck_assert_int_eq(pthread_create(&takers[i], NULL, take_often, s.api.issues), 0);
	struct issue_set *held = issue_registry_take(s.api.issues);
	for (int64_t i = 1; i <= CHANGES; i++)
		put(&s, make_set(&s, NULL, &prorogation, ""), i);
	for (size_t i = 0; i < 2; i++) {
		void *fault;
		ck_assert_int_eq(pthread_join(takers[i], &fault), 0);
		ck_assert_ptr_null(fault);
	}
	ck_assert(held->edition == 0 && held->n == 0); /* as it was, for who holds it */
	issue_set_release(held);
	service_close(&s);
}
END_TEST

UNIT_MAIN("issue registry", put__a_set__is_what_articles_are_read_with,
	  set_with__changes__keep_the_order_and_leave_the_base_alone,
	  set_with__too_many__is_refused_but_a_change_is_not,
	  open__edited_issues_of_the_store__are_in_force, wait__woken_or_late__returns,
	  take__while_sets_are_put__each_is_whole_and_never_older)
