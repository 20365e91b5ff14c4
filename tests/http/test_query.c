/* Questions to the real program: by phrase and by parameters, over one article of our own
 * (articles/talks.json). */
#include <stdio.h>

#include "tests/http/json.h"
#include "tests/unit/unit.h"

static struct server *server;
static long long article_id;

static struct str read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "cannot open %s", path);
	static char text[100000];
	size_t n = fread(text, 1, sizeof text, f);
	fclose(f);
	return (struct str){text, n};
}

static void start(void)
{
	server = server_start(NULL);
	json_t *j = json_of(http_post(server, "/v1/articles", "application/json",
				      read_file("tests/http/articles/talks.json")),
			    201);
	article_id = int_at(j, "id");
	json_decref(j);
}

static void stop(void)
{
	server_stop(server);
}

/* "a b" in a target: spaces as %20, the rest of our own texts needs no more. */
static json_t *ask(const char *path)
{
	char target[4000];
	size_t n = 0;
	for (; *path; path++) {
		const char *unsafe = strchr(" \"<>*()^|", *path);
		if (unsafe || (unsigned char)*path >= 0x80)
			n += (size_t)snprintf(target + n, sizeof target - n, "%%%02X",
					      (unsigned char)*path);
		else
			target[n++] = *path;
	}
	target[n] = '\0';
	return json_of(http_get(server, target), 200);
}

static const json_t *statements(const json_t *j)
{
	return json_object_get(j, "statements");
}

static const char *speaker_id(const json_t *statement)
{
	return text_at(json_object_get(statement, "speaker"), "id");
}

static bool has_issue(const json_t *statement, const char *id)
{
	size_t i;
	json_t *issue;
	json_array_foreach(json_object_get(statement, "issues"), i,
			   issue) if (strcmp(text_at(issue, "id"), id) == 0) return true;
	return false;
}

static bool has_content(const json_t *list, const char *part)
{
	size_t i;
	json_t *s;
	json_array_foreach(list, i, s) if (strstr(text_at(s, "content"), part)) return true;
	return false;
}

/* How many statements of the answer are by this actor. */
static size_t count_by(const json_t *j, const char *actor)
{
	size_t i, n = 0;
	json_t *s;
	json_array_foreach(statements(j), i, s) n += strcmp(speaker_id(s), actor) == 0;
	return n;
}

static const json_t *part(const json_t *j, size_t i)
{
	return json_array_get(json_object_get(j, "interpretation"), i);
}

START_TEST(article_post__same_text_twice__one_id)
{
	start();
	struct str body = read_file("tests/http/articles/talks.json");
	struct reply r = http_post(server, "/v1/articles", "application/json", body);
	char location[100];
	snprintf(location, sizeof location, "articles/%lld", article_id);
	ck_assert(str_ends(reply_header(&r, "location"), str_of(location)));
	json_t *j = json_of(r, 200);
	ck_assert_int_eq(int_at(j, "id"), article_id);
	ck_assert_uint_gt(json_array_size(statements(j)), 3);
	json_decref(j);
	stop();
}
END_TEST

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

START_TEST(statements__country_as_speaker__with_and_without_members)
{
	start();
	json_t *with = ask("/v1/statements?speaker=China"),
	       *alone = ask("/v1/statements?speaker=China&members=false");
	ck_assert_uint_ge(count_by(with, "wang-yi"), 1);
	ck_assert_uint_eq(count_by(alone, "wang-yi"), 0);
	ck_assert_uint_eq(count_by(alone, "CHN"), json_array_size(statements(alone)));
	ck_assert_uint_ge(json_array_size(statements(alone)), 1);
	ck_assert_str_eq(text_at(part(with, 0), "reading"), "with those who speak for it");
	ck_assert_str_eq(text_at(part(alone, 0), "reading"), "alone");
	json_t *country = ask("/v1/statements?country=CHN");
	ck_assert(json_equal(statements(country), statements(with)));
	json_decref(country);
	json_decref(with);
	json_decref(alone);
	stop();
}
END_TEST

