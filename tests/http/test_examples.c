/* The document's examples, run: each request example goes to the real program, each answer must
 * have a documented status and media type and fit the documented schema; example answers must be
 * the answers, but for versions. */
#include <stdio.h>

#include "tests/http/document.h"
#include "tests/http/json.h"
#include "tests/unit/unit.h"

static json_t *document;
static struct server *server;
static long long article_id, statement_id;

static void start(void)
{
	document = document_load();
	server = server_start(NULL);
}

static void stop(void)
{
	server_stop(server);
	json_decref(document);
}

/* --- answers */

static void check_by(const json_t *schema, const json_t *value, const char *where)
{
	char why[1000];
	ck_assert_msg(document_fits(document, schema, value, why, sizeof why), "%s: %s", where,
		      why);
}

static void check_value(const json_t *media, const json_t *value, const char *where)
{
	check_by(json_object_get(media, "schema"), value, where);
}

/* Versions differ from one release to the next, ids from one request to the next. */
static json_t *without_versions(const json_t *v)
{
	json_t *copy = json_deep_copy(v);
	json_object_del(copy, "version");
	json_object_del(copy, "engine");
	json_object_del(copy, "request_id");
	return copy;
}

/* Of an answer with fitted weights there are only `examples`: they must be of its form, not its
 * numbers. */
static void check_forms(const json_t *media, const char *where)
{
	const char *name;
	json_t *example;
	json_object_foreach(json_object_get(media, "examples"), name, example)
	{
		check_value(media, json_object_get(example, "value"), where);
	}
}

static void check_example(const json_t *media, const json_t *value, const char *where)
{
	const json_t *example = json_object_get(media, "example");
	if (!example)
		return;
	json_t *want = without_versions(example), *got = without_versions(value);
	char *text = json_dumps(value, 0);
	ck_assert_msg(json_equal(want, got), "%s answers %s", where, text);
	free(text);
	json_decref(want);
	json_decref(got);
}

static const json_t *media_of(const json_t *response, const struct reply *r, const char *where)
{
	char type[100];
	struct str header = reply_header(r, "content-type");
	size_t semicolon = str_find(header, STR(";"), 0);
	snprintf(type, sizeof type, "%.*s", (int)(semicolon < header.n ? semicolon : header.n),
		 header.p);
	const json_t *media = json_object_get(json_object_get(response, "content"), type);
	ck_assert_msg(media != NULL, "%s: \"%s\" is not a documented media type", where, type);
	return media;
}

static void check_lines(const json_t *media, struct str body, const char *where)
{
	struct str line;
	while (str_split(&body, '\n', &line)) {
		json_t *j = json_loadb(line.p, line.n, 0, NULL);
		ck_assert_msg(j != NULL, "%s: %.*s", where, STR_ARG(line));
		check_by(json_object_get(json_object_get(media, "schema"), "contentSchema"), j,
			 where);
		json_decref(j);
	}
}

/* The answer against the operation's documented response of that status; NULL or JSON that the
 * caller owns. */
static json_t *check_answer(const json_t *op, const struct reply *r, const char *where)
{
	char status[12];
	snprintf(status, sizeof status, "%d", r->status);
	const json_t *response = document_resolve(
		document, json_object_get(json_object_get(op, "responses"), status));
	ck_assert_msg(response != NULL, "%s answers %d, which is not documented: %.*s", where,
		      r->status, STR_ARG(r->body));
	if (!json_object_get(response, "content")) {
		ck_assert_uint_eq(r->body.n, 0);
		return NULL;
	}
	const json_t *media = media_of(response, r, where);
	struct str type = reply_header(r, "content-type");
	if (str_starts(type, STR("application/x-ndjson"))) {
		check_lines(media, r->body, where);
		return NULL;
	}
	if (!str_starts(type, STR("application/json")) &&
	    !str_starts(type, STR("application/problem+json")))
		return NULL;
	json_t *j = json_loadb(r->body.p, r->body.n, 0, NULL);
	ck_assert_msg(j != NULL, "%s: %.*s", where, STR_ARG(r->body));
	check_value(media, j, where);
	check_example(media, j, where);
	check_forms(media, where);
	return j;
}

/* --- requests */

static void append_escaped(char *target, size_t room, const char *value)
{
	size_t n = strlen(target);
	for (; *value && n + 4 < room; value++)
		n += (size_t)snprintf(target + n, room - n, "%%%02X", (unsigned char)*value);
}

static void append_query(char *target, size_t room, const json_t *op)
{
	size_t i, k;
	json_t *raw, *one;
	json_array_foreach(json_object_get(op, "parameters"), i, raw)
	{
		const json_t *p = document_resolve(document, raw);
		const json_t *example = json_object_get(p, "example");
		json_t *list = json_is_array(example)
				       ? json_deep_copy(example)
				       : json_pack("[O]", example ? example : json_null());
		json_array_foreach(list, k, one)
		{
			if (!json_is_string(one))
				continue;
			size_t n = strlen(target);
			snprintf(target + n, room - n, "%s%s=", strchr(target, '?') ? "&" : "?",
				 text_at(p, "name"));
			append_escaped(target, room, json_string_value(one));
		}
		json_decref(list);
	}
}

