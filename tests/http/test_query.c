/* Questions in words to the real program, over one article of our own. */
#include "tests/http/talks.h"
#include "tests/unit/unit.h"

START_TEST(query__speaker_and_issue__his_sentence_and_nothing_by_others)
{
	size_t i;
	json_t *s;
	start();
	json_t *j = ask("/v1/query?q=all statements by Wang Yi about core interests");
	ck_assert_uint_ge(json_array_size(statements(j)), 1);
	ck_assert(has_content(statements(j), "our core interests are being challenged"));
	json_array_foreach(statements(j), i, s)
	{
		ck_assert_str_eq(speaker_id(s), "wang-yi");
		ck_assert_str_eq(text_at(json_object_get(s, "speaker"), "name"), "Wang Yi");
		ck_assert_str_eq(text_at(json_object_get(s, "speaker"), "via"), "title+surname");
		ck_assert(has_issue(s, "core-interests"));
		ck_assert_int_eq(int_at(s, "article"), article_id);
	}
	ck_assert_uint_eq(json_array_size(json_object_get(j, "unparsed")), 0);
	ck_assert_str_eq(text_at(part(j, 0), "parameter"), "speaker");
	ck_assert_str_eq(text_at(part(j, 0), "words"), "by Wang Yi");
	ck_assert_str_eq(text_at(json_array_get(json_object_get(part(j, 0), "matched"), 0), "id"),
			 "wang-yi");
	ck_assert_str_eq(text_at(json_array_get(json_object_get(part(j, 1), "matched"), 0), "id"),
			 "core-interests");
	json_t *same = ask("/v1/statements?speaker=Wang Yi&issue=core interests");
	ck_assert(json_equal(statements(j), statements(same)));
	json_decref(same);
	json_decref(j);
	stop();
}
END_TEST

/* The canonical link is relative to /v1/query and gives the same list, for any phrase. */
START_TEST(query__canonical_link__same_list)
{
	static const char *const phrases[] = {
		"all statements by Wang Yi about core interests",
		"statements by China about \"core interests\"",
		"what did US officials say about fentanyl since April 2024",
		"direct quotes by Blinken in April 2024",
		"statements about giraffes",
		"statements about speak plainly",
		"who opposes fentanyl",
		"statements not by Wang Yi",
		"statements by Nobody Known",
		"statements by China and Blinken zig zag before 2025",
		"all statements",
	};
	start();
	for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
		char path[1000];
		snprintf(path, sizeof path, "/v1/query?q=%s", phrases[i]);
		json_t *j = ask(path);
		const char *canonical = text_at(j, "canonical");
		ck_assert_msg(strncmp(canonical, "../v1/statements", 16) == 0, "%s", canonical);
		snprintf(path, sizeof path, "%s", canonical + 2);
		json_t *same = json_of(http_get(server, path), 200);
		ck_assert_msg(json_equal(statements(j), statements(same)), "%s and %s differ",
			      phrases[i], path);
		json_decref(same);
		json_decref(j);
	}
	stop();
}
END_TEST

START_TEST(query__name_unknown__empty_list_that_says_so)
{
	start();
	json_t *j = ask("/v1/query?q=statements by Nobody Known");
	ck_assert_uint_eq(json_array_size(statements(j)), 0);
	ck_assert(strstr(text_at(part(j, 0), "note"), "nothing in the store has this name") !=
		  NULL);
	json_decref(j);
	j = ask("/v1/statements?issue=giraffes");
	ck_assert_uint_eq(json_array_size(statements(j)), 0);
	ck_assert(strstr(text_at(part(j, 0), "note"), "nothing in the store has this name") !=
		  NULL);
	ck_assert_str_eq(text_at(part(j, 0), "did_you_mean"), "");
	json_decref(j);
	stop();
}
END_TEST

