/* GET /v1/verify over the real program. */
#include <stdio.h>

#include "tests/http/json.h"
#include "tests/unit/unit.h"

static struct server *server;

static void start(void)
{
	server = server_start(NULL);
	static const char body[] =
		"{\"published_at\": \"2024-04-26\", \"text\": \"\\\"China's legitimate development "
		"rights have been unreasonably suppressed, and our core interests are facing "
		"challenges,\\\" Wang Yi said. \\\"We will not accept these tariffs on our "
		"steel,\\\" Narendra Modi said.\"}";
	json_decref(
		json_of(http_post(server, "/v1/articles", "application/json", str_of(body)), 201));
}

static json_t *ask(const char *query)
{
	char target[1000];
	snprintf(target, sizeof target, "/v1/verify?%s", query);
	return json_of(http_get(server, target), 200);
}

static void expect(const char *query, const char *verdict, const char *speaker)
{
	json_t *j = ask(query);
	const json_t *match = json_array_get(json_object_get(j, "matches"), 0);
	ck_assert_msg(strcmp(text_at(j, "verdict"), verdict) == 0, "%s: %s", query,
		      text_at(j, "verdict"));
	ck_assert_str_eq(
		text_at(json_object_get(json_object_get(match, "statement"), "speaker"), "id"),
		speaker);
	json_decref(j);
}

START_TEST(verify__each_verdict__with_whose_it_is)
{
	start();
	expect("text=%22China%27s%20legitimate%20development%20rights%20have%20been%20unreasonably%"
	       "20"
	       "suppressed,%20and%20our%20core%20interests%20are%20facing%20challenges%22",
	       "verbatim", "wang-yi");
	expect("text=our+core+interests+are+facing+challenges", "trimmed", "wang-yi");
	expect("text=legitimate+development+rights+...+our+core+interests&speaker=China", "trimmed",
	       "wang-yi");
	expect("text=our+core+interests+are+facing+great+dangers&speaker=Wang+Yi", "altered",
	       "wang-yi");
	expect("text=we+will+not+accept+these+tariffs&speaker=Wang+Yi", "another speaker",
	       "narendra-modi");
	expect("text=we+will+not+accept+these+tariffs&speaker=Nobody+Known", "another speaker",
	       "narendra-modi");
	expect("text=we+will+not+accept+these+tariffs&speaker=!Wang+Yi", "trimmed",
	       "narendra-modi");
	expect("text=peace+in+our+time+is+near", "not found", "");
	expect("text=our+core+interests+are+facing+challenges&published_from=2024-04-27",
	       "not found", "");
	/* Marks that mean something to a full-text index. */
	expect("text=%22core%20AND%20%28interests%2A%20OR%20NEAR%22", "not found", "");
	server_stop(server);
}
END_TEST

START_TEST(verify__altered__says_how)
{
	start();
	json_t *j = ask("text=our+vital+interests+are+now+facing+challenges&speaker=Wang+Yi");
	const json_t *match = json_array_get(json_object_get(j, "matches"), 0);
	json_t *want = json_pack("[{s:s,s:s,s:s},{s:s,s:n,s:s}]", "how", "replaced", "said", "core",
				 "quoted", "vital", "how", "added", "said", "quoted", "now");
	char *got = json_dumps(json_object_get(match, "differences"), 0);
	ck_assert_msg(json_equal(json_object_get(match, "differences"), want), "%s", got);
	free(got);
	ck_assert(json_is_true(json_object_get(match, "is_speaker")));
	ck_assert(json_is_false(json_object_get(match, "exact")));
	json_decref(want);
	json_decref(j);
	server_stop(server);
}
END_TEST

START_TEST(verify__bad_questions__each_told)
{
	static const struct {
		const char *target, *field;
	} cases[] = {
		{"/v1/verify", "text"},
		{"/v1/verify?text=", "text"},
		{"/v1/verify?text=core+interests", "text"},
		{"/v1/verify?text=a+b+c&text=d+e+f", "text"},
		{"/v1/verify?text=a+b+c&limit=51", "limit"},
		{"/v1/verify?text=a+b+c&speeker=China", "speeker"},
		{"/v1/verify?text=a+b+c&issue=tariffs", "issue"},
	};
	start();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		json_t *j = json_of(http_get(server, cases[i].target), 400);
		ck_assert_msg(strcmp(text_at(j, "field"), cases[i].field) == 0, "%s: field \"%s\"",
			      cases[i].target, text_at(j, "field"));
		json_decref(j);
	}
	server_stop(server);
}
END_TEST

UNIT_MAIN("verify", verify__each_verdict__with_whose_it_is, verify__altered__says_how,
	  verify__bad_questions__each_told)