/* A file of the dashboard, whose names hang on what is in them: the first one that its page has. */
static void write_file_target(char *target, size_t room)
{
	struct reply r = http_request(server, "GET", "/", "Accept: text/html\r\n", STR_EMPTY);
	size_t start = str_find(r.body, STR("dashboard/"), 0);
	ck_assert_uint_ne(start, SIZE_MAX);
	struct str name = str_sub(r.body, start, str_find(r.body, STR("\""), start));
	snprintf(target, room, "/%.*s", STR_ARG(name));
	reply_release(&r);
}

/* The path with its {id}: the parameter's example, or what the examples posted before have made. */
static void write_target(char *target, size_t room, const char *path, const json_t *item,
			 const json_t *op)
{
	const char *brace = strstr(path, "{id}");
	const json_t *parameter =
		document_resolve(document, json_array_get(json_object_get(item, "parameters"), 0));
	const char *example = json_string_value(json_object_get(parameter, "example"));
	if (strcmp(path, "/dashboard/{file}") == 0) {
		write_file_target(target, room);
	} else if (!brace) {
		snprintf(target, room, "%s", path);
	} else if (example) {
		snprintf(target, room, "%.*s%s%s", (int)(brace - path), path, example, brace + 4);
	} else {
		bool is_statement = strncmp(path, "/v1/statements", 14) == 0;
		snprintf(target, room, "%.*s%lld%s", (int)(brace - path), path,
			 is_statement ? statement_id : article_id, brace + 4);
	}
	append_query(target, room, op);
}

static void post_example(const char *path, const json_t *op, const char *type, const json_t *media,
			 const json_t *value)
{
	char where[2100], target[2000];
	const json_t *item = json_object_get(json_object_get(document, "paths"), path);
	write_target(target, sizeof target, path, item, op);
	snprintf(where, sizeof where, "POST %s", target);
	check_value(media, value, where);
	char *dumped = json_is_string(value) ? NULL : json_dumps(value, 0);
	struct str body = str_of(dumped ? dumped : json_string_value(value));
	struct reply r = http_post(server, target, type, body);
	const json_t *responses = json_object_get(op, "responses");
	bool makes = json_object_get(responses, "201") != NULL,
	     begins = json_object_get(responses, "202") != NULL;
	ck_assert_msg(r.status == (makes    ? 201
				   : begins ? 202
					    : 200),
		      "%s answers %d: %.*s", where, r.status, STR_ARG(r.body));
	json_t *j = check_answer(op, &r, where);
	reply_release(&r);
	if (strcmp(path, "/v1/articles") == 0) {
		article_id = int_at(j, "id");
		statement_id = int_at(json_array_get(json_object_get(j, "statements"), 0), "id");
		ck_assert_msg(article_id > 0 && statement_id > 0,
			      "%s made no article with a statement", where);
		r = http_post(server, path, type, body);
		ck_assert_int_eq(r.status, 200);
		json_t *again = check_answer(op, &r, where);
		ck_assert(json_equal(again, j));
		json_decref(again);
		reply_release(&r);
	}
	json_decref(j);
	free(dumped);
}

static int post_examples(void)
{
	const char *path, *type, *name;
	json_t *item, *media, *example;
	int n = 0;
	json_object_foreach(json_object_get(document, "paths"), path, item)
	{
		const json_t *op = json_object_get(item, "post");
		const json_t *content =
			json_object_get(json_object_get(op, "requestBody"), "content");
		json_object_foreach((json_t *)(uintptr_t)content, type, media)
		{
			json_object_foreach(json_object_get(media, "examples"), name, example)
			{
				post_example(path, op, type, media,
					     json_object_get(example, "value"));
				n++;
			}
		}
	}
	return n;
}

/* Each is sent twice: it says the same however often it comes. */
static int put_examples(const char *method, int status)
{
	char upper[12];
	size_t letters = strlen(method);
	for (size_t i = 0; i <= letters; i++)
		upper[i] = (char)(method[i] ? method[i] - 'a' + 'A' : '\0');
	const char *path, *name;
	json_t *item, *example;
	int n = 0;
	json_object_foreach(json_object_get(document, "paths"), path, item)
	{
		const json_t *op = json_object_get(item, method);
		const json_t *content =
			json_object_get(json_object_get(op, "requestBody"), "content");
		const json_t *media = json_object_get(content, "application/json");
		json_object_foreach(json_object_get(media, "examples"), name, example)
		{
			char target[2000], *body = json_dumps(json_object_get(example, "value"), 0);
			write_target(target, sizeof target, path, item, op);
			check_value(media, json_object_get(example, "value"), target);
			for (int i = 0; i < 2; i++) {
				struct reply r = http_request(server, upper, target,
							      "Content-Type: application/json\r\n",
							      str_of(body));
				ck_assert_msg(r.status == status, "%s %s answers %d: %.*s", upper,
					      target, r.status, STR_ARG(r.body));
				json_decref(check_answer(op, &r, target));
				reply_release(&r);
			}
			free(body);
			n++;
		}
	}
	return n;
}