/* The same wherever a name is given. */
START_TEST(query__name_misspelled__tells_which_is_meant)
{
	static const struct {
		const char *target, *meant;
	} cases[] = {
		{"/v1/statements?speaker=Wang Yy", "Wang Yi"},
		{"/v1/statements?speaker=!Wang Yy", "Wang Yi"},
		{"/v1/statements?issue=core intrests", "core interests"},
		{"/v1/statements?country=Chnia", "China"},
		{"/v1/statements?target=Unitd States", "United States"},
		{"/v1/statements?outlet=Mornng Post", "Morning Post"},
		{"/v1/stats?speaker=Wang Yy&by=issue", "Wang Yi"},
		{"/v1/facets?speaker=Wang Yy", "Wang Yi"},
		{"/v1/network?speaker=Wang Yy", "Wang Yi"},
		{"/v1/changes?speaker=Wang Yy&issue=core interests", "Wang Yi"},
	};
	start();
	json_decref(
		json_of(http_post(server, "/v1/articles", "application/json",
				  STR("{\"outlet\":\"Morning Post\",\"text\":\"Wang Yi said that "
				      "it was late.\"}")),
			201));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		json_t *j = ask(cases[i].target);
		ck_assert_str_eq(text_at(part(j, 0), "did_you_mean"), cases[i].meant);
		json_decref(j);
	}
	json_t *j = ask("/v1/grid?a=Wang Yy&b=United States");
	ck_assert_str_eq(text_at(json_object_get(j, "a"), "did_you_mean"), "Wang Yi");
	ck_assert_int_eq(int_at(json_object_get(j, "a"), "statements"), 0);
	ck_assert_int_gt(int_at(json_object_get(j, "b"), "statements"), 0);
	ck_assert_uint_eq(json_array_size(json_object_get(j, "issues")), 0);
	json_decref(j);
	stop();
}
END_TEST

START_TEST(query__name_unknown_beside_a_known__does_not_call_the_answer_empty)
{
	start();
	json_t *j = ask("/v1/statements?speaker=Nobody Known&speaker=Wang Yi");
	ck_assert_uint_ge(json_array_size(statements(j)), 1);
	ck_assert_str_eq(text_at(part(j, 0), "note"),
			 "nothing in the store has this name, so it adds nothing to the others");
	json_decref(j);
	j = ask("/v1/statements?speaker=Nobody Known&target=Nobody Else&speaker=Wang Yi");
	ck_assert(strstr(text_at(part(j, 0), "note"), "the answer is empty") == NULL);
	ck_assert(strstr(text_at(part(j, 1), "note"), "the answer is empty") != NULL);
	json_decref(j);
	stop();
}
END_TEST

START_TEST(query__issue_unknown__its_words_are_searched_and_said_so)
{
	start();
	json_t *j = ask("/v1/query?q=statements by Blinken about speak plainly");
	ck_assert_uint_eq(json_array_size(statements(j)), 1);
	ck_assert_str_eq(text_at(part(j, 1), "parameter"), "about");
	ck_assert(strstr(text_at(part(j, 1), "reading"), "words around it") != NULL);
	json_decref(j);
	stop();
}
END_TEST

START_TEST(query__words_not_understood__told)
{
	start();
	json_t *j = ask("/v1/query?q=statements by Wang Yi wearing hats");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "unparsed")), 2);
	ck_assert_str_eq(json_string_value(json_array_get(json_object_get(j, "unparsed"), 1)),
			 "hats");
	json_decref(j);
	j = json_of(http_get(server, "/v1/query?q=how%20do%20you%20do"), 400);
	ck_assert_str_eq(text_at(j, "field"), "q");
	json_decref(j);
	j = json_of(http_get(server, "/v1/query"), 400);
	ck_assert_str_eq(text_at(j, "field"), "q");
	json_decref(j);
	stop();
}
END_TEST

