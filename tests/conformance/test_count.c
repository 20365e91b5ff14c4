/* Counting, over a few statements whose sums are known. */
#include "db/count.h"

#include "base/clock.h"
#include "db/issue_edit.h"
#include "db/reread.h"
#include "tests/conformance/said.h"

static const struct actor nato = ACTOR("nato", "NATO", ORGANIZATION, "");
static const struct actor ministry = ACTOR("ministry", "the ministry", ORGANIZATION, "CHN");

static struct fixture f;

static struct counts count(const struct statement_query *q, unsigned by, enum interval interval,
			   int limit)
{
	struct counts out;
	struct count_query c = {.q = q, .by = by, .interval = interval, .limit = limit};
	struct reader *r = fixture_reader(&f);
	assert_ok(store_count(r, &c, &f.arena, &out, &f.e), f.e);
	reader_return(r);
	return out;
}

enum {
	BY_SPEAKER = 1U << COUNTED_SPEAKER,
	BY_COUNTRY = 1U << COUNTED_COUNTRY,
	BY_ISSUE = 1U << COUNTED_ISSUE,
	BY_TARGET_OF = 1U << COUNTED_TARGET,
	BY_POSITION = 1U << COUNTED_POSITION
};

START_TEST(count__positions_by_month__each_with_what_it_is_of)
{
	said_open(&f);
	SAY("2024-03-31", {&wang, &taiwan, POSITION_OPPOSE}, {&wang, &taiwan, POSITION_OPPOSE});
	SAY("2024-04-01", {&wang, &taiwan, POSITION_OPPOSE}, {&wang, &taiwan, POSITION_SUPPORT},
	    {&wang, &core, POSITION_OPPOSE});
	SAY("2024-04-30", {&wang, &taiwan, POSITION_OPPOSE}, {&blinken, &taiwan, POSITION_OPPOSE});
	int64_t issue = fixture_issue(&f, STR("taiwan")).key,
		china_all = speaker_key(fixture_actor(&f, STR("CHN")).key, true);
	struct statement_query q = query_all(1);
	q.speakers = (struct keys){&china_all, 1};
	q.issues = (struct keys){&issue, 1};
	struct counts c = count(&q, BY_POSITION, INTERVAL_MONTH, 10);
	ck_assert_int_eq(c.total, 5);
	ck_assert_uint_eq(c.n, 3);
	ck_assert_uint_eq(c.groups, 3);
	static const struct {
		enum position position;
		int count, of;
	} want[] = {{POSITION_OPPOSE, 2, 2}, {POSITION_OPPOSE, 2, 3}, {POSITION_SUPPORT, 1, 3}};
	for (size_t i = 0; i < 3; i++) {
		ck_assert_int_eq(c.v[i].position, (int)want[i].position);
		ck_assert_int_eq(c.v[i].count, want[i].count);
		ck_assert_int_eq(c.v[i].of, want[i].of);
	}
	ck_assert_int_eq(c.v[0].from, day_from_civil((struct civil){2024, 3, 1}));
	ck_assert_int_eq(c.v[2].from, day_from_civil((struct civil){2024, 4, 1}));
	c = count(&q, 0, INTERVAL_DAY, 10);
	ck_assert_uint_eq(c.n, 3);
	c = count(&q, 0, INTERVAL_YEAR, 10);
	ck_assert_uint_eq(c.n, 1);
	ck_assert_int_eq(c.v[0].count, 5);
	fixture_close(&f);
}
END_TEST

