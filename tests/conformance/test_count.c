/* Counting, changes of position and the grid, over a few statements whose sums are known. */
#include "db/count.h"

#include "db/grid.h"
#include "db/issue_edit.h"
#include "db/position_change.h"
#include "db/position_history.h"
#include "db/reread.h"
#include "tests/conformance/fixture.h"

static const struct actor blinken = ACTOR("antony-blinken", "Antony Blinken", PERSON, "USA");
static const struct actor nato = ACTOR("nato", "NATO", ORGANIZATION, "");
static const struct actor ministry = ACTOR("ministry", "the ministry", ORGANIZATION, "CHN");
static const struct issue taiwan = {.id = {"taiwan", 6}, .label = {"Taiwan", 6}};

/* One article of one day with statements that differ in speaker, issue and position. */
struct said {
	const struct actor *speaker;
	const struct issue *issue;
	enum position position;
};

static struct fixture f;
static int64_t last_article;

static void write_said(const char *day, const struct said *said, size_t n,
		       const struct actor *target)
{
	static int number;
	struct statement v[32];
	struct issue_hit hits[32];
	for (size_t i = 0; i < n; i++) {
		hits[i] = (struct issue_hit){
			.issue = said[i].issue, .score = 0.5F, .position = said[i].position};
		v[i] = plain_statement(STR("something"), said[i].speaker);
		v[i].issues = &hits[i];
		v[i].n_issues = said[i].issue ? 1 : 0;
		v[i].stance.position = said[i].position;
		v[i].stance.target = target;
	}
	struct str text = arena_printf(&f.arena, "text %d", number++);
	struct write w = made_article(text, str_of(day), v, n);
	last_article = fixture_write(&f, &w);
}

#define SAY(day, ...)                                                                              \
	do {                                                                                       \
		const struct said said_[] = {__VA_ARGS__};                                         \
		write_said(day, said_, sizeof said_ / sizeof said_[0], NULL);                      \
	} while (0)

/* Actors and issues as the program's tables have them: countries are there before anybody speaks
 * for them. */
static void start(void)
{
	static const struct actor actors[] = {ACTOR("CHN", "China", COUNTRY, "CHN"),
					      ACTOR("USA", "U.S.", COUNTRY, "USA")};
	static const struct issue issues[] = {
		{.id = {"core-interests", 14}, .label = {"core interests", 14}},
		{.id = {"taiwan", 6}, .label = {"Taiwan", 6}}};
	struct knowledge k = {.actors = actors, .n_actors = 2, .issues = issues, .n_issues = 2};
	fixture_open(&f);
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
}

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
	start();
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
	start();
	SAY("2024-04-01", {&wang, &taiwan, POSITION_OPPOSE}, {&ministry, &taiwan, POSITION_OPPOSE},
	    {&china, &taiwan, POSITION_OPPOSE}, {&nato, &core, POSITION_SUPPORT},
	    {NULL, NULL, POSITION_NEUTRAL});
	const struct said at_target = {&blinken, &taiwan, POSITION_NEUTRAL};
	write_said("2024-04-02", &at_target, 1, &china);
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
	start();
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
	start();
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

/* An issue that texts named becomes one of the table, and the last article's statements are on it.
 */
static void issue_again(void)
{
	static const struct issue_hit hit = {
		.issue = &trade, .score = 0.75F, .evidence = {NULL, 0}};
	struct issue_write iw = {.write = {.op = WRITE_ISSUE}, .change = ISSUE_ADD, .issue = trade};
	fixture_write(&f, &iw.write);
	all_same_counts();
	struct statement_query q = query_all(100);
	int64_t next;
	q.article = last_article;
	struct statement_list list = fixture_ask(&f, &q, &next);
	for (size_t i = 0; i < list.n; i++) {
		list.v[i].issues = &hit;
		list.v[i].n_issues = 1;
	}
	struct reread_write rw = {
		.write = {.op = WRITE_REREAD, .id = last_article, .edition = iw.edition}};
	rw.write.extraction = (struct extraction){list.v, list.n};
	fixture_write(&f, &rw.write);
	ck_assert(rw.is_taken);
}

