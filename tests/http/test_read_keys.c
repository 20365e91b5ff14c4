/* Read keys: made, listed, revoked; what they open and what not; that no log tells them. The matrix
 * for frames, and which pages may be framed. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/routes.h"
#include "tests/http/json.h"
#include "tests/unit/unit.h"

#define ANN   "Authorization: Bearer token-of-ann-0001\r\n"
#define BOB   "Authorization: Bearer token-of-bob-0002\r\n"
#define CHIEF "Authorization: Bearer token-of-the-chief\r\n"
#define JSON  "Content-Type: application/json\r\n"
#define TEXT                                                                                       \
	"{\"published_at\":\"2024-05-01\",\"text\":\"Wang Yi said that China supports free "       \
	"trade. Antony Blinken said that the United States opposes tariffs.\"}"

static const char all_tokens[] = "write Ann token-of-ann-0001\n"
				 "read Bob token-of-bob-0002\n"
				 "admin Chief token-of-the-chief\n";

static struct server *server;
static char tokens[64], key[64], target[400];

static void write_tokens(const char *text)
{
	FILE *f = fopen(tokens, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	ck_assert_int_eq(fclose(f), 0);
}

static json_t *ask(const char *method, const char *path, const char *headers, const char *body,
		   int status)
{
	return json_of(http_request(server, method, path, headers, str_of(body)), status);
}

static void start(void)
{
	snprintf(tokens, sizeof tokens, "/tmp/demarche-tokens-XXXXXX");
	int fd = mkstemp(tokens);
	ck_assert_int_ge(fd, 0);
	close(fd);
	write_tokens(all_tokens);
	server = server_start((const char *[]){"--tokens-file", tokens, NULL});
	json_decref(ask("POST", "/v1/articles", ANN JSON, TEXT, 201));
}

static void stop(void)
{
	server_stop(server);
	unlink(tokens);
}

/* Makes a key, for `target_with`; gives its id. */
static long long make(const char *headers, const char *body)
{
	json_t *j = ask("POST", "/v1/keys", headers, body, 201);
	long long id = int_at(j, "id");
	snprintf(key, sizeof key, "%s", text_at(j, "key"));
	ck_assert_uint_ge(strlen(key), 40);
	json_decref(j);
	return id;
}

static const char *with_key(const char *path)
{
	snprintf(target, sizeof target, "%s%ckey=%s", path, strchr(path, '?') ? '&' : '?', key);
	return target;
}

static int status_of(const char *method, const char *path, const char *headers)
{
	struct reply r = http_request(server, method, path, headers, STR_EMPTY);
	int status = r.status;
	reply_release(&r);
	return status;
}

static void revoke_key(long long id, const char *headers, int status)
{
	char path[64];
	snprintf(path, sizeof path, "/v1/keys/%lld", id);
	ck_assert_int_eq(status_of("DELETE", path, headers), status);
}

START_TEST(key__in_the_query__reads_feeds_and_frames)
{
	static const char *const paths[] = {
		"/v1/feed",
		"/v1/feed?since=0&speaker=Wang%20Yi",
		"/v1/feed.atom?q=statements%20by%20Wang%20Yi",
		"/v1/feed.json?q=statements%20by%20Wang%20Yi",
		"/embed/matrix?open=true",
	};
	start();
	make(BOB JSON, "{\"name\":\"desk\"}");
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		ck_assert_int_eq(status_of("GET", paths[i], ""), 401);
		struct reply r = http_get(server, with_key(paths[i]));
		ck_assert_msg(r.status == 200, "%s: %.*s", paths[i], STR_ARG(r.body));
		/* Nowhere in it is the key told again. */
		ck_assert_uint_eq(str_find(r.body, str_of(key), 0), SIZE_MAX);
		ck_assert_uint_eq(str_find(r.head, str_of(key), 0), SIZE_MAX);
		reply_release(&r);
		ck_assert_int_eq(status_of("HEAD", with_key(paths[i]), ""), 200);
	}
	stop();
}
END_TEST

/* Whatever else is read: it is refused, with a key as without. */
START_TEST(key__on_every_other_route__opens_nothing)
{
	start();
	make(BOB JSON, "{\"name\":\"desk\"}");
	size_t n = 0;
	for (size_t i = 0; i < api_routes_count; i++) {
		const struct route *r = &api_routes[i];
		if (r->method != METHOD_GET || r->scope == SCOPE_NONE || r->scope == SCOPE_READ_KEY)
			continue;
		ck_assert_msg(status_of("GET", with_key(r->path), "") == 401, "%s", r->path);
		n++;
	}
	ck_assert_uint_gt(n, 30);
	/* As a token it is none. */
	char header[128];
	snprintf(header, sizeof header, "Authorization: Bearer %s\r\n", key);
	ck_assert_int_eq(status_of("GET", "/v1/statements", header), 401);
	ck_assert_int_eq(status_of("GET", "/v1/feed", header), 401);
	stop();
}
END_TEST

