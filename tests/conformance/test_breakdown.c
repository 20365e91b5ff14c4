/* Facets, suggestions and outlets, over a few statements whose sums are known. */
#include "db/breakdown.h"

#include "base/fold.h"
#include "db/outlet.h"
#include "db/suggestion.h"
#include "tests/conformance/fixture.h"

static const struct actor blinken = ACTOR("antony-blinken", "Antony Blinken", PERSON, "USA");
static struct fixture f;

static void say(const char *day, const char *outlet, const struct actor *speaker,
		enum position position)
{
	static int number;
	struct issue_hit hit = {.issue = &core, .score = 0.5F, .position = position};
	struct statement s = plain_statement(STR("something"), speaker);
	s.issues = &hit;
	s.n_issues = 1;
	s.stance.position = position;
	struct write w =
		made_article(arena_printf(&f.arena, "text %d", number++), str_of(day), &s, 1);
	w.article.outlet = str_of(outlet);
	(void)fixture_write(&f, &w);
}

static void start(void)
{
	static const struct actor actors[] = {ACTOR("CHN", "China", COUNTRY, "CHN"),
					      ACTOR("USA", "U.S.", COUNTRY, "USA")};
	struct knowledge k = {.actors = actors, .n_actors = 2, .issues = &core, .n_issues = 1};
	fixture_open(&f);
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	say("2024-01-31", "Times", &wang, POSITION_SUPPORT);
	say("2024-02-01", "Times", &wang, POSITION_OPPOSE);
	say("2024-02-29", "Zeit", &wang, POSITION_OPPOSE);
	say("2024-03-01", "", &blinken, POSITION_OPPOSE);
	say("2024-03-02", "Zeit", NULL, POSITION_NONE);
}

static const unsigned all_parts = (1U << BREAKDOWN_PARTS) - 1;

static struct breakdown break_down(const struct statement_query *q, int64_t until_ns)
{
	struct breakdown out;
	struct breakdown_query b = {.q = q, .by = all_parts, .limit = 100, .until_ns = until_ns};
	struct reader *r = fixture_reader(&f);
	assert_ok(store_breakdown(r, &b, &f.arena, &out, &f.e), f.e);
	reader_return(r);
	return out;
}

static int64_t count_in(const struct breakdown *b, int what, const char *name)
{
	const struct breakdown_part *p = &b->parts[what];
	for (size_t i = 0; i < p->n; i++) {
		const struct count_group *g = &p->v[i];
		const struct actor *a = what == COUNTED_COUNTRY ? g->country : g->speaker;
		struct str id = what == COUNTED_OUTLET ? g->outlet : a ? a->id : STR_EMPTY;
		if (str_eq(id, str_of(name)))
			return g->count;
	}
	return 0;
}

/* What is kept for a question without conditions, and what is counted for one whose only condition
 * all statements meet. */
START_TEST(breakdown__kept_and_counted__are_the_same)
{
	start();
	struct statement_query q = query_all(1), counted = query_all(1);
	counted.min_confidence = 0.001F;
	struct breakdown a = break_down(&q, 0), b = break_down(&counted, 0);
	ck_assert_int_eq(a.total, 5);
	ck_assert_int_eq(b.total, 5);
	for (int what = 0; what < BREAKDOWN_PARTS; what++) {
		ck_assert_uint_eq(a.parts[what].n, b.parts[what].n);
		ck_assert_uint_eq(a.parts[what].groups, b.parts[what].groups);
		ck_assert(!a.parts[what].is_partial && !b.parts[what].is_partial);
		for (size_t i = 0; i < a.parts[what].n; i++)
			ck_assert_int_eq(a.parts[what].v[i].count, b.parts[what].v[i].count);
	}
	for (const struct breakdown *d = &a; d; d = d == &a ? &b : NULL) {
		ck_assert_int_eq(count_in(d, COUNTED_SPEAKER, "wang-yi"), 3);
		ck_assert_int_eq(count_in(d, COUNTED_SPEAKER, ""), 1);
		ck_assert_int_eq(count_in(d, COUNTED_COUNTRY, "CHN"), 3);
		ck_assert_int_eq(count_in(d, COUNTED_COUNTRY, "USA"), 1);
		ck_assert_int_eq(count_in(d, COUNTED_OUTLET, "Times"), 2);
		ck_assert_int_eq(count_in(d, COUNTED_OUTLET, ""), 1);
		ck_assert_uint_eq(d->parts[BREAKDOWN_MONTH].n, 3);
		ck_assert_int_eq(d->parts[BREAKDOWN_MONTH].v[1].count, 2);
		ck_assert_int_eq(d->parts[COUNTED_POSITION].v[0].count, 3);
	}
	fixture_close(&f);
}
END_TEST

START_TEST(breakdown__of_an_issue__counts_the_positions_on_it)
{
	start();
	int64_t issue = fixture_issue(&f, core.id).key;
	struct statement_query q = query_all(1);
	q.issues = (struct keys){&issue, 1};
	q.positions = 1U << POSITION_OPPOSE;
	struct breakdown b = break_down(&q, 0);
	ck_assert_int_eq(b.total, 3);
	ck_assert_uint_eq(b.parts[COUNTED_POSITION].n, 1);
	ck_assert_int_eq(b.parts[COUNTED_ISSUE].v[0].count, 3);
	q.is_void = true;
	b = break_down(&q, 0);
	ck_assert_int_eq(b.total, 0);
	ck_assert(!b.is_partial);
	fixture_close(&f);
}
END_TEST