static int get_examples(void)
{
	const char *path;
	json_t *item;
	int n = 0;
	json_object_foreach(json_object_get(document, "paths"), path, item)
	{
		const json_t *op = json_object_get(item, "get");
		char target[2000];
		if (!op)
			continue;
		write_target(target, sizeof target, path, item, op);
		struct reply r = http_get(server, target);
		ck_assert_msg(r.status == 200, "GET %s answers %d: %.*s", target, r.status,
			      STR_ARG(r.body));
		json_decref(check_answer(op, &r, target));
		if (json_object_get(
			    json_object_get(
				    json_object_get(json_object_get(op, "responses"), "200"),
				    "headers"),
			    "ETag"))
			ck_assert_msg(reply_header(&r, "etag").n > 0, "GET %s has no ETag", target);
		reply_release(&r);
		n++;
	}
	return n;
}

/* Every list operation offers the other representations that are documented. */
static void get_representations(void)
{
	static const char *const paths[] = {"/v1/statements", "/v1/query", "/v1/stats"};
	static const char *const types[] = {"text/csv", "application/x-ndjson"};
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		const json_t *item = json_object_get(json_object_get(document, "paths"), paths[i]);
		const json_t *op = json_object_get(item, "get");
		for (size_t k = 0; k < 2; k++) {
			char target[2000], header[100];
			write_target(target, sizeof target, paths[i], item, op);
			snprintf(header, sizeof header, "Accept: %s\r\n", types[k]);
			struct reply r = http_request(server, "GET", target, header, STR_EMPTY);
			ck_assert_int_eq(r.status, 200);
			ck_assert(str_starts(reply_header(&r, "content-type"), str_of(types[k])));
			ck_assert_uint_gt(r.body.n, 0);
			check_answer(op, &r, target);
			reply_release(&r);
		}
	}
}

static void get_error_example(void)
{
	const json_t *op = json_object_get(
		json_object_get(json_object_get(document, "paths"), "/v1/statements"), "get");
	struct reply r = http_get(server, "/v1/statements?speeker=China");
	ck_assert_int_eq(r.status, 400);
	json_decref(check_answer(op, &r, "the error's example"));
	reply_release(&r);
}

/* The second time there is nothing left to delete. */
static void delete_twice(const char *path, int status, int again)
{
	char target[2000];
	const json_t *item = json_object_get(json_object_get(document, "paths"), path);
	const json_t *op = json_object_get(item, "delete");
	write_target(target, sizeof target, path, item, op);
	for (int i = 0; i < 2; i++) {
		struct reply r = http_request(server, "DELETE", target, "", STR_EMPTY);
		ck_assert_int_eq(r.status, i == 0 ? status : again);
		json_decref(check_answer(op, &r, target));
		reply_release(&r);
	}
}

START_TEST(examples__sent_in_order__answered_as_documented)
{
	start();
	ck_assert_int_ge(post_examples(), 3);
	ck_assert_int_ge(get_examples(), 17);
	get_representations();
	get_error_example();
	ck_assert_int_ge(put_examples("put", 202), 1);
	ck_assert_int_ge(put_examples("patch", 200), 2);
	delete_twice("/v1/articles/{id}", 204, 404);
	delete_twice("/v1/issues/{id}", 202, 409);
	stop();
}
END_TEST

/* The examples of parameters find something: an example that finds nothing teaches nothing. */
START_TEST(examples__of_parameters__find_what_was_posted)
{
	static const struct {
		const char *path, *list;
	} cases[] = {{"/v1/statements", "statements"}, {"/v1/query", "statements"},
		     {"/v1/actors", "actors"},	       {"/v1/issues", "issues"},
		     {"/v1/stats", "groups"},	       {"/v1/grid", "issues"},
		     {"/v1/network", "edges"},	       {"/v1/positions", "issues"},
		     {"/v1/verify", "matches"},	       {"/v1/facets", "facets"},
		     {"/v1/suggest", "suggestions"},   {"/v1/feed", "statements"}};
	start();
	post_examples();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const json_t *item =
			json_object_get(json_object_get(document, "paths"), cases[i].path);
		char target[2000];
		write_target(target, sizeof target, cases[i].path, item,
			     json_object_get(item, "get"));
		json_t *j = json_of(http_get(server, target), 200);
		ck_assert_msg(json_array_size(json_object_get(j, cases[i].list)) > 0,
			      "%s finds nothing", target);
		json_decref(j);
	}
	stop();
}
END_TEST

UNIT_MAIN("examples", examples__sent_in_order__answered_as_documented,
	  examples__of_parameters__find_what_was_posted)