START_TEST(statements__repeated_and_negated_keys__or_and_not)
{
	start();
	json_t *all = ask("/v1/statements");
	json_t *both = ask("/v1/statements?speaker=Wang Yi&speaker=Antony Blinken");
	json_t *others = ask("/v1/statements?speaker=!Wang Yi&speaker=!Antony Blinken");
	ck_assert_uint_ge(count_by(both, "wang-yi"), 1);
	ck_assert_uint_ge(count_by(both, "antony-blinken"), 1);
	ck_assert_uint_eq(count_by(both, "wang-yi") + count_by(both, "antony-blinken"),
			  json_array_size(statements(both)));
	ck_assert_uint_eq(count_by(others, "wang-yi") + count_by(others, "antony-blinken"), 0);
	ck_assert_uint_eq(json_array_size(statements(both)) + json_array_size(statements(others)),
			  json_array_size(statements(all)));
	json_t *direct = ask("/v1/statements?kind=direct"),
	       *rest = ask("/v1/statements?kind=!direct");
	ck_assert_uint_eq(json_array_size(statements(direct)) + json_array_size(statements(rest)),
			  json_array_size(statements(all)));
	ck_assert_uint_ge(json_array_size(statements(direct)), 1);
	json_t *none = ask("/v1/statements?kind=direct&kind=!direct");
	ck_assert_uint_eq(json_array_size(statements(none)), 0);
	json_decref(none);
	json_decref(rest);
	json_decref(direct);
	json_decref(others);
	json_decref(both);
	json_decref(all);
	stop();
}
END_TEST

/* The first code point of what is said. */
static long long content_start(const json_t *statement)
{
	const json_t *content = json_object_get(json_object_get(statement, "spans"), "content");
	return json_integer_value(json_array_get(json_array_get(content, 0), 0));
}

START_TEST(article_statements__pages__in_the_order_of_the_text)
{
	char target[1000];
	long long last = -1;
	size_t n = 0, i;
	json_t *s;
	start();
	snprintf(target, sizeof target, "/v1/articles/%lld/statements?limit=2", article_id);
	for (int page = 0; page < 10 && target[0]; page++) {
		struct reply r = http_get(server, target);
		struct str link = reply_header(&r, "link");
		ck_assert(link.n == 0 || str_starts(link, STR("<../../../v1/articles/")));
		struct str next =
			link.n ? str_sub(link, STR("<../../..").n, str_find(link, STR(">"), 0))
			       : STR_EMPTY;
		snprintf(target, sizeof target, "%.*s", STR_ARG(next));
		json_t *j = json_of(r, 200);
		json_array_foreach(statements(j), i, s)
		{
			ck_assert_int_ge(content_start(s), last);
			last = content_start(s);
			n++;
		}
		json_decref(j);
	}
	json_t *all = ask("/v1/statements");
	ck_assert_uint_eq(json_array_size(statements(all)), n);
	json_decref(all);
	stop();
}
END_TEST

/* Each narrows the list to what the parameter says and finds something, or nothing
 * where it must. */
START_TEST(statements__each_parameter__narrows)
{
	static const struct {
		const char *query;
		bool finds;
	} cases[] = {
		{"speaker=wang-yi", true},
		{"speaker=Mr. Nobody", false},
		{"role=foreign minister", true},
		{"role=astronaut", false},
		{"country=USA", true},
		{"country=China", true},
		{"country=FRA", false},
		{"issue=Taiwan", true},
		{"speaker=Wang Yi&country=CHN", true},
		{"speaker=Wang Yi&country=USA", false},
		{"cap=19", true},
		{"cap=1921", true},
		{"cap=8", false},
		{"cap=19&issue=Taiwan", true},
		{"cap=8&issue=Taiwan", false},
		{"issue=!Taiwan&text=conflict over Taiwan", false},
		{"cap=!19&text=core interests", false},
		{"act=DENY", true},
		{"act=ASSAULT", false},
		{"polarity=denied", true},
		{"kind=indirect", true},
		{"published_from=2024-04-26", true},
		{"published_from=2024-04-28", false},
		{"published_to=2024-04-26", true},
		{"published_to=2024-04-25", false},
		{"said_from=2024-04-26&said_to=2024-04-26", true},
		{"said_from=2024-04-27", false},
		{"said_to=2024-04-25&speaker=Wang Yi", false},
		{"outlet=Example Times", true},
		{"outlet=Other Times", false},
		{"outlet=!Example Times", true},
		{"outlet=!Example Times&speaker=Wang Yi", false},
		{"text=core interests", true},
		{"text=CORE INTERESTS", true},
		{"text=interests core", false},
		{"text=core&text=challenged", true},
		{"text=core&text=giraffes", false},
		{"min_confidence=0", true},
		{"target_position=none&target_position=!none", false},
		{"target_position=!none&country=FRA", false},
		{"min_stance_confidence=0.2", true},
		{"min_stance_confidence=1", false},
		{"min_position_confidence=0", true},
		{"min_position_confidence=1", false},
		{"issue=Taiwan&min_position_confidence=1", false},
		{"status=machine", true},
		{"status=confirmed", false},
		{"status=!machine", false},
		{"nested=false", true},
		{"nested=include", true},
		{"nested=true", false},
	};
	start();
	json_decref(json_of(http_post(server, "/v1/articles", "application/json",
				      STR("{\"published_at\":\"2024-04-27\",\"text\":\"\\\"We "
					  "reject the sanctions,\\\" Russian Foreign "
					  "Minister Sergey Lavrov said.\"}")),
			    201));
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char path[1000];
		snprintf(path, sizeof path, "/v1/statements?%s", cases[i].query);
		json_t *j = ask(path);
		ck_assert_msg((json_array_size(statements(j)) > 0) == cases[i].finds,
			      "%s finds %zu", cases[i].query, json_array_size(statements(j)));
		json_decref(j);
	}
	stop();
}
END_TEST