START_TEST(query__who_with_a_least_confidence__says_so_in_its_parameters)
{
	start();
	json_t *j = ask("/v1/query?q=who opposes tariffs&min_position_confidence=0.999");
	ck_assert_uint_eq(json_array_size(statements(j)), 0);
	ck_assert_uint_eq(json_array_size(json_object_get(j, "actors")), 0);
	ck_assert_str_eq(text_at(j, "canonical"), "../v1/statements?position=oppose&issue=tariffs"
						  "&min_position_confidence=0.999");
	json_decref(j);
	stop();
}
END_TEST

START_TEST(query__spelled_otherwise__is_read_as_the_nearest_name)
{
	start();
	json_t *j = ask("/v1/query?q=blinkan on Taiwan");
	ck_assert_uint_ge(json_array_size(statements(j)), 1);
	const char *note = json_string_value(json_array_get(json_object_get(j, "notes"), 0));
	ck_assert(note && strstr(note, "it is read as \"Antony Blinken\"") != NULL);
	json_decref(j);
	stop();
}
END_TEST

START_TEST(query__how_many__a_number_and_what_it_is_of)
{
	start();
	json_t *j = ask("/v1/query?q=how many statements did Blinken make about Taiwan");
	ck_assert_str_eq(text_at(j, "wish"), "count");
	ck_assert_int_eq(int_at(j, "count"), (long long)json_array_size(statements(j)));
	ck_assert_int_ge(int_at(j, "of"), int_at(j, "count"));
	ck_assert_int_gt(int_at(j, "count"), 0);
	json_decref(j);
	stop();
}
END_TEST

START_TEST(query__counted_by_something__groups_as_stats_gives_them)
{
	start();
	json_t *j = ask("/v1/query?q=how many statements about Taiwan by country and month");
	const json_t *counts = json_object_get(j, "counts");
	ck_assert_str_eq(text_at(j, "wish"), "groups");
	ck_assert_str_eq(text_at(counts, "canonical"),
			 "../v1/stats?about=Taiwan&by=country&interval=month");
	json_t *stats = ask("/v1/stats?about=Taiwan&by=country&interval=month");
	ck_assert_uint_gt(json_array_size(json_object_get(stats, "groups")), 0);
	ck_assert(json_equal(json_object_get(counts, "groups"), json_object_get(stats, "groups")));
	json_decref(stats);
	json_decref(j);
	stop();
}
END_TEST

START_TEST(query__counted_by_something_that_nobody_said__no_groups)
{
	start();
	json_t *j = ask("/v1/query?q=statements by Blinken about giraffes per year");
	const json_t *counts = json_object_get(j, "counts");
	ck_assert_uint_eq(json_array_size(json_object_get(counts, "groups")), 0);
	ck_assert_int_eq(int_at(counts, "total"), 0);
	json_decref(j);
	stop();
}
END_TEST

START_TEST(query__month_alone_beside_an_article_of_a_far_year__none_of_that_year)
{
	start();
	json_decref(json_of(http_post(server, "/v1/articles", "application/json",
				      STR("{\"text\": \"Ann Lee said it was late.\", "
					  "\"published_at\": \"3024-07-01\"}")),
			    201));
	json_t *j = ask("/v1/query?q=statements about Taiwan in June");
	ck_assert_str_eq(text_at(part(j, 1), "parameter"), "published_from");
	ck_assert_str_lt(text_at(part(j, 1), "value"), "3000");
	json_decref(j);
	stop();
}
END_TEST

START_TEST(query__compare__each_side_with_its_count)
{
	start();
	json_t *j = ask("/v1/query?q=Wang Yi vs Blinken");
	const json_t *sides = json_object_get(j, "sides");
	ck_assert_str_eq(text_at(j, "wish"), "compare");
	ck_assert_uint_eq(json_array_size(sides), 2);
	for (size_t i = 0; i < 2; i++)
		ck_assert_int_gt(int_at(json_array_get(sides, i), "count"), 0);
	ck_assert_str_eq(text_at(json_object_get(json_array_get(sides, 0), "actor"), "id"),
			 "wang-yi");
	ck_assert_str_eq(text_at(json_array_get(sides, 1), "canonical"),
			 "../v1/statements?speaker=Blinken");
	json_decref(j);
	stop();
}
END_TEST

