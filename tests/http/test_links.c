/* The links at the root, the document in its three forms, and HEAD of every path. */
#include <string.h>

#include "api/routes.h"
#include "tests/http/document.h"
#include "tests/http/json.h"
#include "tests/unit/unit.h"

static struct server *server;

/* What the root links to, each with what it needs to be asked. */
static const struct {
	const char *link, *query;
} needs[] = {
	{"verify", "?text=the%20tax%20must%20go"}, {"grid", "?a=Norway&b=USA"},
	{"silences", "?a=Norway&b=USA"},	   {"changes", "?speaker=Norway&issue=shipping"},
	{"positions", "?speaker=Norway"},	   {"query", "?q=Norway"}};

static void path_of(const char *name, const char *link, char path[256])
{
	const char *query = "";
	for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++)
		if (strcmp(needs[i].link, name) == 0)
			query = needs[i].query;
	snprintf(path, 256, "/%s%s", link, query);
}

START_TEST(root__each_link__answers)
{
	const char *name;
	json_t *link;
	server = server_start(NULL);
	json_t *root = json_of(http_get(server, "/"), 200);
	json_t *links = json_object_get(root, "links");
	ck_assert_uint_gt(json_object_size(links), 15);
	json_object_foreach(links, name, link)
	{
		char path[256];
		path_of(name, json_string_value(link), path);
		struct reply r = http_get(server, path);
		ck_assert_msg(r.status == 200, "%s: %d %.*s", path, r.status, STR_ARG(r.body));
		reply_release(&r);
	}
	json_decref(root);
	server_stop(server);
}
END_TEST

/* Every path without a part in braces that is read, with what the links need. */
static bool is_read(const struct route *r, char path[256])
{
	const char *last = strrchr(r->path, '/') + 1;
	path_of(last, r->path + 1, path);
	return r->method == METHOD_GET && !strchr(r->path, '{');
}

START_TEST(head__each_path__has_the_length_of_the_answer_or_none)
{
	server = server_start(NULL);
	for (size_t i = 0; i < api_routes_count; i++) {
		char path[256];
		if (!is_read(&api_routes[i], path) || strcmp(path, "/metrics") == 0)
			continue;
		struct reply got = http_get(server, path);
		struct reply head = http_request(server, "HEAD", path, "", STR_EMPTY);
		struct str length = reply_header(&head, "content-length");
		int64_t n;
		ck_assert_msg(head.status == got.status, "%s: %d, HEAD %d", path, got.status,
			      head.status);
		ck_assert_uint_eq(head.body.n, 0);
		ck_assert_msg(!length.n || got.status != 200 ||
				      (str_to_i64(length, &n) && n == (int64_t)got.body.n),
			      "%s: %.*s bytes announced, %zu sent", path, STR_ARG(length),
			      got.body.n);
		reply_release(&got);
		reply_release(&head);
	}
	server_stop(server);
}
END_TEST

START_TEST(document__in_json__is_the_one_in_yaml)
{
	server = server_start(NULL);
	json_t *document = document_load();
	json_t *given = json_of(http_get(server, "/openapi.json"), 200);
	ck_assert(json_equal(document, given));
	json_decref(document);
	json_decref(given);
	server_stop(server);
}
END_TEST

START_TEST(document__as_a_page__runs_nothing_and_is_from_here)
{
	server = server_start(NULL);
	struct reply r = http_get(server, "/docs");
	ck_assert_int_eq(r.status, 200);
	struct str policy = reply_header(&r, "content-security-policy");
	ck_assert(str_starts(policy, STR("default-src 'none'; style-src 'self'")));
	ck_assert(str_find(policy, STR("script"), 0) == SIZE_MAX);
	size_t at = str_find(r.body, STR("href=\"dashboard/"), 0);
	ck_assert(at != SIZE_MAX && str_find(r.body, STR("<script"), 0) == SIZE_MAX);
	struct str name = str_sub(r.body, at + 6, str_find(r.body, STR("\">"), at));
	char path[100];
	snprintf(path, sizeof path, "/%.*s", STR_ARG(name));
	struct reply style = http_get(server, path);
	ck_assert_int_eq(style.status, 200);
	struct reply hidden = http_get(server, "/dashboard/docs.html");
	ck_assert_int_eq(hidden.status, 404);
	reply_release(&r);
	reply_release(&style);
	reply_release(&hidden);
	server_stop(server);
}
END_TEST

UNIT_MAIN("links", root__each_link__answers, head__each_path__has_the_length_of_the_answer_or_none,
	  document__in_json__is_the_one_in_yaml, document__as_a_page__runs_nothing_and_is_from_here)
