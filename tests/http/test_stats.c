/* What statements sum up to, over the real program: counts, changes of position, the grid of two
 * actors, and "who". */
#include <stdio.h>

#include "base/buf.h"
#include "base/terms.h"
#include "tests/http/json.h"
#include "tests/unit/unit.h"

static struct server *server;

/* Wang Yi is for the tariffs in January, once against them, and against them for good from April
 * on; Blinken is against them, and alone speaks of fentanyl. */
static void start(void)
{
	server = server_start(NULL);
	post_dated(server, "2024-01-05", "\"We support the tariffs,\" Wang Yi said.");
	post_dated(server, "2024-01-15", "\"We welcome the tariffs,\" Wang Yi said on Monday.");
	post_dated(server, "2024-02-01", "\"We oppose the tariffs,\" Wang Yi said.");
	post_dated(server, "2024-02-10",
		   "\"We support the tariffs,\" Chinese Foreign Minister Wang Yi said.");
	post_dated(server, "2024-04-01",
		   "\"We oppose the tariffs,\" Wang Yi said on Monday. U.S. Secretary of "
		   "State Antony Blinken opposes tariffs.");
	post_dated(server, "2024-04-20",
		   "\"We reject the tariffs and oppose them,\" Wang Yi said.");
	post_dated(server, "2024-05-01", "\"We want to stop fentanyl,\" Antony Blinken said.");
}

static json_t *get(const char *target)
{
	return json_of(http_get(server, target), 200);
}

static void problem(const char *target, const char *field, const char *part)
{
	json_t *j = json_of(http_get(server, target), 400);
	ck_assert_msg(strcmp(text_at(j, "field"), field) == 0, "%s: field \"%s\"", target,
		      text_at(j, "field"));
	ck_assert_msg(strstr(text_at(j, "detail"), part) != NULL, "%s: %s", target,
		      text_at(j, "detail"));
	json_decref(j);
}

static long long count_of(const json_t *stats, const char *member, const char *word,
			  const char *interval)
{
	size_t i;
	json_t *g;
	json_array_foreach(json_object_get(stats, "groups"), i, g)
	{
		const json_t *v = json_object_get(g, member);
		const char *got = json_is_object(v) ? text_at(v, "id") : text_at(g, member);
		if (strcmp(got, word) == 0 && strcmp(text_at(g, "interval"), interval) == 0)
			return int_at(g, "count");
	}
	return 0;
}

START_TEST(stats__positions_by_month__add_up_to_the_statements)
{
	start();
	json_t *all = get("/v1/statements?speaker=China&issue=tariffs");
	json_t *j = get("/v1/stats?speaker=China&issue=tariffs&by=position&interval=month");
	ck_assert_int_eq(int_at(j, "total"),
			 (long long)json_array_size(json_object_get(all, "statements")));
	ck_assert_int_ge(count_of(j, "position", "support", "2024-01"), 2);
	ck_assert_int_ge(count_of(j, "position", "oppose", "2024-04"), 2);
	long long sum = 0;
	size_t i;
	json_t *g;
	json_array_foreach(json_object_get(j, "groups"), i, g)
	{
		sum += int_at(g, "count");
		ck_assert_int_le(int_at(g, "count"), int_at(g, "of"));
	}
	ck_assert_int_eq(sum, int_at(j, "total"));
	ck_assert_str_eq(
		text_at(json_array_get(json_object_get(j, "interpretation"), 0), "reading"),
		"with those who speak for it");
	json_decref(j);
	json_decref(all);
	j = get("/v1/stats?issue=tariffs&by=speaker&by=position&limit=1");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "groups")), 1);
	ck_assert_int_ge(int_at(j, "groups_left_out"), 1);
	ck_assert(json_is_false(json_object_get(j, "is_partial")));
	json_decref(j);
	j = get("/v1/stats?by=country");
	ck_assert_int_gt(count_of(j, "country", "CHN", ""), 4);
	json_decref(j);
	j = get("/v1/stats?speaker=Nobody+Known&by=position");
	ck_assert_int_eq(int_at(j, "total"), 0);
	json_decref(j);
	server_stop(server);
}
END_TEST