static double stance_confidence(const json_t *statement)
{
	const json_t *c = json_object_get(json_object_get(statement, "stance"), "confidence");
	ck_assert(json_is_number(c));
	return json_number_value(c);
}

START_TEST(stance_confidence__extracted_and_stored__the_same_and_a_condition)
{
	size_t i;
	json_t *s;
	double most = 0;
	char path[100];
	start();
	json_t *found = json_of(http_post(server, "/v1/extract", "application/json",
					  read_file("tests/http/articles/talks.json")),
				200);
	snprintf(path, sizeof path, "/v1/articles/%lld/statements", article_id);
	json_t *stored = ask(path);
	ck_assert_uint_eq(json_array_size(statements(stored)), json_array_size(statements(found)));
	json_array_foreach(statements(stored), i, s)
	{
		double p = stance_confidence(s);
		ck_assert(p > 0 && p < 1);
		ck_assert_double_eq_tol(p, stance_confidence(json_array_get(statements(found), i)),
					1e-9);
		most = p > most ? p : most;
	}
	snprintf(path, sizeof path, "/v1/statements?min_stance_confidence=%.2f", most);
	json_t *sure = ask(path);
	ck_assert_uint_ge(json_array_size(statements(sure)), 1);
	json_array_foreach(statements(sure), i, s) ck_assert(stance_confidence(s) > most - 1e-9);
	json_decref(sure);
	json_decref(stored);
	json_decref(found);
	stop();
}
END_TEST

/* Does the question with one more condition find the statement? */
static bool finds(const char *question, const char *position, const char *sure, long long id)
{
	char path[300];
	size_t i;
	json_t *s;
	bool is_found = false;
	snprintf(path, sizeof path, "/v1/statements?%s&position=%s%s&limit=200", question, position,
		 sure);
	json_t *j = ask(path);
	json_array_foreach(statements(j), i, s) is_found |= int_at(s, "id") == id;
	json_decref(j);
	return is_found;
}

static void check_pair(const json_t *hit, long long id)
{
	char question[200], not_it[32], sure[64] = "", surer[64];
	const json_t *word = json_object_get(hit, "position"),
		     *p = json_object_get(hit, "position_confidence");
	const char *position = json_is_null(word) ? "none" : json_string_value(word);
	ck_assert(json_is_number(p) || json_is_null(p));
	ck_assert(json_is_array(json_object_get(hit, "position_evidence")));
	snprintf(question, sizeof question, "issue=%s", text_at(hit, "id"));
	snprintf(not_it, sizeof not_it, "!%s", position);
	if (json_is_number(p))
		snprintf(sure, sizeof sure, "&min_position_confidence=%.3f", json_number_value(p));
	snprintf(surer, sizeof surer, "&min_position_confidence=%.3f",
		 json_number_value(p) + 0.001);
	ck_assert(finds(question, position, sure, id));
	ck_assert(!finds(question, position, surer, id));
	ck_assert(!finds(question, not_it, "", id));
}