START_TEST(query__nothing_found__says_which_condition_empties_it)
{
	static const char *const targets[] = {"/v1/query?q=Wang Yi on cheese",
					      "/v1/statements?speaker=Wang Yi&about=cheese"};
	start();
	for (size_t i = 0; i < 2; i++) {
		json_t *j = ask(targets[i]);
		const json_t *without = json_object_get(j, "without");
		ck_assert_uint_eq(json_array_size(statements(j)), 0);
		ck_assert_uint_eq(json_array_size(without), 2);
		ck_assert_int_eq(int_at(json_array_get(without, 0), "count"), 0);
		ck_assert_int_gt(int_at(json_array_get(without, 1), "count"), 0);
		ck_assert_str_eq(text_at(json_array_get(without, 1), "canonical"),
				 "../v1/statements?speaker=Wang%20Yi");
		ck_assert(strstr(text_at(j, "why"), "without \"about\"") != NULL);
		json_decref(j);
	}
	stop();
}
END_TEST

START_TEST(query__parameters_beside_the_phrase__narrow_it)
{
	start();
	json_t *all = ask("/v1/query?q=all statements");
	json_t *j = ask("/v1/query?q=all statements&speaker=Wang Yi&speaker=!China");
	ck_assert_uint_lt(json_array_size(statements(j)), json_array_size(statements(all)));
	ck_assert_str_eq(text_at(j, "canonical"),
			 "../v1/statements?speaker=Wang%20Yi&speaker=!China");
	json_decref(j);
	json_decref(all);
	stop();
}
END_TEST

/* Of an issue by the name of its contrary the sides are turned. */
START_TEST(query__name_of_the_contrary__turns_the_side)
{
	start();
	json_decref(
		json_of(http_post(server, "/v1/articles", "application/json",
				  STR("{\"text\":\"\\\"We oppose tax cuts,\\\" Wang Yi said.\"}")),
			201));
	json_t *j = ask("/v1/query?q=who opposes tax cuts");
	ck_assert_str_eq(text_at(j, "canonical"),
			 "../v1/statements?position=oppose&issue=tax%20cuts");
	ck_assert(strstr(text_at(part(j, 1), "note"), "contrary") != NULL);
	ck_assert_uint_eq(json_array_size(statements(j)), 1);
	json_decref(j);
	j = ask("/v1/query?q=who supports taxes");
	ck_assert_uint_eq(json_array_size(statements(j)), 1);
	json_decref(j);
	stop();
}
END_TEST

/* Who takes the same position on something else, with the words near, is a mention. */
static const struct {
	const char *question, *text, *takes_it, *mentions_it;
} positions_near[] = {
	{"who opposes sanctions",
	 "Senator Paul Lund said he opposes the sanctions against Norland. Finance Minister Karen "
	 "Berg said she opposes empty promises. The sanctions took effect on Monday.",
	 "Paul Lund", "Karen Berg"},
	{"who is against the pipeline",
	 "Tom Hale, a farmer, told reporters that he is against the pipeline. Mayor Ana Ruiz "
	 "criticized the delay of the talks. The pipeline was to be built in May.",
	 "Tom Hale", "Ana Ruiz"},
	{"who criticized the dam",
	 "Governor Ruth Okafor criticized the dam. Opposition leader John Mwangi condemned the "
	 "arrests of two clerks. The dam was finished in June.",
	 "Ruth Okafor", "John Mwangi"},
	{"who supports the bridge toll",
	 "President Lena Weber said she supports the bridge toll. Union leader Max Vogel said that "
	 "he supports the strike. The bridge toll was raised in June.",
	 "Lena Weber", "Max Vogel"},
	{"who rejects the merger",
	 "Chairman Oscar Brandt rejected the merger. Senator Nina Falk condemned the leaks. The "
	 "merger is to be debated in July.",
	 "Oscar Brandt", "Nina Falk"},
	{"who opposes the harbor tunnel",
	 "Mayor Tilda Moss said that she opposes the harbor tunnel. Pilot Jan Beck condemned the "
	 "harbor. The harbor tunnel is to open in August.",
	 "Tilda Moss", "Jan Beck"},
	{"how many opposed the levy", /* nobody */
	 "Deputy Rosa Klein said that she opposes the strikes. The levy was passed on Tuesday.", "",
	 "Rosa Klein"},
};

