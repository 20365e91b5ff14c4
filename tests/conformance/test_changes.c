/* Changes of position, alone and beside the counts over time, over statements whose turns are
 * known. */
#include "db/position_change.h"
#include "db/position_history.h"
#include "tests/conformance/said.h"

static struct fixture f;

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
		articles[i] = SAY(day, {&wang, &taiwan, p});
	}
}

START_TEST(position_changes__a_lasting_change__with_what_was_said_before_and_after)
{
	int64_t at[32];
	said_open(&f);
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
	said_open(&f);
	say_days("ssososssoss", at);
	ck_assert_uint_eq(changes(2).n, 0);
	ck_assert_uint_eq(changes(1).n, 6); /* with the rule loosened each counts */
	fixture_close(&f);
}
END_TEST

START_TEST(position_changes__back_and_forth__each_change)
{
	int64_t at[32];
	said_open(&f);
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
	said_open(&f);
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
	said_open(&f);
	for (int i = 0; i < 2; i++)
		SAY(i ? "2024-03-02" : "2024-03-01", {&wang, &taiwan, POSITION_SUPPORT});
	said_write_pairs(&f, "2024-04-01");
	said_write_pairs(&f, "2024-04-02");
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
	said_open(&f);
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
	said_open(&f);
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

UNIT_MAIN("changes", position_changes__on_a_second_issue__are_those_on_that,
	  position_changes__each_speaker_and_issue__as_of_the_pair_alone,
	  position_history__each_issue__with_intervals_and_the_same_turns,
	  position_changes__a_lasting_change__with_what_was_said_before_and_after,
	  position_changes__single_statements_against_a_row__change_nothing,
	  position_changes__back_and_forth__each_change,
	  position_changes__an_article__counts_once_by_its_majority)