START_TEST(count__by_names__speakers_countries_issues_targets)
{
	said_open(&f);
	SAY("2024-04-01", {&wang, &taiwan, POSITION_OPPOSE}, {&ministry, &taiwan, POSITION_OPPOSE},
	    {&china, &taiwan, POSITION_OPPOSE}, {&nato, &core, POSITION_SUPPORT},
	    {NULL, NULL, POSITION_NEUTRAL});
	const struct said at_target = {&blinken, &taiwan, POSITION_NEUTRAL};
	said_write(&f, "2024-04-02", &at_target, 1, &china);
	struct statement_query q = query_all(1);
	struct counts c = count(&q, BY_COUNTRY, INTERVAL_NONE, 10);
	ck_assert_uint_eq(c.n, 3);
	assert_str(c.v[0].country->id, "CHN");
	ck_assert_int_eq(c.v[0].count, 3);
	ck_assert_int_eq(c.v[0].of, 6);
	ck_assert_ptr_null(c.v[1].country); /* NATO and nobody */
	ck_assert_int_eq(c.v[1].count, 2);
	c = count(&q, BY_SPEAKER, INTERVAL_NONE, 2);
	ck_assert_uint_eq(c.n, 2);
	ck_assert_uint_eq(c.groups, 6);
	c = count(&q, BY_ISSUE | BY_TARGET_OF, INTERVAL_NONE, 10);
	ck_assert_uint_eq(c.n, 3); /* a statement without an issue is in no group */
	ck_assert_int_eq(c.total, 6);
	assert_str(c.v[0].issue->id, "taiwan");
	ck_assert_ptr_null(c.v[0].target);
	q.is_void = true;
	ck_assert_uint_eq(count(&q, 0, INTERVAL_NONE, 10).n, 0);
	fixture_close(&f);
}
END_TEST

START_TEST(count__statements_that_several_ranges_hold__once_each)
{
	said_open(&f);
	struct issue_hit both[] = {{.issue = &taiwan, .score = 0.5F, .evidence = {NULL, 0}},
				   {.issue = &core, .score = 0.5F, .evidence = {NULL, 0}}};
	enum { MANY = 3000 };
	struct statement *v = arena_array(&f.arena, MANY, sizeof *v);
	for (int i = 0; i < MANY; i++) {
		v[i] = plain_statement(STR("c"), &wang);
		v[i].issues = both;
		v[i].n_issues = 2;
	}
	struct write w = made_article(STR("text"), STR("2024-04-01"), v, MANY);
	fixture_write(&f, &w);
	int64_t issues[] = {fixture_issue(&f, STR("taiwan")).key,
			    fixture_issue(&f, STR("core-interests")).key};
	struct statement_query q = query_all(1);
	q.issues = (struct keys){issues, 2};
	struct counts c = count(&q, BY_SPEAKER, INTERVAL_NONE, 10);
	ck_assert_int_eq(c.total, MANY);
	ck_assert_int_eq(c.v[0].count, MANY);
	/* By issue only those that are asked for count. */
	q.issues.n = 1;
	c = count(&q, BY_ISSUE, INTERVAL_NONE, 10);
	ck_assert_uint_eq(c.n, 1);
	assert_str(c.v[0].issue->id, "taiwan");
	fixture_close(&f);
}
END_TEST

/* A condition on the position is one on the issues that are counted: from the facets, and of
 * statements that are found by words. */
static void count_opposed(bool with_open, struct str *word, size_t want)
{
	struct statement_query q = query_all(1);
	struct counts c;
	struct count_query of = {.q = &q, .by = BY_ISSUE, .with_open = with_open, .limit = 10};
	q.positions = 1U << POSITION_OPPOSE;
	q.phrases = (struct strs){word, word != NULL};
	struct reader *r = fixture_reader(&f);
	assert_ok(store_count(r, &of, &f.arena, &c, &f.e), f.e);
	reader_return(r);
	ck_assert_uint_eq(c.n, want);
	ck_assert_int_eq(c.total, (int64_t)want);
}