START_TEST(stats__as_lines__the_same_groups)
{
	start();
	json_t *j = get("/v1/stats?issue=tariffs&by=speaker,position&interval=year");
	size_t n = json_array_size(json_object_get(j, "groups"));
	json_decref(j);
	static const char target[] = "/v1/stats?issue=tariffs&by=speaker,position&interval=year";
	struct reply r = http_request(server, "GET", target, "Accept: text/csv\r\n", STR_EMPTY);
	ck_assert_int_eq(r.status, 200);
	ck_assert(str_starts(
		r.body,
		STR("interval,speaker_id,speaker,position,count,of\r\n2024,wang-yi,Wang Yi,")));
	size_t lines = 0;
	for (struct str rest = r.body, line; str_split(&rest, '\n', &line);)
		lines++;
	ck_assert_uint_eq(lines, n + 1);
	reply_release(&r);
	r = http_request(server, "GET", target, "Accept: application/x-ndjson\r\n", STR_EMPTY);
	lines = 0;
	for (struct str rest = r.body, line; str_split(&rest, '\n', &line); lines++)
		ck_assert(str_starts(line, STR("{\"interval\":\"2024\",\"speaker\":{")));
	ck_assert_uint_eq(lines, n);
	reply_release(&r);
	r = http_request(server, "GET", target, "Accept: image/png\r\n", STR_EMPTY);
	ck_assert_int_eq(r.status, 406);
	reply_release(&r);
	server_stop(server);
}
END_TEST

START_TEST(changes__one_that_lasts__with_both_quotes_and_not_the_noise)
{
	start();
	json_t *j = get("/v1/changes?speaker=Wang%20Yi&issue=tariffs");
	const json_t *list = json_object_get(j, "changes"), *change = json_array_get(list, 0);
	ck_assert_uint_eq(json_array_size(list), 1);
	ck_assert_str_eq(text_at(change, "from"), "support");
	ck_assert_str_eq(text_at(change, "to"), "oppose");
	ck_assert_str_eq(text_at(json_object_get(change, "before"), "published_at"), "2024-02-10");
	ck_assert_str_eq(text_at(json_object_get(change, "after"), "published_at"), "2024-04-01");
	ck_assert_int_eq(int_at(change, "articles_before"), 3);
	ck_assert_int_eq(int_at(change, "articles_after"), 2);
	ck_assert_int_eq(int_at(j, "articles"), 6);
	ck_assert(strstr(text_at(j, "rule"), "2 articles in a row") != NULL);
	json_decref(j);
	j = get("/v1/changes?speaker=Wang%20Yi&issue=tariffs&articles=1&limit=2");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "changes")), 2);
	ck_assert_int_eq(int_at(j, "changes_left_out"), 1);
	json_decref(j);
	server_stop(server);
}
END_TEST

/* The one change of the record, whatever of its speaker and issue the question leaves open. */
START_TEST(changes__without_speaker_or_issue__each_by_itself)
{
	static const struct {
		const char *question;
		bool has_speaker, has_issue;
	} cases[] = {{"", true, true},
		     {"?issue=tariffs", true, false},
		     {"?speaker=Wang%20Yi", false, true},
		     {"?speaker=!USA", true, true}};
	start();
	json_t *named = get("/v1/changes?speaker=Wang%20Yi&issue=tariffs");
	const json_t *want = json_array_get(json_object_get(named, "changes"), 0);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char target[64];
		snprintf(target, sizeof target, "/v1/changes%s", cases[i].question);
		json_t *j = get(target), *list = json_object_get(j, "changes");
		json_t *change = json_array_get(list, 0);
		ck_assert_uint_eq(json_array_size(list), 1);
		ck_assert(!json_object_get(change, "speaker") == !cases[i].has_speaker);
		ck_assert(!json_object_get(change, "issue") == !cases[i].has_issue);
		if (cases[i].has_speaker)
			ck_assert_str_eq(text_at(json_object_get(change, "speaker"), "id"),
					 "wang-yi");
		if (cases[i].has_issue)
			ck_assert_str_eq(text_at(json_object_get(change, "issue"), "id"),
					 "tariffs");
		json_object_del(change, "speaker");
		json_object_del(change, "issue");
		ck_assert(json_equal(change, want));
		json_decref(j);
	}
	json_decref(named);
	server_stop(server);
}
END_TEST

