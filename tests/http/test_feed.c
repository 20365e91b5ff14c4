/* The feed of what was added or changed, over the real program. */
#include <stdio.h>

#include "tests/http/json.h"
#include "tests/unit/unit.h"

static struct server *server;

static json_t *get(const char *target)
{
	return json_of(http_get(server, target), 200);
}

static size_t count(const json_t *j)
{
	return json_array_size(json_object_get(j, "statements"));
}

static void since_of(const json_t *j, char since[80])
{
	snprintf(since, 80, "%s", text_at(j, "since"));
	ck_assert_str_ne(since, "");
}

START_TEST(feed__posted_late_with_an_old_date__comes_next)
{
	char since[80], target[200];
	server = server_start(NULL);
	post_dated(server, "2024-05-01", "\"We support the tariffs,\" Wang Yi said.");
	json_t *latest = get("/v1/feed");
	ck_assert_uint_ge(count(latest), 1);
	since_of(latest, since);
	json_decref(latest);
	snprintf(target, sizeof target, "/v1/feed?since=%s", since);
	json_t *j = get(target);
	ck_assert_uint_eq(count(j), 0);
	ck_assert(json_is_false(json_object_get(j, "has_more")));
	json_decref(j);
	post_dated(server, "1999-01-01", "\"We oppose sanctions,\" Antony Blinken said.");
	j = get(target);
	ck_assert_uint_eq(count(j), 1);
	const json_t *s = json_array_get(json_object_get(j, "statements"), 0);
	ck_assert_str_eq(text_at(s, "published_at"), "1999-01-01");
	json_decref(j);
	snprintf(target, sizeof target, "/v1/feed?since=%s&speaker=Wang%%20Yi", since);
	j = get(target);
	ck_assert_uint_eq(count(j), 0);
	json_decref(j);
	snprintf(target, sizeof target, "/v1/feed?since=%s&about=sanctions&fields=content", since);
	j = get(target);
	ck_assert_uint_eq(count(j), 1);
	s = json_array_get(json_object_get(j, "statements"), 0);
	ck_assert_uint_eq(json_object_size(s), 2); /* with the id */
	json_decref(j);
	server_stop(server);
}
END_TEST

START_TEST(feed__page_by_page__has_each_once)
{
	char since[80] = "0";
	long long seen[64];
	size_t n = 0;
	server = server_start(NULL);
	for (int i = 0; i < 9; i++) {
		char day[16], text[100];
		snprintf(day, sizeof day, "2024-01-%02d", 28 - i);
		snprintf(text, sizeof text, "\"We support tariff number %d,\" Wang Yi said.", i);
		post_dated(server, day, text);
	}
	for (bool has_more = true; has_more;) {
		char target[200];
		size_t i;
		json_t *s;
		snprintf(target, sizeof target, "/v1/feed?limit=2&since=%s", since);
		json_t *j = get(target);
		json_array_foreach(json_object_get(j, "statements"), i, s)
		{
			ck_assert_uint_lt(n, 64);
			seen[n++] = int_at(s, "id");
		}
		has_more = json_is_true(json_object_get(j, "has_more"));
		since_of(j, since);
		json_decref(j);
	}
	json_t *all = get("/v1/statements?limit=200");
	ck_assert_uint_eq(n, count(all));
	json_decref(all);
	/* In the order in which they came: ids fall with the dates. */
	for (size_t i = 1; i < n; i++)
		ck_assert_int_lt(seen[i], seen[i - 1]);
	server_stop(server);
}
END_TEST

