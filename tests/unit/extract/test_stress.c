/* Hostile texts: the engine must stay linear in time and bounded in memory, whatever the text. Also
 * what the contract says of errors. */
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "extract/extract.h"
#include "tests/unit/unit.h"

/* Parsing takes most of the time: the sizes are such that all units take half a minute of CPU time,
 * the sanitizers' build too. */
#if defined(__SANITIZE_THREAD__)
enum { SMALL = 1 << 10 };
#elif defined(__SANITIZE_ADDRESS__)
enum { SMALL = 2 << 10 };
#else
enum { SMALL = 8 << 10 };
#endif
enum { ARENA_BYTES = 1 << 30, LARGE = 8 * SMALL, TRIES = 3, QUARTERS = 4, FIXED_BYTES = 8 << 20 };

/* A unit again and again; where it has a bar, what stands before it in the first half, what stands
 * behind it in the second. */
static char *repeat(const char *unit, size_t bytes)
{
	const char *bar = strchr(unit, '|'), *second = bar ? bar + 1 : unit;
	size_t n = strlen(second), first_n = bar ? (size_t)(bar - unit) : n, at = 0;
	char *p = malloc(bytes + n + first_n + 1);
	ck_assert_ptr_nonnull(p);
	for (; at < bytes / 2; at += first_n)
		memcpy(p + at, unit, first_n);
	for (; at < bytes; at += n)
		memcpy(p + at, second, n);
	p[at] = 0;
	return p;
}

/* Of this thread alone: what else the machine does is no matter. */
static double cpu_seconds(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(const struct engine *en, const char *unit, size_t bytes, size_t *used)
{
	char *text = repeat(unit, bytes);
	struct arena a;
	struct err e = {0};
	struct extraction x;
	struct article article = article_of(str_of(text), STR("2024-04-26"));
	arena_init(&a, ARENA_BYTES);
	double start = cpu_seconds();
	assert_ok(engine_extract(en, &article, &a, &x, &e), e);
	double s = cpu_seconds() - start;
	*used = a.used;
	arena_release(&a);
	free(text);
	return s;
}

static const char *const units[] = {
	"\"",
	"“",
	"”",
	"'",
	"“a ",
	"« ",
	"\" a",
	"''",
	"‘x’ ",
	"(",
	"()",
	") ",
	"[",
	". ",
	", ",
	"; ",
	": ",
	"—",
	"a",
	"A",
	"é",
	"he said ",
	"he said, ",
	"said ",
	"“yes,” he said ",
	"“yes”",
	"according to ",
	"Mr. Wang said that ",
	"Xi Jinping ",
	"of the ",
	"and ",
	"that ",
	"to ",
	"to want ",
	"who, ",
	"A, B, ",
	"the U.S. ",
	"a\n",
	"\n\n",
	"“a\n\n",
	"1,",
	"1",
	"-",
	"don't ",
	"'s ",
	"accused China of ",
	"x said “y” and ",
	"http://a/ ",
	"core interests ",
	"communication military ",
	"Monday ",
	"\xF0\x9F\x98\x80",
	"𝔘",
	"\u0301",
	"a\u0301 ",
	"ﬁ",
	"I. ",
	"they said they ",
	"“No.” |Ann said. ", /* cues ever farther from the last quotation */
	"Ann: ",
	"Ann said: “no, ",
	"Mr. Lee: no.\n\n",
	"Q I? A I.\n\n",
	"LEE: we go.\n\n",
	"A (B (C): ",
	"Mr. LEE. I. ",
	"Ann Lee (Oslo) (Lab)\n\n",
	"Ann Lee said:\n\nWe will not go there now.\n\n",
	"Lee said:\n\n“no\n\n",
};

/* Eight times the text is eight times the work: 7 to 8.5 times the CPU time were measured, and a
 * quadratic step would take 64 times. A cold cache may make one run slow, not all. */
static void check_linear(const struct engine *en, const char *unit)
{
	size_t small_used, large_used;
	double small = 0, large = 0;
	bool is_linear = false;
	for (int i = 0; i < TRIES && !is_linear; i++) {
		small = seconds(en, unit, SMALL, &small_used);
		large = seconds(en, unit, LARGE, &large_used);
		is_linear = large < 12 * small + 0.1;
	}
	ck_assert_msg(is_linear, "\"%s\": %.3f s, then %.3f s for 8 times as much", unit, small,
		      large);
	ck_assert_msg(small_used < FIXED_BYTES &&
			      large_used < small_used + 350 * (size_t)(LARGE - SMALL),
		      "\"%s\": %zu bytes for %d of text, %zu for %d", unit, small_used, SMALL,
		      large_used, LARGE);
}

/* In quarters, so that none comes near Check's time limit on a slow machine. */
static void check_quarter(size_t quarter)
{
	struct err e = {0};
	struct engine *en = engine_open(&e);
	ck_assert_msg(en != NULL, "%s", e.message);
	for (size_t i = quarter; i < sizeof units / sizeof units[0]; i += QUARTERS)
		check_linear(en, units[i]);
	engine_close(en);
}

START_TEST(extract_reads__hostile_texts_first_quarter__in_linear_time)
{
	check_quarter(0);
}
END_TEST

START_TEST(extract_reads__hostile_texts_second_quarter__in_linear_time)
{
	check_quarter(1);
}
END_TEST

START_TEST(extract_reads__hostile_texts_third_quarter__in_linear_time)
{
	check_quarter(2);
}
END_TEST

START_TEST(extract_reads__hostile_texts_last_quarter__in_linear_time)
{
	check_quarter(3);
}
END_TEST

START_TEST(extract_reads__zero_and_control_bytes__as_text)
{
	struct err e = {0};
	struct engine *en = engine_open(&e);
	struct arena a;
	struct extraction x;
	static const char text[] =
		"Ann\0 Lee said\x01 that\0 the deal\x7F is dead.\0\0 “Yes,\0” she said.";
	struct article article = {.text = {text, sizeof text - 1}};
	ck_assert_ptr_nonnull(en);
	arena_init(&a, ARENA_BYTES);
	assert_ok(engine_extract(en, &article, &a, &x, &e), e);
	arena_release(&a);
	engine_close(en);
}
END_TEST

/* Every prefix of a text, so that a cut may fall anywhere, in the middle of a character too. */
START_TEST(extract_reads__every_prefix__or_says_it_is_not_utf8)
{
	static const char text[] =
		"« Oui, » Mr. Wang’s “friend” told U.S. officials on Friday: ‘We don’t accept’ — "
		"“the ﬁrst… "
		"of 1,000.5”, said Erdoğan's "
		"aide, who Washington says wants China to stop, but (he) denied it.\n\n“Go on";
	struct err e = {0};
	struct engine *en = engine_open(&e);
	ck_assert_ptr_nonnull(en);
	for (size_t n = 0; n < sizeof text; n++) {
		struct arena a;
		struct extraction x;
		struct article article = article_of((struct str){text, n}, STR("2024-04-26"));
		e = (struct err){0};
		arena_init(&a, ARENA_BYTES);
		if (engine_extract(en, &article, &a, &x, &e) < 0)
			ck_assert_int_eq(e.kind, ERR_INPUT);
		arena_release(&a);
	}
	engine_close(en);
}
END_TEST

START_TEST(extract_fails__bad_utf8_and_full_arena__with_their_kinds)
{
	struct err e = {0};
	struct engine *en = engine_open(&e);
	struct arena a;
	struct extraction x;
	struct article bad = {.text = STR("He said \xC3\x28.")},
		       good = {.text = STR("Ann Lee said that the deal was dead.")};
	ck_assert_ptr_nonnull(en);
	arena_init(&a, ARENA_BYTES);
	assert_fails(engine_extract(en, &bad, &a, &x, &e), e, ERR_INPUT);
	arena_release(&a);
	/* every size of arena: the failure may come at any allocation */
	for (size_t max = 0; max < 200000; max += 997) {
		arena_init(&a, max);
		e = (struct err){0};
		if (engine_extract(en, &good, &a, &x, &e) < 0)
			ck_assert_int_eq(e.kind, ERR_TOO_LARGE);
		else
			ck_assert_uint_eq(x.n_statements, 1);
		arena_release(&a);
	}
	engine_close(en);
}
END_TEST

START_TEST(extract_finds__other_language__nothing)
{
	static const struct {
		const char *tag;
		size_t n;
	} cases[] = {{"", 1}, {"en", 1}, {"en-GB", 1}, {"EN", 1}, {"fr", 0}, {"enm", 0}, {"e", 0}};
	struct err e = {0};
	struct engine *en = engine_open(&e);
	ck_assert_ptr_nonnull(en);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct arena a;
		struct extraction x;
		struct article article = {.text = STR("Ann Lee said that the deal was dead."),
					  .language = str_of(cases[i].tag)};
		arena_init(&a, ARENA_BYTES);
		assert_ok(engine_extract(en, &article, &a, &x, &e), e);
		ck_assert_uint_eq(x.n_statements, cases[i].n);
		arena_release(&a);
	}
	engine_close(en);
}
END_TEST