START_TEST(key__unknown_empty_or_twice__is_refused)
{
	start();
	make(BOB JSON, "{\"name\":\"desk\"}");
	char twice[200];
	snprintf(twice, sizeof twice, "/v1/feed?key=%s&key=%s", key, key);
	ck_assert_int_eq(status_of("GET", twice, ""), 400);
	ck_assert_int_eq(status_of("GET", "/v1/feed?key=", ""), 400);
	ck_assert_int_eq(status_of("GET", "/v1/feed?key=dmk_0123456789", ""), 401);
	/* Beside a token it counts for nothing, whatever it is. */
	ck_assert_int_eq(status_of("GET", "/v1/feed?key=dmk_0123456789", BOB), 200);
	/* Nor does what was answered to a token answer to the key, whatever is kept in memory. */
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(status_of("GET", "/v1/feed?key=dmk_0123456789", BOB), 200);
		ck_assert_int_eq(status_of("GET", "/v1/feed?key=dmk_0123456789", ""), 401);
	}
	/* What is refused says nothing of it. */
	struct reply r = http_get(server, with_key("/v1/feed?nosuch=1"));
	ck_assert_int_eq(r.status, 400);
	ck_assert_uint_eq(str_find(r.body, str_of(key), 0), SIZE_MAX);
	reply_release(&r);
	stop();
}
END_TEST

/* What is kept of an answer is nobody's way to read, and in nobody's way. */
START_TEST(key__given_beside_a_token_too__counts_as_without)
{
	start();
	make(BOB JSON, "{\"name\":\"desk\"}");
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(status_of("GET", with_key("/v1/feed.json"), BOB), 200);
		ck_assert_int_eq(status_of("GET", with_key("/v1/feed.json"), ""), 200);
		ck_assert_int_eq(status_of("GET", "/v1/feed.json?key=another", BOB), 200);
		ck_assert_int_eq(status_of("GET", "/v1/feed.json?key=another", ""), 401);
		ck_assert_int_eq(status_of("GET", "/v1/feed.json", BOB), 200);
		ck_assert_int_eq(status_of("GET", "/v1/feed.json", ""), 401);
	}
	stop();
}
END_TEST

START_TEST(key__revoked__reads_nothing_and_stays_in_the_list)
{
	start();
	long long id = make(BOB JSON, "{\"name\":\"desk\",\"sites\":[\"https://news.example\"]}");
	ck_assert_int_eq(status_of("GET", with_key("/v1/feed"), ""), 200);
	revoke_key(id, ANN, 404); /* another one's */
	ck_assert_int_eq(status_of("GET", with_key("/v1/feed"), ""), 200);
	revoke_key(id, BOB, 204);
	ck_assert_int_eq(status_of("GET", with_key("/v1/feed"), ""), 401);
	ck_assert_int_eq(status_of("GET", with_key("/embed/matrix"), ""), 401);
	revoke_key(id, BOB, 409);
	json_t *j = ask("GET", "/v1/keys", BOB, "", 200);
	const json_t *k = json_array_get(json_object_get(j, "keys"), 0);
	ck_assert_str_eq(text_at(k, "name"), "desk");
	ck_assert_str_eq(text_at(k, "who"), "Bob");
	ck_assert_str_eq(text_at(k, "revoked_by"), "Bob");
	ck_assert_str_ne(text_at(k, "revoked_at"), "");
	ck_assert(!json_object_get(k, "key"));
	json_decref(j);
	stop();
}
END_TEST

START_TEST(keys__of_several__each_sees_its_own_and_admin_all)
{
	start();
	long long of_bob = make(BOB JSON, "{\"name\":\"one\"}");
	make(ANN JSON, "{\"name\":\"two\"}");
	make(ANN JSON, "{\"name\":\"three\"}");
	static const struct {
		const char *headers;
		size_t n;
	} rows[] = {{BOB, 1}, {ANN, 2}, {CHIEF, 3}};
	for (size_t i = 0; i < 3; i++) {
		json_t *j = ask("GET", "/v1/keys", rows[i].headers, "", 200);
		ck_assert_uint_eq(json_array_size(json_object_get(j, "keys")), rows[i].n);
		json_decref(j);
	}
	json_t *j = ask("GET", "/v1/keys?limit=1", ANN, "", 200);
	ck_assert_str_eq(text_at(json_array_get(json_object_get(j, "keys"), 0), "name"), "three");
	snprintf(target, sizeof target, "/v1/keys?limit=1&cursor=%s", text_at(j, "next"));
	json_decref(j);
	j = ask("GET", target, ANN, "", 200);
	ck_assert_str_eq(text_at(json_array_get(json_object_get(j, "keys"), 0), "name"), "two");
	ck_assert(json_is_null(json_object_get(j, "next")));
	json_decref(j);
	ck_assert_int_eq(status_of("GET", "/v1/keys", ""), 401);
	revoke_key(of_bob, CHIEF, 204);
	stop();
}
END_TEST