START_TEST(count__by_issue__open_ones_only_when_asked)
{
	said_open(&f);
	SAY("2024-04-01", {&wang, &taiwan, POSITION_OPPOSE}, {&wang, &trade, POSITION_OPPOSE},
	    {&wang, &trade, POSITION_SUPPORT});
	struct statement_query q = query_all(1);
	struct counts c = count(&q, BY_ISSUE, INTERVAL_NONE, 10);
	ck_assert_uint_eq(c.n, 1);
	assert_str(c.v[0].issue->id, "taiwan");
	struct count_query all = {.q = &q, .by = BY_ISSUE, .with_open = true, .limit = 10};
	struct reader *r = fixture_reader(&f);
	assert_ok(store_count(r, &all, &f.arena, &c, &f.e), f.e);
	reader_return(r);
	ck_assert_uint_eq(c.n, 2);
	assert_str(c.v[0].issue->id, "trade");
	struct str word = STR("something");
	for (int way = 0; way < 2; way++) {
		count_opposed(false, way ? &word : NULL, 1);
		count_opposed(true, way ? &word : NULL, 2);
	}
	int64_t key = fixture_issue(&f, STR("trade")).key;
	q.issues = (struct keys){&key, 1};
	c = count(&q, BY_ISSUE, INTERVAL_NONE, 10);
	ck_assert_uint_eq(c.n, 1);
	ck_assert_int_eq(c.v[0].count, 2);
	fixture_close(&f);
}
END_TEST

/* The same groups with the same counts, whether the counts that are kept answer or, for a condition
 * that all fit, the statements. */
static void same_counts(unsigned by, enum interval interval, bool with_open)
{
	struct statement_query kept = query_all(1), walked = query_all(1);
	struct counts a, b;
	struct count_query of_kept = {
		.q = &kept, .by = by, .interval = interval, .with_open = with_open, .limit = 1000};
	struct count_query of_walked = {.q = &walked,
					.by = by,
					.interval = interval,
					.with_open = with_open,
					.limit = 1000};
	walked.published_after = 0;
	struct reader *r = fixture_reader(&f);
	assert_ok(store_count(r, &of_kept, &f.arena, &a, &f.e), f.e);
	assert_ok(store_count(r, &of_walked, &f.arena, &b, &f.e), f.e);
	ck_assert_int_eq(a.total, b.total);
	ck_assert_uint_eq(a.groups, b.groups);
	ck_assert_uint_eq(a.n, b.n);
	for (size_t i = 0; i < a.n; i++) {
		ck_assert(a.v[i].speaker == b.v[i].speaker ||
			  str_eq(a.v[i].speaker->id, b.v[i].speaker->id));
		ck_assert(a.v[i].issue == b.v[i].issue ||
			  str_eq(a.v[i].issue->id, b.v[i].issue->id));
		ck_assert(a.v[i].country == b.v[i].country ||
			  str_eq(a.v[i].country->id, b.v[i].country->id));
		ck_assert(a.v[i].target == b.v[i].target ||
			  str_eq(a.v[i].target->id, b.v[i].target->id));
		ck_assert(a.v[i].position == b.v[i].position && a.v[i].act == b.v[i].act &&
			  a.v[i].kind == b.v[i].kind);
		ck_assert(a.v[i].polarity == b.v[i].polarity && a.v[i].from == b.v[i].from);
		ck_assert_int_eq(a.v[i].count, b.v[i].count);
		ck_assert_int_eq(a.v[i].of, b.v[i].of);
	}
	reader_return(r);
}

static void all_same_counts(void)
{
	static const unsigned words[] = {0,
					 BY_POSITION,
					 1U << COUNTED_ACT,
					 BY_COUNTRY,
					 BY_COUNTRY | BY_POSITION,
					 BY_TARGET_OF,
					 BY_TARGET_OF | BY_POSITION,
					 1U << COUNTED_KIND | BY_POSITION,
					 1U << COUNTED_POLARITY};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		for (int interval = INTERVAL_NONE; interval <= INTERVAL_YEAR; interval++)
			same_counts(words[i], (enum interval)interval, false);
	same_counts(BY_SPEAKER, INTERVAL_NONE, false);
	same_counts(BY_SPEAKER, INTERVAL_MONTH, false);
	same_counts(BY_ISSUE, INTERVAL_NONE, false);
	same_counts(BY_ISSUE, INTERVAL_NONE, true);
	for (int interval = INTERVAL_NONE; interval <= INTERVAL_YEAR; interval++)
		same_counts(BY_ISSUE | BY_POSITION, (enum interval)interval, true);
}

