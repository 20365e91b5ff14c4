/* The work of one article has a bound, whatever the text: a budget that gives out ends it soon,
 * with its error and nothing half made. */
#include <pthread.h>
#include <time.h>

#include "extract/extract.h"
#include "tests/hostile/hostile.h"
#include "tests/unit/unit.h"

/* How much CPU time may be used beyond a budget, in milliseconds: the engine's contract says 50
 * between two questions, but for a sanitizer's slowness and a cold cache. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { BEYOND_MS = 2500 };
#else
enum { BEYOND_MS = 250 };
#endif
enum { MS = 1000000, ARENA_BYTES = 1 << 30, LARGE = 1 << 20, MIDDLE = 32 << 10, HALVES = 2 };

static int64_t cpu_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * 1000 + t.tv_nsec / MS;
}

static struct engine *open_engine(void)
{
	struct err e = {0};
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	return en;
}

static char *text_of(const char *name, size_t *n)
{
	char *text = hostile_text(name, n);
	ck_assert_msg(text != NULL, "%s", name);
	return text;
}

/* Reads a text under a budget of so many milliseconds; true when it gave out. */
static bool runs_out(const struct engine *en, const char *name, size_t n, int64_t budget_ms)
{
	char *text = text_of(name, &n);
	struct budget b = {.cpu_max_ns = budget_ms * MS};
	struct article article = article_of((struct str){text, n}, STR("2024-04-26"));
	struct extraction x;
	struct arena a;
	struct err e = {0};
	arena_init(&a, ARENA_BYTES);
	a.budget = &b;
	int64_t start = cpu_ms();
	budget_start(&b);
	bool out = engine_extract(en, &article, &a, &x, &e) < 0;
	int64_t used = cpu_ms() - start;
	if (out)
		ck_assert_msg(e.kind == ERR_COSTLY && x.n_statements == 0, "%s: kind %d: %s", name,
			      e.kind, e.message);
	ck_assert_msg(used <= budget_ms + BEYOND_MS, "%s: %lld ms of a budget of %lld", name,
		      (long long)used, (long long)budget_ms);
	arena_release(&a);
	free(text);
	return out;
}

/* Of a megabyte, the first steps use the budget up. */
static void check_large(size_t half)
{
	struct engine *en = open_engine();
	size_t spent = 0;
	for (size_t i = half; i < hostile_count; i += HALVES)
		spent += runs_out(en, hostile_texts[i].name, LARGE, 20);
	ck_assert_uint_ge(spent,
			  hostile_count / HALVES * 3 /
				  4); /* a megabyte of one letter is one token and soon read */
	engine_close(en);
}

START_TEST(extract_ends__a_megabyte_of_hostile_text__within_its_budget)
{
	check_large(0);
}
END_TEST

START_TEST(extract_ends__another_hostile_megabyte__within_its_budget)
{
	check_large(1);
}
END_TEST

/* Budgets of all lengths, so that each step is the one that is at work when they give out. */
START_TEST(extract_ends__budget_given_out_at_any_step__within_it)
{
	struct engine *en = open_engine();
	for (size_t i = 0; i < hostile_count; i += 2)
		(void)runs_out(en, hostile_texts[i].name, MIDDLE, 20 + (int64_t)(i * 73 % 400));
	engine_close(en);
}
END_TEST

START_TEST(extract_refuses__too_many_tokens__right_away)
{
	struct engine *en = open_engine();
	struct budget b = {.tokens_max = 1000};
	struct extraction x;
	struct arena a;
	struct err e = {0};
	size_t n = LARGE;
	char *text = text_of("letters-apart", &n);
	struct article article = {.text = {text, n}};
	arena_init(&a, ARENA_BYTES);
	a.budget = &b;
	budget_start(&b);
	int64_t start = cpu_ms();
	assert_fails(engine_extract(en, &article, &a, &x, &e), e, ERR_TOO_LARGE);
	ck_assert_int_le(cpu_ms() - start, BEYOND_MS);
	ck_assert_msg(strstr(e.message, "1000 tokens"), "%s", e.message);
	ck_assert_uint_eq(x.n_statements, 0);
	arena_release(&a);
	article.text.n = 2000; /* of two bytes each: as many as it may have */
	arena_init(&a, ARENA_BYTES);
	a.budget = &b;
	budget_start(&b);
	assert_ok(engine_extract(en, &article, &a, &x, &e), e);
	arena_release(&a);
	free(text);
	engine_close(en);
}
END_TEST

static void *cancel(void *cancelled)
{
	atomic_store((atomic_bool *)cancelled, true);
	return NULL;
}