START_TEST(knowledge_lists__tables__with_codes_and_parents)
{
	struct err e = {0};
	struct engine *en = engine_open(&e);
	ck_assert_ptr_nonnull(en);
	struct knowledge k = engine_knowledge(en);
	ck_assert_uint_ge(k.n_issues, 80);
	ck_assert_uint_ge(k.n_actors, 600);
	bool wang = false;
	for (size_t i = 0; i < k.n_actors; i++) {
		ck_assert(k.actors[i].id.n > 0 && k.actors[i].name.n > 0);
		if (!str_eq(k.actors[i].id, STR("wang-yi")))
			continue;
		wang = true;
		assert_str(k.actors[i].country, "CHN");
		ck_assert_uint_ge(k.actors[i].n_roles, 2);
		ck_assert_uint_ge(k.actors[i].aliases.n, 1);
		assert_str(k.actors[i].aliases.v[0], "Wang");
	}
	ck_assert(wang);
	for (size_t i = 0; i < k.n_issues; i++) {
		ck_assert(k.issues[i].id.n > 0 && !k.issues[i].is_open);
		ck_assert_int_eq(k.issues[i].cap_sub / 100, k.issues[i].cap_major);
	}
	engine_close(en);
}
END_TEST

UNIT_MAIN("extract stress", extract_reads__hostile_texts_first_quarter__in_linear_time,
	  extract_reads__hostile_texts_second_quarter__in_linear_time,
	  extract_reads__hostile_texts_third_quarter__in_linear_time,
	  extract_reads__hostile_texts_last_quarter__in_linear_time,
	  extract_reads__zero_and_control_bytes__as_text,
	  extract_reads__every_prefix__or_says_it_is_not_utf8,
	  extract_fails__bad_utf8_and_full_arena__with_their_kinds,
	  extract_finds__other_language__nothing, knowledge_lists__tables__with_codes_and_parents)