/* An issue that texts named becomes one of the table, and the article's statements are on it. */
static void issue_again(int64_t article)
{
	static const struct issue_hit hit = {
		.issue = &trade, .score = 0.75F, .evidence = {NULL, 0}};
	struct issue_write iw = {.write = {.op = WRITE_ISSUE}, .change = ISSUE_ADD, .issue = trade};
	fixture_write(&f, &iw.write);
	all_same_counts();
	struct statement_query q = query_all(100);
	int64_t next;
	q.article = article;
	struct statement_list list = fixture_ask(&f, &q, &next);
	for (size_t i = 0; i < list.n; i++) {
		list.v[i].issues = &hit;
		list.v[i].n_issues = 1;
	}
	struct reread_write rw = {
		.write = {.op = WRITE_REREAD, .id = article, .edition = iw.edition}};
	rw.write.extraction = (struct extraction){list.v, list.n};
	fixture_write(&f, &rw.write);
	ck_assert(rw.is_taken);
}

START_TEST(count__of_all__as_a_walk_counts_them)
{
	said_open(&f);
	all_same_counts();
	int64_t first = SAY("2024-04-01", {&wang, &taiwan, POSITION_OPPOSE},
			    {&china, &trade, POSITION_OPPOSE}, {NULL, &core, POSITION_NEUTRAL},
			    {&wang, NULL, POSITION_SUPPORT}, {&nato, &taiwan, POSITION_SUPPORT},
			    {&ministry, &taiwan, POSITION_OPPOSE});
	all_same_counts();
	const struct said at_target[] = {{&blinken, &taiwan, POSITION_OPPOSE},
					 {&nato, &core, POSITION_NEUTRAL}};
	said_write(&f, "2024-05-02", at_target, 2, &china);
	said_write(&f, "2024-05-03", at_target, 1, &nato);
	all_same_counts();
	int64_t last = SAY("1999-12-31", {&blinken, &taiwan, POSITION_OPPOSE},
			   {&blinken, &core, POSITION_OPPOSE}, {NULL, NULL, POSITION_NEUTRAL});
	all_same_counts();
	issue_again(last);
	all_same_counts();
	struct write gone = {.op = WRITE_DELETE, .id = first};
	fixture_write(&f, &gone);
	all_same_counts();
	gone.id = last;
	fixture_write(&f, &gone);
	all_same_counts();
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(count__past_its_deadline__ends)
{
	struct counts out;
	struct statement_query q = query_all(1);
	struct count_query c = {.q = &q, .limit = 10};
	said_open(&f);
	struct reader *r = store_reader(f.store, now_monotonic_ns() + LONG_NS, &f.e);
	ck_assert_ptr_nonnull(r);
	reader_return(r);
	r = store_reader(f.store, now_monotonic_ns() + 1, &f.e);
	if (r)
		assert_fails(store_count(r, &c, &f.arena, &out, &f.e), f.e, ERR_DEADLINE);
	reader_return(r);
	f.e = (struct err){0};
	fixture_close(&f);
}
END_TEST

START_TEST(count__its_time_is_over__a_part_that_says_so)
{
	struct counts out;
	struct statement_query q = query_all(1);
	said_open(&f);
	SAY("2024-04-01", {&wang, &core, POSITION_SUPPORT}, {&wang, &core, POSITION_OPPOSE});
	q.min_confidence = 0.001F; /* so that it is not read from what is kept */
	struct count_query c = {.q = &q, .limit = 10, .until_ns = 1};
	struct reader *r = fixture_reader(&f);
	assert_ok(store_count(r, &c, &f.arena, &out, &f.e), f.e);
	ck_assert(out.is_partial);
	/* The reader's own deadline is what it was. */
	c.until_ns = 0;
	assert_ok(store_count(r, &c, &f.arena, &out, &f.e), f.e);
	ck_assert(!out.is_partial);
	ck_assert_int_gt(out.total, 0);
	reader_return(r);
	fixture_close(&f);
}
END_TEST

/* How many the group of the issue ("" for any) and the position has. */
static int64_t group_of(const struct counts *c, const char *issue, enum position position)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].position == (int)position &&
		    (c->v[i].issue ? str_eq(c->v[i].issue->id, str_of(issue)) : !*issue))
			return c->v[i].count;
	return 0;
}