START_TEST(count__of_all__as_a_walk_counts_them)
{
	start();
	all_same_counts();
	SAY("2024-04-01", {&wang, &taiwan, POSITION_OPPOSE}, {&china, &trade, POSITION_OPPOSE},
	    {NULL, &core, POSITION_NEUTRAL}, {&wang, NULL, POSITION_SUPPORT},
	    {&nato, &taiwan, POSITION_SUPPORT}, {&ministry, &taiwan, POSITION_OPPOSE});
	all_same_counts();
	int64_t first = last_article;
	const struct said at_target[] = {{&blinken, &taiwan, POSITION_OPPOSE},
					 {&nato, &core, POSITION_NEUTRAL}};
	write_said("2024-05-02", at_target, 2, &china);
	write_said("2024-05-03", at_target, 1, &nato);
	all_same_counts();
	SAY("1999-12-31", {&blinken, &taiwan, POSITION_OPPOSE}, {&blinken, &core, POSITION_OPPOSE},
	    {NULL, NULL, POSITION_NEUTRAL});
	all_same_counts();
	issue_again();
	all_same_counts();
	struct write gone = {.op = WRITE_DELETE, .id = first};
	fixture_write(&f, &gone);
	all_same_counts();
	gone.id = last_article;
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
	start();
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
	start();
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

/* --- pairs --- */

/* A statement for core interests and against Taiwan, the surer the one, and one without a side on
 * Taiwan. */
static void say_pairs(const char *day)
{
	const struct issue_hit both[] = {
		{.issue = &core, .position = POSITION_SUPPORT, .position_confidence = 0.9F},
		{.issue = &taiwan, .position = POSITION_OPPOSE, .position_confidence = 0.6F}};
	const struct issue_hit none = {.issue = &taiwan, .position = POSITION_NONE};
	struct statement v[] = {plain_statement(STR("both"), &wang),
				plain_statement(STR("none"), &wang)};
	v[0].issues = both;
	v[0].n_issues = 2;
	v[1].issues = &none;
	v[1].n_issues = 1;
	struct write w = made_article(str_of(day), str_of(day), v, 2);
	last_article = fixture_write(&f, &w);
}

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
	start();
	say_pairs("2024-04-01");
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

/* --- changes --- */

static struct position_changes changes(int articles)
{
	struct position_changes out;
	struct statement_query q = query_all(1);
	int64_t speaker = speaker_key(fixture_actor(&f, STR("wang-yi")).key, false),
		issue = fixture_issue(&f, STR("taiwan")).key;
	q.speakers = (struct keys){&speaker, 1};
	q.issues = (struct keys){&issue, 1};
	struct reader *r = fixture_reader(&f);
	assert_ok(store_position_changes(r, &q, articles, &f.arena, &out, &f.e), f.e);
	reader_return(r);
	return out;
}

/* "s", "o", "n", "x": the position of a statement of its own article, a day each. The articles'
 * ids. */
static void say_days(const char *positions, int64_t *articles)
{
	for (int i = 0; positions[i]; i++) {
		char day[32];
		enum position p = positions[i] == 's'	? POSITION_SUPPORT
				  : positions[i] == 'o' ? POSITION_OPPOSE
				  : positions[i] == 'x' ? POSITION_MIXED
							: POSITION_NEUTRAL;
		snprintf(day, sizeof day, "2024-%02d-%02d", 1 + i / 28, 1 + i % 28);
		SAY(day, {&wang, &taiwan, p});
		articles[i] = last_article;
	}
}

START_TEST(position_changes__a_lasting_change__with_what_was_said_before_and_after)
{
	int64_t at[32];
	start();
	say_days("ssnsoxnoo", at);
	struct position_changes t = changes(2);
	ck_assert_uint_eq(t.n, 1);
	ck_assert(t.v[0].from == POSITION_SUPPORT && t.v[0].to == POSITION_OPPOSE);
	ck_assert_int_eq(t.v[0].before, at[3] - 1);
	ck_assert_int_eq(t.v[0].after, at[4] - 1);
	ck_assert_int_eq(t.v[0].articles_before, 3);
	ck_assert_int_eq(t.v[0].articles_after, 3);
	ck_assert_int_eq(t.articles, 6);
	ck_assert_int_eq(t.statements[POSITION_NEUTRAL], 2);
	ck_assert_int_eq(t.statements[POSITION_MIXED], 1);
	ck_assert_int_eq(t.statements[POSITION_SUPPORT], 3);
	ck_assert_uint_eq(changes(4).n, 0);
	fixture_close(&f);
}
END_TEST

START_TEST(position_changes__single_statements_against_a_row__change_nothing)
{
	int64_t at[32];
	start();
	say_days("ssososssoss", at);
	ck_assert_uint_eq(changes(2).n, 0);
	ck_assert_uint_eq(changes(1).n, 6); /* with the rule loosened each counts */
	fixture_close(&f);
}
END_TEST

START_TEST(position_changes__back_and_forth__each_change)
{
	int64_t at[32];
	start();
	say_days("osoossnnoo", at);
	struct position_changes t = changes(2);
	ck_assert_uint_eq(t.n, 2);
	ck_assert(t.v[0].to == POSITION_SUPPORT && t.v[1].to == POSITION_OPPOSE);
	ck_assert_int_eq(t.v[0].before, at[3] - 1);
	ck_assert_int_eq(t.v[1].before, at[5] - 1);
	ck_assert_int_eq(t.v[1].after, at[8] - 1);
	fixture_close(&f);
}
END_TEST

START_TEST(position_changes__an_article__counts_once_by_its_majority)
{
	start();
	SAY("2024-01-01", {&wang, &taiwan, POSITION_SUPPORT}, {&wang, &taiwan, POSITION_SUPPORT});
	SAY("2024-01-02", {&wang, &taiwan, POSITION_SUPPORT});
	/* Many of one article are one. */
	SAY("2024-01-03", {&wang, &taiwan, POSITION_OPPOSE}, {&wang, &taiwan, POSITION_OPPOSE},
	    {&wang, &taiwan, POSITION_OPPOSE});
	/* Even: none. */
	SAY("2024-01-04", {&wang, &taiwan, POSITION_OPPOSE}, {&wang, &taiwan, POSITION_SUPPORT});
	ck_assert_uint_eq(changes(2).n, 0);
	SAY("2024-01-05", {&wang, &taiwan, POSITION_SUPPORT}, {&wang, &taiwan, POSITION_OPPOSE},
	    {&wang, &taiwan, POSITION_OPPOSE});
	struct position_changes t = changes(2);
	ck_assert_uint_eq(t.n, 1);
	ck_assert_int_eq(t.v[0].articles_before, 2);
	ck_assert_int_eq(t.v[0].articles_after, 2);
	ck_assert_int_eq(t.articles, 4);
	fixture_close(&f);
}
END_TEST

/* The first issue stays supported; the one that is asked for turns. */
START_TEST(position_changes__on_a_second_issue__are_those_on_that)
{
	start();
	for (int i = 0; i < 2; i++)
		SAY(i ? "2024-03-02" : "2024-03-01", {&wang, &taiwan, POSITION_SUPPORT});
	say_pairs("2024-04-01");
	say_pairs("2024-04-02");
	struct position_changes t = changes(2);
	ck_assert_uint_eq(t.n, 1);
	ck_assert(t.v[0].from == POSITION_SUPPORT && t.v[0].to == POSITION_OPPOSE);
	ck_assert_int_eq(t.statements[POSITION_SUPPORT], 2);
	ck_assert_int_eq(t.statements[POSITION_OPPOSE], 2);
	ck_assert_int_eq(t.statements[POSITION_NONE], 2);
	fixture_close(&f);
}
END_TEST

/* Several speakers on several issues, in an order that has nothing to do with these: of each pair
 * the changes that it has alone. */
START_TEST(position_changes__each_speaker_and_issue__as_of_the_pair_alone)
{
	static const struct actor *const who[] = {&wang, &blinken};
	static const struct issue *const what[] = {&taiwan, &core};
	struct position_changes all, one;
	const struct position_change_each each = {.speaker = true, .issue = true, .limit = 1000};
	size_t n = 0, articles = 0;
	uint32_t dice = 7;
	start();
	for (int i = 0; i < 120; i++) {
		char day[32];
		dice = dice * 1664525u + 1013904223u;
		snprintf(day, sizeof day, "2024-%02d-%02d", 1 + i / 28, 1 + i % 28);
		SAY(day, {who[dice >> 30 & 1], what[dice >> 29 & 1],
			  dice >> 27 & 1 ? POSITION_SUPPORT : POSITION_OPPOSE});
	}
	struct statement_query q = query_all(1);
	struct reader *r = fixture_reader(&f);
	assert_ok(store_position_changes_each(r, &q, 2, &each, &f.arena, &all, &f.e), f.e);
	ck_assert_uint_gt(all.n, 4);
	for (size_t i = 1; i < all.n; i++)
		ck_assert_int_le(all.v[i - 1].after, all.v[i].after);
	for (size_t i = 0; i < 4; i++) {
		int64_t speaker = speaker_key(fixture_actor(&f, who[i / 2]->id).key, false);
		int64_t issue = fixture_issue(&f, what[i % 2]->id).key;
		q.speakers = (struct keys){&speaker, 1};
		q.issues = (struct keys){&issue, 1};
		assert_ok(store_position_changes(r, &q, 2, &f.arena, &one, &f.e), f.e);
		size_t k = 0;
		for (size_t x = 0; x < all.n; x++) {
			if (!str_eq(all.v[x].speaker->id, who[i / 2]->id) ||
			    !str_eq(all.v[x].issue->id, what[i % 2]->id))
				continue;
			ck_assert_uint_lt(k, one.n);
			ck_assert_int_eq(all.v[x].before, one.v[k].before);
			ck_assert_int_eq(all.v[x].after, one.v[k].after);
			ck_assert_int_eq(all.v[x].articles_after, one.v[k++].articles_after);
		}
		ck_assert_uint_eq(k, one.n);
		n += k;
		articles += (size_t)one.articles;
	}
	ck_assert_uint_eq(n, all.n);
	ck_assert_uint_eq(articles, (size_t)all.articles);
	reader_return(r);
	fixture_close(&f);
}
END_TEST

/* --- the grid --- */

static struct position_history history(int limit, enum interval interval)
{
	struct position_history out;
	struct statement_query q = query_all(1);
	int64_t speaker = speaker_key(fixture_actor(&f, STR("wang-yi")).key, false);
	q.speakers = (struct keys){&speaker, 1};
	const struct position_history_query h = {
		.q = &q, .interval = interval, .articles = 2, .limit = limit};
	struct reader *r = fixture_reader(&f);
	assert_ok(store_position_history(r, &h, &f.arena, &out, &f.e), f.e);
	reader_return(r);
	return out;
}

/* The turns are those of the issue alone, whatever else is said meanwhile. */
START_TEST(position_history__each_issue__with_intervals_and_the_same_turns)
{
	int64_t at[64];
	start();
	say_days("ssnsoxnooooooooooooooooooooooooso", at); /* January and February */
	SAY("2024-01-02", {&wang, &core, POSITION_OPPOSE}, {&wang, &trade, POSITION_SUPPORT});
	struct position_changes t = changes(2);
	struct position_history h = history(10, INTERVAL_MONTH);
	ck_assert_uint_eq(h.rows, 2); /* the open one is none */
	const struct position_history_row *row = &h.v[0];
	assert_str(row->issue->id, "taiwan");
	ck_assert_uint_eq(row->changes.n, 1);
	ck_assert_int_eq(row->changes.v[0].before, t.v[0].before);
	ck_assert_int_eq(row->changes.v[0].after, t.v[0].after);
	ck_assert_int_eq(row->changes.v[0].articles_after, t.v[0].articles_after);
	ck_assert_int_eq(row->changes.articles, t.articles);
	ck_assert(row->changes.holds && row->changes.held == POSITION_OPPOSE);
	ck_assert_uint_eq(row->n_intervals, 2);
	ck_assert_int_eq(row->intervals[0].from, day_from_civil((struct civil){2024, 1, 1}));
	ck_assert_int_eq(row->intervals[0].statements[POSITION_SUPPORT], 3);
	ck_assert_int_eq(row->intervals[0].statements[POSITION_MIXED], 1);
	ck_assert_int_eq(row->intervals[1].statements[POSITION_SUPPORT], 1);
	ck_assert_int_eq(row->intervals[1].statements[POSITION_OPPOSE], 4);
	for (int p = 0; p < POSITION_COUNT; p++)
		ck_assert_int_eq(row->changes.statements[p], t.statements[p]);
	assert_str(h.v[1].issue->id, "core-interests");
	ck_assert(!h.v[1].changes.holds);
	h = history(1, INTERVAL_YEAR);
	ck_assert(h.n == 1 && h.rows == 2 && h.v[0].n_intervals == 1);
	fixture_close(&f);
}
END_TEST

static struct grid grid(struct grid_query q)
{
	struct grid out;
	q.sides[0] = speaker_key(fixture_actor(&f, STR("CHN")).key, true);
	q.sides[1] = speaker_key(fixture_actor(&f, STR("USA")).key, true);
	struct reader *r = fixture_reader(&f);
	assert_ok(store_grid(r, &q, &f.arena, &out, &f.e), f.e);
	reader_return(r);
	return out;
}

START_TEST(grid__two_countries__counts_latest_and_silences)
{
	start();
	SAY("2024-04-01", {&wang, &taiwan, POSITION_OPPOSE}, {&wang, &taiwan, POSITION_OPPOSE},
	    {&china, &core, POSITION_SUPPORT}, {&wang, &trade, POSITION_NEUTRAL},
	    {&wang, NULL, POSITION_NEUTRAL});
	SAY("2024-05-01", {&blinken, &taiwan, POSITION_SUPPORT});
	int64_t latest = last_article - 1;
	const struct grid_query all = {
		.published_after = DAY_NONE, .published_before = DAY_NONE, .limit = 10};
	struct grid g = grid(all);
	ck_assert_uint_eq(g.n, 2);
	ck_assert_uint_eq(g.rows, 2);
	ck_assert_int_eq(g.statements[0], 5);
	ck_assert_int_eq(g.statements[1], 1);
	assert_str(g.v[0].issue->id, "taiwan");
	ck_assert_int_eq(g.v[0].sides[0].statements[POSITION_OPPOSE], 2);
	ck_assert_int_eq(g.v[0].sides[1].statements[POSITION_SUPPORT], 1);
	ck_assert_int_eq(g.v[0].sides[1].latest, latest);
	ck_assert_int_eq(g.v[1].sides[1].count, 0);
	ck_assert_int_eq(g.v[1].sides[1].latest, 0);
	struct grid_query q = all;
	q.with_open = true;
	ck_assert_uint_eq(grid(q).n, 3);
	q.limit = 1;
	g = grid(q);
	ck_assert(g.n == 1 && g.rows == 3);
	q = all;
	q.only_silences = true;
	g = grid(q);
	ck_assert_uint_eq(g.n, 1);
	assert_str(g.v[0].issue->id, "core-interests");
	q = all;
	q.published_before = day_from_civil((struct civil){2024, 4, 30});
	ck_assert_int_eq(grid(q).v[0].sides[1].count, 0);
	q.min_confidence = 0.6F;
	ck_assert_uint_eq(grid(q).n, 0);
	q = all;
	q.min_stance_confidence = 0.1F; /* the fixture's statements have none */
	ck_assert_uint_eq(grid(q).n, 0);
	fixture_close(&f);
}
END_TEST

/* An answer is one on the day or after it. */
START_TEST(grid__unanswered__until_the_other_speaks_of_it)
{
	start();
	SAY("2024-04-01", {&blinken, &core, POSITION_SUPPORT});
	SAY("2024-04-02", {&wang, &core, POSITION_OPPOSE}, {&wang, &taiwan, POSITION_OPPOSE});
	int64_t first = last_article - 1;
	SAY("2024-04-03", {&wang, &core, POSITION_OPPOSE});
	const struct grid_query all = {.published_after = DAY_NONE,
				       .published_before = DAY_NONE,
				       .only_unanswered = true,
				       .limit = 10};
	struct grid g = grid(all);
	ck_assert_uint_eq(g.rows, 2);
	assert_str(g.v[0].issue->id, "core-interests");
	ck_assert_int_eq(g.v[0].sides[0].first, first);
	ck_assert_int_gt(g.v[0].sides[0].latest, first);
	ck_assert_int_eq(g.v[0].sides[1].count, 1); /* said before */
	SAY("2024-04-02", {&blinken, &core, POSITION_SUPPORT});
	g = grid(all);
	ck_assert_uint_eq(g.rows, 1);
	assert_str(g.v[0].issue->id, "taiwan");
	struct grid_query q = all;
	q.published_after = day_from_civil((struct civil){2024, 4, 3});
	ck_assert_uint_eq(grid(q).rows, 1); /* core interests again */
	fixture_close(&f);
}
END_TEST

START_TEST(grid__sides_on_several_issues__each_in_its_row)
{
	start();
	say_pairs("2024-04-01");
	struct grid_query q = {
		.published_after = DAY_NONE, .published_before = DAY_NONE, .limit = 10};
	struct grid g = grid(q);
	ck_assert_uint_eq(g.n, 2);
	assert_str(g.v[0].issue->id, "taiwan");
	ck_assert_int_eq(g.v[0].sides[0].statements[POSITION_OPPOSE], 1);
	ck_assert_int_eq(g.v[0].sides[0].statements[POSITION_NONE], 1);
	ck_assert_int_eq(g.v[0].sides[0].statements[POSITION_SUPPORT], 0);
	ck_assert_int_eq(g.v[1].sides[0].statements[POSITION_SUPPORT], 1);
	q.min_position_confidence = 0.7F;
	g = grid(q);
	ck_assert_uint_eq(g.n, 1);
	assert_str(g.v[0].issue->id, "core-interests");
	ck_assert_int_eq(g.statements[0], 2); /* whatever their position */
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("count", count__positions_by_month__each_with_what_it_is_of,
	  count__by_names__speakers_countries_issues_targets,
	  count__statements_that_several_ranges_hold__once_each,
	  count__by_issue__open_ones_only_when_asked, count__of_all__as_a_walk_counts_them,
	  count__past_its_deadline__ends, count__its_time_is_over__a_part_that_says_so,
	  count__by_position__on_the_issue_counted_by_or_asked_for_or_the_first,
	  position_changes__on_a_second_issue__are_those_on_that,
	  position_changes__each_speaker_and_issue__as_of_the_pair_alone,
	  grid__sides_on_several_issues__each_in_its_row,
	  grid__unanswered__until_the_other_speaks_of_it,
	  position_history__each_issue__with_intervals_and_the_same_turns,
	  position_changes__a_lasting_change__with_what_was_said_before_and_after,
	  position_changes__single_statements_against_a_row__change_nothing,
	  position_changes__back_and_forth__each_change,
	  position_changes__an_article__counts_once_by_its_majority,
	  grid__two_countries__counts_latest_and_silences)