START_TEST(extract_ends__cancelled_by_another_thread__as_busy)
{
	struct engine *en = open_engine();
	atomic_bool cancelled = false;
	struct budget b = {.cancelled = &cancelled};
	struct extraction x;
	struct arena a;
	struct err e = {0};
	pthread_t thread;
	size_t n = LARGE;
	char *text = text_of("he-said-that", &n);
	struct article article = {.text = {text, n}};
	arena_init(&a, ARENA_BYTES);
	a.budget = &b;
	budget_start(&b);
	ck_assert_int_eq(pthread_create(&thread, NULL, cancel, &cancelled), 0);
	assert_fails(engine_extract(en, &article, &a, &x, &e), e,
		     ERR_BUSY); /* read to its end it would take minutes */
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	ck_assert_uint_eq(x.n_statements, 0);
	arena_release(&a);
	free(text);
	engine_close(en);
}
END_TEST

static const char news[] = "Ann Lee said on Friday that the climate deal was dead. “We will not "
			   "accept tariffs,” Lee told reporters. "
			   "The minister accused China of dumping steel.";

static void assert_same(const struct extraction *got, const struct extraction *want)
{
	ck_assert_uint_eq(got->n_statements, want->n_statements);
	for (size_t i = 0; i < want->n_statements; i++) {
		ck_assert(str_eq(got->statements[i].content, want->statements[i].content));
		ck_assert_uint_eq(got->statements[i].n_issues, want->statements[i].n_issues);
	}
}

START_TEST(extract_finds__ample_budget__the_same_as_without)
{
	struct engine *en = open_engine();
	struct budget b = {.tokens_max = 1000, .cpu_max_ns = INT64_C(600000) * MS};
	struct article article = {.text = str_of(news)};
	struct extraction with, without;
	struct arena a, c;
	struct err e = {0};
	arena_init(&a, ARENA_BYTES);
	arena_init(&c, ARENA_BYTES);
	a.budget = &b;
	budget_start(&b);
	assert_ok(engine_extract(en, &article, &a, &with, &e), e);
	assert_ok(engine_extract(en, &article, &c, &without, &e), e);
	ck_assert_uint_ge(without.n_statements, 3);
	assert_same(&with, &without);
	ck_assert_uint_eq(a.used, c.used);
	arena_release(&a);
	arena_release(&c);
	engine_close(en);
}
END_TEST

/* Every entry, with a budget that nobody wants any more. */
START_TEST(engine_entries_end__cancelled__with_nothing_half_made)
{
	struct engine *en = open_engine();
	atomic_bool cancelled = true;
	struct budget b = {.cancelled = &cancelled};
	struct article article = {.text = str_of(news)};
	struct annotation seen;
	struct explanations why;
	struct arena a;
	struct err e = {0};
	arena_init(&a, ARENA_BYTES);
	a.budget = &b;
	budget_start(&b);
	assert_fails(engine_annotate(en, &article, &a, &seen, &e), e, ERR_BUSY);
	ck_assert_uint_eq(seen.found.n_statements + seen.n_sentences + seen.n_mentions, 0);
	assert_fails(engine_explain(en, &article, NULL, &a, &why, &e), e, ERR_BUSY);
	ck_assert_uint_eq(why.n, 0);
	arena_release(&a);
	engine_close(en);
}
END_TEST

/* Whichever question is the last one that is answered yes. */
START_TEST(extract_ends__budget_given_out_at_each_question__whole_or_not_at_all)
{
	struct engine *en = open_engine();
	struct article article = {.text = str_of(news)};
	struct extraction x, whole;
	struct arena a, kept;
	struct err e = {0};
	size_t failed = 0, passed = 0;
	arena_init(&kept, ARENA_BYTES);
	assert_ok(engine_extract(en, &article, &kept, &whole, &e), e);
	for (int64_t us = 1; passed == 0 && us < INT64_C(10000000); us += us / 16 + 1) {
		struct budget b = {.cpu_max_ns = us * 1000};
		arena_init(&a, ARENA_BYTES);
		a.budget = &b;
		budget_start(&b);
		if (engine_extract(en, &article, &a, &x, &e) < 0) {
			ck_assert_int_eq(e.kind, ERR_COSTLY);
			ck_assert_uint_eq(x.n_statements, 0);
			failed++;
		} else {
			assert_same(&x, &whole);
			passed++;
		}
		arena_release(&a);
	}
	ck_assert_uint_ge(failed, 1);
	ck_assert_uint_eq(passed, 1);
	arena_release(&kept);
	engine_close(en);
}
END_TEST

UNIT_MAIN("extract budget", extract_ends__a_megabyte_of_hostile_text__within_its_budget,
	  extract_ends__another_hostile_megabyte__within_its_budget,
	  extract_ends__budget_given_out_at_any_step__within_it,
	  extract_refuses__too_many_tokens__right_away,
	  extract_ends__cancelled_by_another_thread__as_busy,
	  extract_finds__ample_budget__the_same_as_without,
	  engine_entries_end__cancelled__with_nothing_half_made,
	  extract_ends__budget_given_out_at_each_question__whole_or_not_at_all)