START_TEST(feed__as_atom__has_an_entry_a_statement)
{
	server = server_start(NULL);
	post_dated(server, "2024-05-01", "\"We support <b> & tariffs,\" Wang Yi said.");
	struct reply r = http_get(server, "/v1/feed.atom?q=what+did+Wang+Yi+say");
	ck_assert_int_eq(r.status, 200);
	assert_str(reply_header(&r, "content-type"), "application/atom+xml");
	static const char *const parts[] = {
		"<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:demarche:feed:",
		"<title>what did Wang Yi say</title>",
		"<entry><id>urn:demarche:statement:",
		"<title>Wang Yi: We support &lt;b&gt; &amp; tariffs,</title>",
		"href=\"../v1/statements/",
		"</entry>\n</feed>\n"};
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		ck_assert_msg(str_find(r.body, str_of(parts[i]), 0) != SIZE_MAX, "%s in %.*s",
			      parts[i], STR_ARG(r.body));
	reply_release(&r);
	r = http_get(server, "/v1/feed.atom?speaker=Nobody%20Known");
	ck_assert_int_eq(r.status, 200);
	ck_assert(str_find(r.body, STR("<entry>"), 0) == SIZE_MAX);
	reply_release(&r);
	server_stop(server);
}
END_TEST

START_TEST(feed__bad_places__each_told)
{
	static const char *const bad[] = {"x",	     "-1",   "1.2",
					  "1.2.3.4", "1..3", "99999999999999999999"};
	server = server_start(NULL);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		char target[100];
		snprintf(target, sizeof target, "/v1/feed?since=%s", bad[i]);
		json_t *j = json_of(http_get(server, target), 400);
		ck_assert_str_eq(text_at(j, "field"), "since");
		json_decref(j);
	}
	server_stop(server);
}
END_TEST

/* --- JSON Feed, by the rules of https://jsonfeed.org/version/1.1 --- */

/* What a member must be; `is_required`: of whatever it stands in. */
struct rule {
	const char *name;
	json_type type;
	bool is_required;
};

static const struct rule of_feed[] = {
	{"version", JSON_STRING, true},	       {"title", JSON_STRING, true},
	{"home_page_url", JSON_STRING, false}, {"feed_url", JSON_STRING, false},
	{"description", JSON_STRING, false},   {"user_comment", JSON_STRING, false},
	{"next_url", JSON_STRING, false},      {"icon", JSON_STRING, false},
	{"favicon", JSON_STRING, false},       {"authors", JSON_ARRAY, false},
	{"language", JSON_STRING, false},      {"expired", JSON_FALSE, false},
	{"hubs", JSON_ARRAY, false},	       {"items", JSON_ARRAY, true}};
static const struct rule of_item[] = {{"id", JSON_STRING, true},
				      {"url", JSON_STRING, false},
				      {"external_url", JSON_STRING, false},
				      {"title", JSON_STRING, false},
				      {"content_html", JSON_STRING, false},
				      {"content_text", JSON_STRING, false},
				      {"summary", JSON_STRING, false},
				      {"image", JSON_STRING, false},
				      {"banner_image", JSON_STRING, false},
				      {"date_published", JSON_STRING, false},
				      {"date_modified", JSON_STRING, false},
				      {"authors", JSON_ARRAY, false},
				      {"tags", JSON_ARRAY, false},
				      {"language", JSON_STRING, false},
				      {"attachments", JSON_ARRAY, false}};
static const struct rule of_author[] = {
	{"name", JSON_STRING, false}, {"url", JSON_STRING, false}, {"avatar", JSON_STRING, false}};

/* Its members are the standard's, of their types; others begin with an underscore and a letter, and
 * are objects. */
static void check_rules(json_t *j, const struct rule *rules, size_t n)
{
	const char *name;
	json_t *value;
	ck_assert(json_is_object(j));
	for (size_t i = 0; i < n; i++)
		ck_assert_msg(!rules[i].is_required || json_object_get(j, rules[i].name), "no %s",
			      rules[i].name);
	json_object_foreach(j, name, value)
	{
		const struct rule *rule = NULL;
		for (size_t i = 0; i < n; i++)
			if (strcmp(name, rules[i].name) == 0)
				rule = &rules[i];
		if (rule)
			ck_assert_msg(json_typeof(value) == rule->type, "%s", name);
		else
			ck_assert_msg(name[0] == '_' && name[1] >= 'a' && name[1] <= 'z' &&
					      json_is_object(value),
				      "%s", name);
	}
}
#define CHECK_RULES(j, rules) check_rules(j, rules, sizeof(rules) / sizeof *(rules))