/* Whatever the engine says of each pair. */
START_TEST(positions__on_each_issue__find_their_statement)
{
	size_t i, k, pairs = 0;
	json_t *s, *hit;
	start();
	json_t *all = ask("/v1/statements");
	json_array_foreach(statements(all), i, s)
	{
		const json_t *issues = json_object_get(s, "issues");
		json_array_foreach(issues, k, hit)
		{
			check_pair(hit, int_at(s, "id"));
			pairs++;
		}
		const json_t *first = json_array_get(issues, 0);
		if (json_is_string(json_object_get(first, "position")))
			ck_assert(json_equal(
				json_object_get(json_object_get(s, "stance"), "position"),
				json_object_get(first, "position")));
	}
	ck_assert_uint_gt(pairs, 3);
	json_decref(all);
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

START_TEST(statements__syntax_of_sql_and_full_text__is_only_text)
{
	static const char *const texts[] = {
		"core interests\" OR content:\"a",
		"core* NEAR(interests, 2)",
		"' OR 1=1 --",
		"\"; DROP TABLE statement; --",
		"NOT core",
		"AND OR NOT",
		"content:core",
		"^core",
		"(core",
		"core)",
		"{core interests}: x",
		"core + interests",
		"%00core\x01%00",
		"\xE2\x80\x9C core",
	};
	static const char *const names[] = {"text",   "speaker", "issue", "role",
					    "outlet", "country", "target"};
	start();
	for (size_t n = 0; n < sizeof names / sizeof names[0]; n++)
		for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
			char path[1000];
			snprintf(path, sizeof path, "/v1/statements?%s=", names[n]);
			for (const char *p = texts[i]; *p; p++)
				snprintf(path + strlen(path), sizeof path - strlen(path),
					 *p == '%' ? "%c" : "%%%02X", (unsigned char)*p);
			struct reply r = http_get(server, path);
			ck_assert_msg(r.status == 200 || r.status == 400, "%s: %d", path, r.status);
			reply_release(&r);
		}
	json_t *j = ask("/v1/statements?text=core interests");
	ck_assert_uint_ge(json_array_size(statements(j)), 1);
	json_decref(j);
	j = ask("/v1/statements?text=content:core");
	ck_assert_uint_eq(json_array_size(statements(j)), 0);
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

/* An issue stands for those below it. */
START_TEST(issue__with_others_below_it__finds_these_too)
{
	start();
	json_t *j = ask("/v1/issues/tariffs");
	char target[200];
	snprintf(target, sizeof target, "/v1/statements?issue=%s", text_at(j, "parent"));
	json_decref(j);
	json_decref(json_of(
		http_post(server, "/v1/articles", "application/json",
			  STR("{\"text\":\"\\\"We oppose the tariffs,\\\" Wang Yi said.\"}")),
		201));
	j = ask(target);
	ck_assert(has_content(statements(j), "We oppose the tariffs"));
	ck_assert_str_eq(text_at(part(j, 0), "reading"), "with the issues below it");
	json_decref(j);
	stop();
}
END_TEST

UNIT_MAIN("query", article_post__same_text_twice__one_id,
	  query__speaker_and_issue__his_sentence_and_nothing_by_others,
	  query__canonical_link__same_list, query__name_unknown__empty_list_that_says_so,
	  query__name_misspelled__tells_which_is_meant,
	  query__name_unknown_beside_a_known__does_not_call_the_answer_empty,
	  query__issue_unknown__its_words_are_searched_and_said_so,
	  query__words_not_understood__told,
	  statements__country_as_speaker__with_and_without_members,
	  statements__repeated_and_negated_keys__or_and_not,
	  article_statements__pages__in_the_order_of_the_text, statements__each_parameter__narrows,
	  stance_confidence__extracted_and_stored__the_same_and_a_condition,
	  positions__on_each_issue__find_their_statement,
	  query__who_with_a_least_confidence__says_so_in_its_parameters,
	  statements__syntax_of_sql_and_full_text__is_only_text,
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
	  query__position_that_none_takes__whatever_mentions_it,
	  issue__with_others_below_it__finds_these_too)