START_TEST(breakdown__its_time_is_over__a_part_that_says_so)
{
	start();
	struct statement_query q = query_all(1);
	q.min_confidence = 0.001F;
	struct breakdown b = break_down(&q, 1);
	ck_assert(b.is_partial);
	ck_assert(b.parts[COUNTED_SPEAKER].is_partial && b.parts[COUNTED_ISSUE].is_partial);
	/* The reader's own deadline is what it was. */
	b = break_down(&q, 0);
	ck_assert_int_eq(b.total, 5);
	fixture_close(&f);
}
END_TEST

static struct suggestions suggest(const char *typed, int limit, int64_t until_ns)
{
	struct suggestions out;
	struct suggestion_query q = {
		.typed = str_fold(&f.arena, str_of(typed)), .limit = limit, .until_ns = until_ns};
	struct reader *r = fixture_reader(&f);
	assert_ok(store_suggest(r, &q, &f.arena, &out, &f.e), f.e);
	reader_return(r);
	return out;
}

START_TEST(suggest__what_is_used__comes_first_and_once)
{
	start();
	struct suggestions s = suggest("wa", 5, 0);
	ck_assert_uint_eq(s.n, 1);
	assert_str(s.v[0].id, "wang-yi");
	ck_assert_int_eq(s.v[0].statements, 3);
	s = suggest("yi", 5, 0);
	ck_assert_int_eq(s.v[0].meeting, MEETING_WORD);
	s = suggest("zeit", 5, 0);
	ck_assert_int_eq(s.v[0].what, SUGGESTED_OUTLET);
	ck_assert_int_eq(s.v[0].statements, 2);
	s = suggest("c", 2, 0);
	ck_assert_uint_eq(s.n, 2);
	ck_assert_int_ge(s.v[0].statements, s.v[1].statements);
	s = suggest("wa", 5, 1);
	ck_assert(s.is_partial);
	fixture_close(&f);
}
END_TEST

/* What is kept of the names is of one version: one that a later text brings is found at once. */
START_TEST(suggest__names_that_come_later__found_by_start_word_and_slip)
{
	static const struct actor late =
		ACTOR("jens-stoltenberg", "Jens Stoltenberg", PERSON, "NOR");
	static const char *const typed[] = {"jens", "stolt", "stoltnbrg"};
	static const enum meeting meetings[] = {MEETING_START, MEETING_WORD, MEETING_SPELLING};
	start();
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
			struct suggestions s = suggest(typed[i], 5, 0);
			ck_assert_uint_eq(s.n, round > 0);
			if (!round)
				continue;
			assert_str(s.v[0].id, "jens-stoltenberg");
			ck_assert_int_eq(s.v[0].meeting, meetings[i]);
			ck_assert_int_eq(s.v[0].statements, round);
		}
		say("2024-03-05", "Times", &late, POSITION_SUPPORT);
	}
	fixture_close(&f);
}
END_TEST

START_TEST(meeting_of__names_and_slips__as_promised)
{
	static const struct {
		const char *typed, *name;
		enum meeting meeting;
	} cases[] = {
		{"wang yi", "wang yi", MEETING_WHOLE},
		{"wan", "wang yi", MEETING_START},
		{"yi", "wang yi", MEETING_WORD},
		{"ang", "wang yi", MEETING_NONE},
		{"wnag", "wang yi", MEETING_SPELLING},
		{"wagn", "wang yi", MEETING_SPELLING},
		{"wxxg", "wang yi", MEETING_NONE},
		{"wxn", "wang yi", MEETING_NONE},
		{"blinkn", "antony blinken", MEETING_SPELLING},
		{"stoltnbrg", "jens stoltenberg", MEETING_SPELLING},
		{"ztoltenberg", "jens stoltenberg", MEETING_NONE},
		{"a", "", MEETING_NONE},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		ck_assert_msg(meeting_of(str_of(cases[i].typed), str_of(cases[i].name)) ==
				      cases[i].meeting,
			      "%s in %s: %d", cases[i].typed, cases[i].name,
			      (int)meeting_of(str_of(cases[i].typed), str_of(cases[i].name)));
}
END_TEST

START_TEST(outlets__pages__by_name_with_their_days)
{
	struct outlets list;
	struct str next = STR_EMPTY;
	struct outlet_query q = {.after = STR_EMPTY, .limit = 1};
	start();
	struct reader *r = fixture_reader(&f);
	assert_ok(store_outlets(r, &q, &f.arena, &list, &next, &f.e), f.e);
	assert_str(list.v[0].name, "Times");
	ck_assert_int_eq(list.v[0].articles, 2);
	ck_assert_int_eq(list.v[0].last, day_from_civil((struct civil){2024, 2, 1}));
	q.after = next;
	assert_ok(store_outlets(r, &q, &f.arena, &list, &next, &f.e), f.e);
	assert_str(list.v[0].name, "Zeit");
	ck_assert_uint_eq(next.n, 0);
	reader_return(r);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("breakdown", breakdown__kept_and_counted__are_the_same,
	  breakdown__of_an_issue__counts_the_positions_on_it,
	  breakdown__its_time_is_over__a_part_that_says_so,
	  suggest__what_is_used__comes_first_and_once,
	  suggest__names_that_come_later__found_by_start_word_and_slip,
	  meeting_of__names_and_slips__as_promised, outlets__pages__by_name_with_their_days)