static bool is_instant(const char *s)
{
	int year, month, day, hour, minute, end = 0;
	double second;
	return sscanf(s, "%4d-%2d-%2dT%2d:%2d:%lfZ%n", &year, &month, &day, &hour, &minute, &second,
		      &end) == 6 &&
	       s[end] == '\0' && end > 0 && s[end - 1] == 'Z';
}

static void check_item(json_t *item)
{
	size_t i;
	json_t *one;
	CHECK_RULES(item, of_item);
	ck_assert(json_object_get(item, "content_text") || json_object_get(item, "content_html"));
	ck_assert_msg(is_instant(text_at(item, "date_published")), "%s",
		      text_at(item, "date_published"));
	ck_assert_uint_eq(json_array_size(json_object_get(item, "authors")), 1);
	json_array_foreach(json_object_get(item, "authors"), i, one)
	{
		CHECK_RULES(one, of_author);
		ck_assert_uint_gt(json_object_size(one), 0);
	}
	json_array_foreach(json_object_get(item, "tags"), i, one) ck_assert(json_is_string(one));
	if (json_object_get(item, "external_url"))
		ck_assert(strncmp(text_at(item, "external_url"), "https://", 8) == 0);
}

START_TEST(feed__as_json_feed__keeps_the_published_rules)
{
	static const char with_url[] =
		"{\"text\":\"\\\"We support <b> & tariffs,\\\" Wang Yi said.\",\"url\":"
		"\"https://news.example/1\",\"outlet\":\"The Times\",\"title\":\"Talks\","
		"\"published_at\":\"2024-05-01\"}";
	size_t i, k;
	json_t *item, *other;
	server = server_start(NULL);
	post_dated(server, "2024-05-02", "\"We oppose sanctions,\" Antony Blinken said.");
	json_decref(json_of(http_post(server, "/v1/articles", "application/json", str_of(with_url)),
			    201));
	struct reply r = http_get(server, "/v1/feed.json");
	assert_str(reply_header(&r, "content-type"), "application/feed+json");
	json_t *j = json_of(r, 200), *items = json_object_get(j, "items");
	CHECK_RULES(j, of_feed);
	ck_assert_str_eq(text_at(j, "version"), "https://jsonfeed.org/version/1.1");
	ck_assert_uint_eq(json_array_size(items), 2);
	json_array_foreach(items, i, item)
	{
		check_item(item);
		json_array_foreach(items, k, other)
			ck_assert(i == k || strcmp(text_at(item, "id"), text_at(other, "id")) != 0);
	}
	item = json_array_get(items, 0); /* the one that came last */
	ck_assert_str_eq(text_at(item, "title"), "Wang Yi: We support <b> & tariffs,");
	ck_assert_str_eq(text_at(item, "external_url"), "https://news.example/1");
	ck_assert_str_eq(text_at(item, "summary"), "The Times, 2024-05-01: Talks");
	/* It goes on where it ended. */
	char target[200];
	snprintf(target, sizeof target, "/v1/feed.json?q=what+did+Wang+Yi+say&since=%s",
		 text_at(json_object_get(j, "_demarche"), "since"));
	json_decref(j);
	j = get(target);
	CHECK_RULES(j, of_feed);
	ck_assert_str_eq(text_at(j, "title"), "what did Wang Yi say");
	ck_assert_uint_eq(json_array_size(json_object_get(j, "items")), 0);
	json_decref(j);
	server_stop(server);
}
END_TEST

UNIT_MAIN("feed", feed__posted_late_with_an_old_date__comes_next, feed__page_by_page__has_each_once,
	  feed__as_atom__has_an_entry_a_statement, feed__as_json_feed__keeps_the_published_rules,
	  feed__bad_places__each_told)
