/* The grid of two actors, over a few statements whose sums are known. */
#include "db/grid.h"
#include "tests/conformance/said.h"

static struct fixture f;

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
	said_open(&f);
	SAY("2024-04-01", {&wang, &taiwan, POSITION_OPPOSE}, {&wang, &taiwan, POSITION_OPPOSE},
	    {&china, &core, POSITION_SUPPORT}, {&wang, &trade, POSITION_NEUTRAL},
	    {&wang, NULL, POSITION_NEUTRAL});
	int64_t latest = SAY("2024-05-01", {&blinken, &taiwan, POSITION_SUPPORT}) - 1;
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
	said_open(&f);
	SAY("2024-04-01", {&blinken, &core, POSITION_SUPPORT});
	int64_t first = SAY("2024-04-02", {&wang, &core, POSITION_OPPOSE},
			    {&wang, &taiwan, POSITION_OPPOSE}) -
			1;
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

START_TEST(grid__newest_without_a_side__newest_with_one_told_too)
{
	said_open(&f);
	const int64_t sided = SAY("2024-04-01", {&wang, &taiwan, POSITION_CONCERN}) - 1;
	const int64_t none = SAY("2024-04-02", {&wang, &taiwan, POSITION_NONE}) - 1;
	const int64_t neutral = SAY("2024-04-03", {&wang, &taiwan, POSITION_NEUTRAL},
				    {&blinken, &taiwan, POSITION_NEUTRAL}) -
				1;
	ck_assert_int_gt(none, sided);
	struct grid_query q = {
		.published_after = DAY_NONE, .published_before = DAY_NONE, .limit = 10};
	struct grid g = grid(q);
	ck_assert_uint_eq(g.n, 1);
	ck_assert_int_ge(g.v[0].sides[0].latest, neutral);
	ck_assert_int_eq(g.v[0].sides[0].latest_sided, sided);
	ck_assert_int_eq(g.v[0].sides[1].latest_sided, 0);
	said_write_pairs(&f, "2024-03-31");
	g = grid(q);
	assert_str(g.v[0].issue->id, "taiwan");
	ck_assert_int_eq(g.v[0].sides[0].latest_sided, sided); /* by day, not by writing */
	q.published_after = day_from_civil((struct civil){2024, 4, 2});
	ck_assert_int_eq(grid(q).v[0].sides[0].latest_sided, 0);
	fixture_close(&f);
}
END_TEST

START_TEST(grid__sides_on_several_issues__each_in_its_row)
{
	said_open(&f);
	said_write_pairs(&f, "2024-04-01");
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

UNIT_MAIN("grid", grid__newest_without_a_side__newest_with_one_told_too,
	  grid__sides_on_several_issues__each_in_its_row,
	  grid__unanswered__until_the_other_speaks_of_it,
	  grid__two_countries__counts_latest_and_silences)