/* The token goes, by another list at the next start: its keys go with it, and are back with it. */
START_TEST(key__whose_token_is_gone__reads_nothing)
{
	static const char *const lists[] = {all_tokens, "read Bob token-of-bob-0002\n",
					    "read Ann another-token-of-ann\n"};
	static const int statuses[] = {200, 401, 200};
	char db[] = "/tmp/demarche-keys-XXXXXX", path[80];
	snprintf(tokens, sizeof tokens, "/tmp/demarche-tokens-XXXXXX");
	close(mkstemp(tokens));
	ck_assert_ptr_nonnull(mkdtemp(db));
	snprintf(path, sizeof path, "%s/d.db", db);
	for (int i = 0; i < 3; i++) {
		write_tokens(lists[i]);
		server = server_start_on(path, (const char *[]){"--tokens-file", tokens, NULL});
		if (i == 0)
			make(ANN JSON, "{\"name\":\"desk\"}");
		ck_assert_int_eq(status_of("GET", with_key("/v1/feed"), ""), statuses[i]);
		server_stop(server);
	}
	unlink(tokens);
	static const char *const endings[] = {"", "-wal", "-shm", "-lock"};
	for (size_t i = 0; i < 4; i++) {
		char file[100];
		snprintf(file, sizeof file, "%s%s", path, endings[i]);
		unlink(file);
	}
	rmdir(db);
}
END_TEST

START_TEST(key__whatever_comes_of_it__is_in_no_log_and_no_file)
{
	start();
	long long id = make(ANN JSON, "{\"name\":\"desk\"}");
	status_of("GET", with_key("/v1/feed.atom"), "");
	status_of("GET", with_key("/v1/feed?limit=x"), "");
	status_of("GET", with_key("/v1/statements"), "");
	revoke_key(id, ANN, 204);
	status_of("GET", with_key("/embed/matrix"), "");
	char *log = server_await_log(server, "\"path\":\"/embed/matrix\"");
	ck_assert_ptr_null(strstr(log, key + 4));
	free(log);
	static const char *const endings[] = {"", "-wal"};
	for (int i = 0; i < 2; i++) {
		char path[400], grep[600];
		snprintf(path, sizeof path, "%s%s", server_db(server), endings[i]);
		snprintf(grep, sizeof grep, "grep -q -- %s %s", key, path);
		ck_assert_int_ne(system(grep), 0);
	}
	stop();
}
END_TEST

START_TEST(keys__bad_bodies__are_told_what_would_be_right)
{
	static const struct {
		const char *body, *field;
	} rows[] = {
		{"{}", "name"},
		{"{\"name\":\"\"}", "name"},
		{"{\"name\":7}", "name"},
		{"{\"nam\":\"x\"}", "nam"},
		{"{\"name\":\"x\",\"sites\":\"https://a.example\"}", "sites"},
		{"{\"name\":\"x\",\"sites\":[\"a.example\"]}", "sites"},
		{"{\"name\":\"x\",\"sites\":[\"https://a.example/path\"]}", "sites"},
		{"{\"name\":\"x\",\"sites\":[\"https://a.example; script-src *\"]}", "sites"},
		{"{\"name\":\"x\",\"sites\":[\"https://\"]}", "sites"},
		{"{\"name\":\"x\",\"sites\":[\"*\"]}", "sites"},
	};
	server = server_start(NULL);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		json_t *j = ask("POST", "/v1/keys", JSON, rows[i].body, 400);
		ck_assert_msg(strcmp(text_at(j, "field"), rows[i].field) == 0, "%s: \"%s\"",
			      rows[i].body, text_at(j, "field"));
		json_decref(j);
	}
	server_stop(server);
}
END_TEST

/* --- frames --- */