static const json_t *issue_of(const json_t *positions, const char *issue)
{
	size_t i;
	json_t *row;
	json_array_foreach(json_object_get(positions, "issues"), i, row)
	{
		if (strcmp(text_at(json_object_get(row, "issue"), "id"), issue) == 0)
			return row;
	}
	ck_abort_msg("no issue %s", issue);
}

/* Of each issue what /v1/changes and /v1/stats say of it alone. */
START_TEST(positions__each_issue__as_changes_and_counts_have_it)
{
	start();
	json_t *j = get("/v1/positions?speaker=Wang%20Yi");
	json_t *c = get("/v1/changes?speaker=Wang%20Yi&issue=tariffs");
	json_t *s = get("/v1/stats?speaker=Wang%20Yi&issue=tariffs&by=position&interval=month");
	const json_t *row = issue_of(j, "tariffs");
	ck_assert(json_equal(json_object_get(row, "changes"), json_object_get(c, "changes")));
	ck_assert(json_equal(json_object_get(row, "statements"), json_object_get(c, "statements")));
	ck_assert_int_eq(int_at(row, "articles"), int_at(c, "articles"));
	ck_assert_str_eq(text_at(j, "rule"), text_at(c, "rule"));
	ck_assert_str_eq(text_at(row, "holds"), "oppose");
	size_t i;
	long long sum = 0;
	json_t *of;
	json_array_foreach(json_object_get(row, "intervals"), i, of)
	{
		ck_assert_int_eq(int_at(of, "support"),
				 count_of(s, "position", "support", text_at(of, "interval")));
		ck_assert_int_eq(int_at(of, "oppose"),
				 count_of(s, "position", "oppose", text_at(of, "interval")));
		for (int p = 0; p < POSITION_COUNT; p++)
			sum += int_at(of, terms_position.words[p]);
	}
	ck_assert_uint_eq(i, 3); /* January, February, April */
	ck_assert_int_eq(sum, int_at(s, "total"));
	json_decref(s);
	json_decref(c);
	json_decref(j);
	j = get("/v1/positions?country=USA&interval=year&limit=1");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "issues")), 1);
	ck_assert_int_ge(int_at(j, "issues_left_out"), 1);
	json_decref(j);
	j = get("/v1/positions?speaker=Antony%20Blinken&articles=2");
	ck_assert(json_is_null(json_object_get(issue_of(j, "tariffs"), "holds")));
	json_decref(j);
	server_stop(server);
}
END_TEST

static const json_t *row_of(const json_t *grid, const char *issue)
{
	size_t i;
	json_t *row;
	json_array_foreach(json_object_get(grid, "issues"), i,
			   row) if (strcmp(text_at(json_object_get(row, "issue"), "id"), issue) ==
				    0) return row;
	ck_abort_msg("no row for %s", issue);
}

