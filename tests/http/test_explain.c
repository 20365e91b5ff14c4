/* Explanations of stored statements: of the engine's own, of those that another engine made, and of
 * none. */
#include <stdio.h>

#include "tests/conformance/fixture.h"
#include "tests/http/json.h"

static json_t *explain(const struct server *s, int64_t id, int status)
{
	char target[100];
	snprintf(target, sizeof target, "/v1/statements/%lld/explain", (long long)id);
	return json_of(http_get(s, target), status);
}

static const json_t *at(const json_t *j, const char *first, const char *second)
{
	return json_object_get(json_object_get(j, first), second);
}

START_TEST(explain__own_statements__what_decided_and_what_goes_on)
{
	struct server *s = server_start(NULL);
	json_t *article =
		json_of(http_post(s, "/v1/articles", "application/json",
				  STR("{\"text\":\"Ann Lee said that the bridge would be "
				      "rebuilt.\\n"
				      "\\n"
				      "\\\"It is old and it has been a danger for years.\\\"\\n"
				      "\\n"
				      "The town has two bridges.\"}")),
			201);
	const json_t *list = json_object_get(article, "statements");
	ck_assert_uint_eq(json_array_size(list), 2);
	json_t *j = explain(s, int_at(json_array_get(list, 0), "id"), 200);
	const json_t *x = json_object_get(j, "explanation"),
		     *content = at(json_object_get(x, "decisions"), "content", "words"),
		     *rejected = at(json_object_get(x, "decisions"), "content", "rejected");
	ck_assert_str_eq(text_at(j, "found"), "same");
	ck_assert(json_is_null(json_object_get(j, "note")));
	ck_assert_int_eq(int_at(x, "number"), 1);
	ck_assert_str_eq(text_at(at(x, "decisions", "cue"), "words"), "said");
	ck_assert_str_eq(json_string_value(content), "that the bridge would be rebuilt");
	ck_assert_uint_gt(json_array_size(rejected), 0);
	json_decref(j);
	j = explain(s, int_at(json_array_get(list, 1), "id"), 200);
	x = json_object_get(j, "explanation");
	ck_assert(json_is_true(json_object_get(x, "is_carried")) &&
		  json_is_null(json_object_get(x, "decisions")));
	ck_assert_int_eq(int_at(x, "carried_from"), 1);
	json_decref(j);
	json_decref(article);
	server_stop(s);
}
END_TEST

START_TEST(explain__unknown_or_with_parameters__problem)
{
	struct server *s = server_start(NULL);
	json_t *j = explain(s, 7, 404);
	ck_assert_str_eq(text_at(j, "title"), "not found");
	json_decref(j);
	j = json_of(http_get(s, "/v1/statements/x/explain"), 404);
	json_decref(j);
	j = json_of(http_get(s, "/v1/statements/7/explain?why=so"), 400);
	ck_assert_str_eq(text_at(j, "field"), "why");
	json_decref(j);
	server_stop(s);
}
END_TEST

/* A statement with its cue "said" and this content, as if another engine had made it. */
static struct statement older(const struct span *cue, const struct span *content)
{
	struct statement s = plain_statement(STR("what it held"), &china);
	s.spans.cue = (struct spans){cue, 1};
	s.spans.content = (struct spans){content, 1};
	return s;
}

START_TEST(explain__statements_of_another_engine__are_told_to_be)
{
	static const struct span cue = {13, 17}, same = {18, 43}, part = {23, 43}, none = {45, 62};
	static const struct {
		const char *found, *note;
	} want[] = {{"same", "engine test made this statement; "},
		    {"changed", "finds another cue or content here"},
		    {"no", "does not find this statement any more"}};
	const struct statement v[] = {older(&cue, &same), older(&cue, &part), older(&cue, &none)};
	/* A newer one: the service does not read back what that found. */
	const struct knowledge newer = {.engine = STR("99.0.0")};
	struct fixture f;
	fixture_open(&f);
	assert_ok(store_seed(f.store, &newer, &f.e), f.e);
	struct write w =
		made_article(STR("The minister said that the talks had failed. It rained all day."),
			     STR("2024-04-26"), v, 3);
	fixture_write(&f, &w);
	store_close(f.store);
	f.store = NULL;
	struct server *s = server_start_on(f.path, NULL);
	json_t *list = json_of(http_get(s, "/v1/statements"), 200);
	for (size_t i = 0; i < 3; i++) {
		const json_t *one = json_array_get(json_object_get(list, "statements"), i);
		json_t *j = explain(s, int_at(one, "id"), 200);
		ck_assert_str_eq(text_at(j, "found"), want[i].found);
		ck_assert_msg(strstr(text_at(j, "note"), want[i].note) != NULL, "%s",
			      text_at(j, "note"));
		ck_assert_int_eq(json_is_null(json_object_get(j, "explanation")), i == 2);
		json_decref(j);
	}
	json_decref(list);
	server_stop(s);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("explain", explain__own_statements__what_decided_and_what_goes_on,
	  explain__unknown_or_with_parameters__problem,
	  explain__statements_of_another_engine__are_told_to_be)