static void assert_policy(const char *path, const char *headers, const char *ancestors)
{
	char want[120];
	struct reply r = http_request(server, "GET", path, headers, STR_EMPTY);
	ck_assert_int_eq(r.status, 200);
	struct str policy = reply_header(&r, "content-security-policy");
	snprintf(want, sizeof want, "frame-ancestors %s", ancestors);
	size_t at = str_find(policy, str_of(want), 0);
	ck_assert_msg(at != SIZE_MAX, "%s: %.*s", path, STR_ARG(policy));
	size_t end = at + strlen(want);
	ck_assert_msg(end == policy.n || policy.p[end] == ';', "%.*s", STR_ARG(policy));
	ck_assert_uint_ne(str_find(policy, STR("default-src 'none'"), 0), SIZE_MAX);
	reply_release(&r);
}

START_TEST(matrix__by_key_and_without__names_who_may_frame_it)
{
	start();
	assert_policy("/embed/matrix", BOB, "'self'");
	make(BOB JSON, "{\"name\":\"anywhere\"}");
	assert_policy(with_key("/embed/matrix"), "", "*");
	make(BOB JSON,
	     "{\"name\":\"two\",\"sites\":[\"https://a.example\",\"http://b.example:8080\"]}");
	assert_policy(with_key("/embed/matrix"), "", "https://a.example http://b.example:8080");
	assert_policy("/", "Accept: text/html\r\n", "'none'");
	stop();
}
END_TEST

/* Of all routes the pages are these three; each but the matrix denies. */
START_TEST(pages__that_are_html__are_known)
{
	size_t n = 0;
	for (size_t i = 0; i < api_routes_count; i++) {
		const char *produces = api_routes[i].produces;
		if (!produces || !strstr(produces, "text/html"))
			continue;
		n++;
		ck_assert(strcmp(api_routes[i].path, "/") == 0 ||
			  strcmp(api_routes[i].path, "/docs") == 0 ||
			  strcmp(api_routes[i].path, "/embed/matrix") == 0);
	}
	ck_assert_uint_eq(n, 3);
}
END_TEST

START_TEST(matrix__of_a_question__has_its_actors_issues_and_counts)
{
	start();
	struct reply r = http_request(server, "GET",
				      "/embed/matrix?published_from=2024-01-01&speaker="
				      "Wang%20Yi&speaker=Antony%20Blinken&members=false",
				      BOB, STR_EMPTY);
	ck_assert_int_eq(r.status, 200);
	assert_str(reply_header(&r, "content-type"), "text/html; charset=utf-8");
	static const char *const parts[] = {
		"<th scope=\"row\"><a target=\"_blank\" rel=\"noopener\" "
		"href=\"../#/actor/wang-yi\">Wang Yi</a></th>",
		"<a target=\"_blank\" rel=\"noopener\" "
		"href=\"../#/?published_from=2024-01-01&amp;members=false&amp;speaker=antony-"
		"blinken&amp;issue=tariffs\">",
		"<span class=\"oppose\" title=\"opposes: 1\">▼ 1</span>",
		"<link rel=\"stylesheet\" href=\"style.css\">",
	};
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		ck_assert_msg(str_find(r.body, str_of(parts[i]), 0) != SIZE_MAX, "%s\n%.*s",
			      parts[i], STR_ARG(r.body));
	ck_assert_uint_eq(str_find(r.body, STR("<script"), 0), SIZE_MAX);
	reply_release(&r);
	/* What a question says stays text. */
	r = http_request(server, "GET", "/embed/matrix?text=%3Cscript%3E%22", BOB, STR_EMPTY);
	ck_assert_int_eq(r.status, 200);
	ck_assert_uint_eq(str_find(r.body, STR("<script"), 0), SIZE_MAX);
	ck_assert_uint_ne(str_find(r.body, STR("&lt;script&gt;&quot;"), 0), SIZE_MAX);
	ck_assert_uint_ne(str_find(r.body, STR("No statement fits"), 0), SIZE_MAX);
	reply_release(&r);
	stop();
}
END_TEST

UNIT_MAIN("read keys", key__in_the_query__reads_feeds_and_frames,
	  key__on_every_other_route__opens_nothing, key__unknown_empty_or_twice__is_refused,
	  key__given_beside_a_token_too__counts_as_without,
	  key__revoked__reads_nothing_and_stays_in_the_list,
	  keys__of_several__each_sees_its_own_and_admin_all,
	  key__whose_token_is_gone__reads_nothing,
	  key__whatever_comes_of_it__is_in_no_log_and_no_file,
	  keys__bad_bodies__are_told_what_would_be_right,
	  matrix__by_key_and_without__names_who_may_frame_it, pages__that_are_html__are_known,
	  matrix__of_a_question__has_its_actors_issues_and_counts)