START_TEST(grid__two_countries__side_by_side_with_silences)
{
	start();
	json_t *j = get("/v1/grid?a=China&b=USA");
	ck_assert_str_eq(text_at(json_object_get(j, "a"), "reading"),
			 "with those who speak for it");
	ck_assert_int_gt(int_at(json_object_get(j, "a"), "statements"), 4);
	const json_t *row = row_of(j, "tariffs"), *a = json_object_get(row, "a");
	ck_assert(json_is_null(json_object_get(row, "silent")));
	ck_assert_int_ge(int_at(a, "support"), 3);
	ck_assert_int_ge(int_at(a, "oppose"), 3);
	ck_assert_str_eq(text_at(json_object_get(a, "latest"), "published_at"), "2024-04-20");
	ck_assert_str_eq(text_at(row_of(j, "fentanyl"), "silent"), "a");
	json_decref(j);
	j = get("/v1/grid?a=China&b=USA&silences=true&published_from=2024-05-01");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "issues")), 1);
	ck_assert(json_is_null(
		json_object_get(json_object_get(row_of(j, "fentanyl"), "a"), "latest")));
	json_decref(j);
	j = get("/v1/grid?a=China&b=USA&members=false");
	ck_assert_str_eq(text_at(json_object_get(j, "a"), "reading"), "alone");
	ck_assert_int_eq(int_at(json_object_get(j, "a"), "statements"), 0);
	json_decref(j);
	post_dated(server, "2024-04-21", "\"We will discuss the tariffs,\" Wang Yi said.");
	j = get("/v1/grid?a=China&b=USA");
	a = json_object_get(row_of(j, "tariffs"), "a");
	ck_assert_int_eq(int_at(a, "neutral") + int_at(a, "none"), 1);
	ck_assert_str_eq(text_at(json_object_get(a, "latest"), "published_at"), "2024-04-20");
	json_decref(j);
	j = get("/v1/grid?a=China&b=USA&published_from=2024-04-21");
	a = json_object_get(row_of(j, "tariffs"), "a");
	ck_assert_str_eq(text_at(json_object_get(a, "latest"), "published_at"), "2024-04-21");
	json_decref(j);
	server_stop(server);
}
END_TEST

static const json_t *silence_of(const json_t *j, const char *issue)
{
	size_t i;
	json_t *row;
	json_array_foreach(json_object_get(j, "silences"), i, row)
	{
		if (strcmp(text_at(json_object_get(row, "issue"), "id"), issue) == 0)
			return row;
	}
	return NULL;
}

/* Wang Yi speaks of tariffs before Blinken does and after; of fentanyl Blinken alone speaks. */
START_TEST(silences__what_is_raised__until_it_is_answered)
{
	start();
	json_t *j = get("/v1/silences?a=USA&b=China");
	const json_t *row = silence_of(j, "fentanyl");
	ck_assert_ptr_nonnull(row);
	ck_assert_int_ge(int_at(row, "count"), 1);
	ck_assert_str_eq(text_at(json_object_get(row, "first"), "published_at"), "2024-05-01");
	ck_assert(json_is_null(json_object_get(row, "before")));
	ck_assert_ptr_null(silence_of(j, "tariffs"));
	json_decref(j);
	/* Modi raises it when Blinken has spoken for the last time, and Wang Yi answers a day
	 * later. */
	post_dated(server, "2024-04-19", "\"We oppose the steel tariffs,\" Narendra Modi said.");
	j = get("/v1/silences?a=Narendra%20Modi&b=Antony%20Blinken");
	row = silence_of(j, "tariffs");
	ck_assert_ptr_nonnull(row);
	ck_assert_int_ge(int_at(row, "count_before"), 1);
	ck_assert_str_eq(text_at(json_object_get(row, "before"), "published_at"), "2024-04-01");
	json_decref(j);
	j = get("/v1/silences?a=Narendra%20Modi&b=China");
	ck_assert_ptr_null(silence_of(j, "tariffs"));
	json_decref(j);
	j = get("/v1/silences?a=Narendra%20Modi&b=China&published_to=2024-04-19");
	ck_assert_ptr_nonnull(silence_of(j, "tariffs"));
	json_decref(j);
	server_stop(server);
}
END_TEST