START_TEST(count__by_position__on_the_issue_counted_by_or_asked_for_or_the_first)
{
	said_open(&f);
	said_write_pairs(&f, "2024-04-01");
	struct statement_query q = query_all(1);
	int64_t keys[] = {fixture_issue(&f, taiwan.id).key, fixture_issue(&f, core.id).key};
	/* Without an issue their own, of each statement once: kept, and walked. */
	for (int is_walked = 0; is_walked < 2; is_walked++) {
		q.published_after = is_walked ? 0 : DAY_NONE;
		struct counts c = count(&q, BY_POSITION, INTERVAL_NONE, 10);
		ck_assert_int_eq(c.total, 2);
		ck_assert_int_eq(group_of(&c, "", POSITION_SUPPORT), 1);
		ck_assert_int_eq(group_of(&c, "", POSITION_NEUTRAL), 1);
		ck_assert_uint_eq(c.n, 2);
	}
	/* By issue as well: each pair. */
	struct counts c = count(&q, BY_ISSUE | BY_POSITION, INTERVAL_NONE, 10);
	ck_assert_uint_eq(c.n, 3);
	ck_assert_int_eq(group_of(&c, "core-interests", POSITION_SUPPORT), 1);
	ck_assert_int_eq(group_of(&c, "taiwan", POSITION_OPPOSE), 1);
	ck_assert_int_eq(group_of(&c, "taiwan", POSITION_NONE), 1);
	ck_assert_int_eq(c.total, 2);
	/* What is opposed, though the first issue is not. */
	q.positions = 1U << POSITION_OPPOSE;
	c = count(&q, BY_ISSUE, INTERVAL_NONE, 10);
	ck_assert_uint_eq(c.n, 1);
	assert_str(c.v[0].issue->id, "taiwan");
	ck_assert_int_eq(c.total, 1);
	q.min_position_confidence = 0.7F;
	ck_assert_int_eq(count(&q, BY_ISSUE, INTERVAL_NONE, 10).total, 0);
	q.positions = 0;
	q.min_position_confidence = 0;
	/* Of two issues: a statement with each position that it takes on them. */
	q.issues = (struct keys){keys, 2};
	c = count(&q, BY_POSITION, INTERVAL_NONE, 10);
	ck_assert_uint_eq(c.n, 3);
	ck_assert_int_eq(group_of(&c, "", POSITION_SUPPORT), 1);
	ck_assert_int_eq(group_of(&c, "", POSITION_OPPOSE), 1);
	ck_assert_int_eq(c.total, 2);
	ck_assert_int_eq(count(&q, BY_SPEAKER, INTERVAL_NONE, 10).v[0].count, 2);
	q.issues.n = 1;
	c = count(&q, BY_POSITION, INTERVAL_NONE, 10);
	ck_assert_uint_eq(c.n, 2);
	ck_assert_int_eq(group_of(&c, "", POSITION_OPPOSE), 1);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("count", count__positions_by_month__each_with_what_it_is_of,
	  count__by_names__speakers_countries_issues_targets,
	  count__statements_that_several_ranges_hold__once_each,
	  count__by_issue__open_ones_only_when_asked, count__of_all__as_a_walk_counts_them,
	  count__past_its_deadline__ends, count__its_time_is_over__a_part_that_says_so,
	  count__by_position__on_the_issue_counted_by_or_asked_for_or_the_first)
