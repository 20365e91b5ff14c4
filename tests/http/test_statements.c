/* Statements by parameters of the real program, over one article of our own. */
#include <stdio.h>

#include "tests/http/talks.h"
#include "tests/unit/unit.h"

START_TEST(article_post__same_text_twice__one_id)
{
	start();
	struct str body = talks_body();
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
	json_t *found =
		json_of(http_post(server, "/v1/extract", "application/json", talks_body()), 200);
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

UNIT_MAIN("statements", article_post__same_text_twice__one_id,
	  statements__country_as_speaker__with_and_without_members,
	  statements__repeated_and_negated_keys__or_and_not,
	  article_statements__pages__in_the_order_of_the_text, statements__each_parameter__narrows,
	  stance_confidence__extracted_and_stored__the_same_and_a_condition,
	  positions__on_each_issue__find_their_statement,
	  statements__syntax_of_sql_and_full_text__is_only_text,
	  issue__with_others_below_it__finds_these_too)