/* Are these statements all by this one? */
static bool are_by(const json_t *list, const char *name)
{
	const json_t *s;
	size_t i;
	json_array_foreach(list, i, s) if (strcmp(text_at(json_object_get(s, "speaker"), "name"),
						  name) != 0) return false;
	return json_array_size(list) > 0 || !*name;
}

START_TEST(query__position_with_the_words_near__is_a_mention)
{
	start();
	for (size_t i = 0; i < sizeof positions_near / sizeof positions_near[0]; i++) {
		json_t *body = json_pack("{s:s}", "text", positions_near[i].text);
		char *text = json_dumps(body, 0), target[200];
		json_decref(json_of(
			http_post(server, "/v1/articles", "application/json", str_of(text)), 201));
		snprintf(target, sizeof target, "/v1/query?q=%s", positions_near[i].question);
		json_t *j = ask(target);
		const json_t *mentions = json_object_get(j, "mentions");
		ck_assert_msg(are_by(statements(j), positions_near[i].takes_it), "%s", target);
		ck_assert_msg(are_by(statements(mentions), positions_near[i].mentions_it), "%s",
			      target);
		json_t *again = ask(text_at(mentions, "canonical") + 2);
		ck_assert_uint_eq(json_array_size(statements(again)),
				  json_array_size(statements(j)) +
					  json_array_size(statements(mentions)));
		json_decref(again);
		json_decref(j);
		free(text);
		json_decref(body);
	}
	stop();
}
END_TEST

/* Nothing takes the position: what mentions it at all. */
START_TEST(query__position_that_none_takes__whatever_mentions_it)
{
	start();
	json_decref(json_of(
		http_post(server, "/v1/articles", "application/json",
			  STR("{\"text\":\"\\\"The ferry will sail again in May,\\\" Mayor Ada "
			      "Quist said. Tim Roe said that the ferry is slow.\"}")),
		201));
	json_t *j = ask("/v1/query?q=who supports the ferry");
	const json_t *mentions = json_object_get(j, "mentions");
	ck_assert_uint_eq(json_array_size(statements(j)), 0);
	ck_assert_uint_gt(json_array_size(statements(mentions)), 0);
	ck_assert_str_eq(text_at(mentions, "canonical"), "../v1/statements?about=ferry");
	json_decref(j);
	stop();
}
END_TEST

UNIT_MAIN("query", query__speaker_and_issue__his_sentence_and_nothing_by_others,
	  query__canonical_link__same_list, query__name_unknown__empty_list_that_says_so,
	  query__name_misspelled__tells_which_is_meant,
	  query__name_unknown_beside_a_known__does_not_call_the_answer_empty,
	  query__issue_unknown__its_words_are_searched_and_said_so,
	  query__words_not_understood__told,
	  query__who_with_a_least_confidence__says_so_in_its_parameters,
	  query__spelled_otherwise__is_read_as_the_nearest_name,
	  query__how_many__a_number_and_what_it_is_of,
	  query__counted_by_something__groups_as_stats_gives_them,
	  query__counted_by_something_that_nobody_said__no_groups,
	  query__month_alone_beside_an_article_of_a_far_year__none_of_that_year,
	  query__compare__each_side_with_its_count,
	  query__nothing_found__says_which_condition_empties_it,
	  query__parameters_beside_the_phrase__narrow_it,
	  query__name_of_the_contrary__turns_the_side,
	  query__position_with_the_words_near__is_a_mention,
	  query__position_that_none_takes__whatever_mentions_it)