START_TEST(query__who__actors_with_counts_before_the_statements)
{
	start();
	json_t *j = get("/v1/query?q=who%20opposes%20tariffs");
	const json_t *actors = json_object_get(j, "actors"), *first = json_array_get(actors, 0);
	ck_assert_uint_ge(json_array_size(actors), 1);
	ck_assert_str_eq(text_at(json_object_get(first, "actor"), "id"), "wang-yi");
	ck_assert_int_ge(int_at(first, "count"), 3);
	ck_assert_int_gt(int_at(first, "of"), int_at(first, "count"));
	ck_assert_int_eq(int_at(j, "actors_left_out"), 0);
	ck_assert_uint_eq(json_array_size(json_object_get(j, "unparsed")), 0);
	const size_t n = json_array_size(actors);
	json_decref(j);
	post_dated(server, "2024-04-19",
		   "\"The steel tariffs must be scrapped,\" the report said.");
	j = get("/v1/query?q=who%20opposes%20tariffs");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "actors")), n);
	ck_assert_int_eq(int_at(j, "actors_left_out"), 1);
	json_decref(j);
	j = get("/v1/query?q=statements%20about%20tariffs");
	ck_assert_ptr_null(json_object_get(j, "actors"));
	json_decref(j);
	char *out, *err;
	int status = program_run(
		(const char *[]){"query", "--db", server_db(server), "who opposes tariffs", NULL},
		STR_EMPTY, &out, &err);
	ck_assert_msg(status == 0, "%s", err);
	ck_assert_msg(strstr(out, "  Wang Yi\n") != NULL && strstr(out, " of ") != NULL, "%s", out);
	free(out);
	free(err);
	server_stop(server);
}
END_TEST

START_TEST(counting__bad_questions__each_told)
{
	static const struct {
		const char *target, *field, *part;
	} cases[] = {
		{"/v1/stats?by=speeker", "by", "did you mean \"speaker\"?"},
		{"/v1/stats?by=xylophone", "by", "not speaker, country"},
		{"/v1/stats?by=speaker,,position", "by", "by"},
		{"/v1/stats?by=!speaker", "by", "takes no \"!\""},
		{"/v1/stats?interval=fortnight", "interval", "day, week, month or year"},
		{"/v1/stats?interval=day&interval=day", "interval", "given twice"},
		{"/v1/stats?limit=0", "limit", "from 1 to 1000"},
		{"/v1/stats?limit=99999999999999999999", "limit", "from 1 to 1000"},
		{"/v1/stats?cursor=abc", "cursor", "unknown parameter"},
		{"/v1/stats?positon=oppose", "positon", "did you mean \"position\"?"},
		{"/v1/stats?published_from=2024-02-30", "published_from", "a date"},
		{"/v1/changes?speaker=China&issue=tariffs&position=oppose", "position",
		 "unknown parameter"},
		{"/v1/changes?speaker=China&issue=tariffs&articles=21", "articles", "from 1 to 20"},
		{"/v1/positions?issue=tariffs", "speaker", "is missing"},
		{"/v1/positions?speaker=China&position=oppose", "position", "unknown parameter"},
		{"/v1/positions?speaker=China&interval=fortnight", "interval",
		 "day, week, month or year"},
		{"/v1/positions?speaker=China&limit=201", "limit", "from 1 to 200"},
		{"/v1/silences?a=China", "b", "is missing"},
		{"/v1/silences?a=China&b=USA&silences=true", "silences", "unknown parameter"},
		{"/v1/grid?a=China", "b", "is missing"},
		{"/v1/grid?b=China", "a", "is missing"},
		{"/v1/grid?a=China&a=Russia&b=USA", "a", "given twice"},
		{"/v1/grid?a=China&b=USA&silences=maybe", "silences", "true or false"},
		{"/v1/jobs?x=1", "x", "unknown parameter"},
	};
	start();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		problem(cases[i].target, cases[i].field, cases[i].part);
	server_stop(server);
}
END_TEST

UNIT_MAIN("stats", stats__positions_by_month__add_up_to_the_statements,
	  stats__as_lines__the_same_groups,
	  changes__one_that_lasts__with_both_quotes_and_not_the_noise,
	  changes__without_speaker_or_issue__each_by_itself,
	  positions__each_issue__as_changes_and_counts_have_it,
	  grid__two_countries__side_by_side_with_silences,
	  silences__what_is_raised__until_it_is_answered,
	  query__who__actors_with_counts_before_the_statements, counting__bad_questions__each_told)
