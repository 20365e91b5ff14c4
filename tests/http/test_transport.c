/* What the service does with a request around the resources: credentials, origins, base path,
 * compression, validators, forwarders, ids, logs, metrics, memory. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "tests/http/client.h"
#include "tests/unit/unit.h"

#define ARTICLE                                                                                    \
	STR("{\"text\":\"\\\"We oppose the tariffs,\\\" Wang Yi said on "                          \
	    "Friday.\",\"published_at\":\"2024-04-26\"}")
#define POST(s) http_post(s, "/v1/articles", "application/json", ARTICLE)

static void expect(struct reply r, int status, const char *header, const char *value)
{
	ck_assert_msg(r.status == status, "got %d, want %d: %.*s%.*s", r.status, status,
		      STR_ARG(r.head), STR_ARG(r.body));
	if (header)
		assert_str(reply_header(&r, header), value);
	reply_release(&r);
}

static struct reply ask(const struct server *s, const char *method, const char *target,
			const char *headers)
{
	return http_request(s, method, target, headers, STR_EMPTY);
}

START_TEST(server_answers__methods__by_the_table)
{
	struct server *s = server_start(NULL);
	expect(http_get(s, "/healthz"), 200, "content-type", "text/plain; charset=utf-8");
	expect(ask(s, "HEAD", "/v1/articles", ""), 200, "content-type", "application/json");
	expect(ask(s, "PUT", "/v1/articles", ""), 405, "allow", "GET, HEAD, POST, OPTIONS");
	expect(ask(s, "OPTIONS", "/v1/articles/1", ""), 204, "allow", "GET, HEAD, DELETE, OPTIONS");
	expect(ask(s, "OPTIONS", "*", ""), 204, NULL, NULL);
	expect(ask(s, "OPTIONS", "/nowhere", ""), 404, NULL, NULL);
	expect(http_get(s, "/v1/articles/"), 404, "content-type", "application/problem+json");
	expect(http_raw(s, STR("GET /version HTTP/1.0\r\n\r\n")), 200, NULL, NULL);
	expect(http_raw(
		       s,
		       STR("GET http://example.org/version HTTP/1.1\r\nHost: example.org\r\n\r\n")),
	       200, NULL, NULL);
	server_stop(s);
}
END_TEST

START_TEST(connection_stays__after_answers_and_errors__for_the_next)
{
	struct server *s = server_start(NULL);
	int fd = conn_open(s);
	static const struct {
		const char *request;
		int status;
	} rows[] = {
		{"GET /version HTTP/1.1\r\nHost: a\r\n\r\n", 200},
		{"GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n", 404},
		{"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: "
		 "application/json\r\nContent-Length: 3\r\n\r\n{x}",
		 400},
		{"GET /v1/statements?limt=1 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
		{"GET /v1/statements HTTP/1.1\r\nHost: a\r\n\r\n", 200},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		conn_send(fd, str_of(rows[i].request));
		expect(conn_reply(fd, "GET"), rows[i].status, "connection", "");
	}
	conn_close(fd);
	server_stop(s);
}
END_TEST

START_TEST(token_opens__what_its_scope_holds__and_no_more)
{
	char path[] = "/tmp/demarche-tokens-XXXXXX";
	int fd = mkstemp(path);
	/* The third is the digest of "an-admins-long-token". */
	const char *lines =
		"# who may what\nread readers-long-token\nwrite   writers-long-token # ours\n"
		"admin sha256:092f3782726db3fff389a8ab30eb1ae65972d8e5448437284660d641b91437ea\n";
	ck_assert_int_eq(write(fd, lines, strlen(lines)), (ssize_t)strlen(lines));
	close(fd);
	struct server *s = server_start((const char *[]){"--tokens-file", path, NULL});
	expect(http_get(s, "/healthz"), 200, NULL, NULL);
	expect(http_get(s, "/v1/articles"), 401, "www-authenticate", "Bearer realm=\"demarche\"");
	expect(http_get(s, "/metrics"), 401, NULL, NULL);
	expect(POST(s), 401, "content-type", "application/problem+json");
	expect(ask(s, "GET", "/v1/articles", "Authorization: Bearer wrong-long-token\r\n"), 401,
	       "www-authenticate", "Bearer realm=\"demarche\", error=\"invalid_token\"");
	expect(ask(s, "GET", "/v1/articles", "Authorization: Basic cmVhZGVycw==\r\n"), 401, NULL,
	       NULL);
	expect(ask(s, "GET", "/v1/articles", "Authorization: Bearer readers-long-token\r\n"), 200,
	       NULL, NULL);
	expect(ask(s, "GET", "/v1/articles", "Authorization: bearer  writers-long-token\r\n"), 200,
	       NULL, NULL);
	expect(ask(s, "GET", "/v1/articles", "Authorization: Bearer an-admins-long-token\r\n"), 200,
	       NULL, NULL);
	expect(http_request(s, "POST", "/v1/articles",
			    "Content-Type: application/json\r\nAuthorization: Bearer "
			    "readers-long-token\r\n",
			    ARTICLE),
	       403, "www-authenticate", "Bearer realm=\"demarche\", error=\"insufficient_scope\"");
	expect(http_request(s, "POST", "/v1/articles",
			    "Content-Type: application/json\r\nAuthorization: Bearer "
			    "writers-long-token\r\n",
			    ARTICLE),
	       201, NULL, NULL);
	char *log = server_await_log(s, "\"status\":201");
	ck_assert_ptr_null(strstr(log, "long-token"));
	free(log);
	server_stop(s);
	unlink(path);
}
END_TEST

START_TEST(serve_refuses__bad_options__naming_flag_value_and_right)
{
	static const struct {
		const char *args[4];
		const char *says;
	} rows[] = {
		{{"serve", "--workers", "0"}, "--workers is \"0\": it takes a number from 1 to 64"},
		{{"serve", "--max-body", "8X"},
		 "--max-body is \"8X\": it takes bytes (with k, M or G) from 1k to 1G"},
		{{"serve", "--body-timeout=fast"}, "--body-timeout is \"fast\": it takes a time"},
		{{"serve", "--log-level", "loud"}, "one of debug|info|warn|error"},
		{{"serve", "--listn", "x"}, "did you mean --listen?"},
		{{"serve", "--listen"}, "--listen needs a value"},
		{{"serve", "--listen", "nonsense"}, "--listen is \"nonsense\": it takes HOST:PORT"},
		{{"serve", "--listen", "0.0.0.0:0"}, "there are no tokens"},
		{{"serve", "--trusted-proxies", "10.0.0.0/99"},
		 "--trusted-proxies has \"10.0.0.0/99\""},
		{{"serve", "--base-path", "x"}, "--base-path is \"x\": it starts with a slash"},
		{{"serve", "--tokens-file", "/nonexistent"}, "cannot open the tokens file"},
		{{"serve", "extra"}, "\"extra\" is one argument too many"},
		{{"server"}, "unknown command \"server\""},
	};
	char folder[] = "/tmp/demarche-options-XXXXXX";
	ck_assert_ptr_nonnull(mkdtemp(folder));
	char db[64];
	snprintf(db, sizeof db, "%s/x.db", folder);
	setenv("DEMARCHE_DB", db, 1);
	setenv("DEMARCHE_MEMORY", "4G", 1); /* a sanitizer takes much */
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char *err;
		int status = program_run(rows[i].args, STR_EMPTY, NULL, &err);
		ck_assert_msg(strstr(err, rows[i].says) != NULL, "row %zu: %s", i, err);
		ck_assert_int_eq(status, 2);
		free(err);
	}
	setenv("DEMARCHE_TOKENS", "write short", 1);
	char *err;
	ck_assert_int_eq(program_run((const char *[]){"serve", "--listen", "127.0.0.1:0", NULL},
				     STR_EMPTY, NULL, &err),
			 2);
	ck_assert_ptr_nonnull(strstr(err, "at least 16"));
	ck_assert_ptr_null(strstr(err, "short"));
	free(err);
	snprintf(db, sizeof db, "rm -r %s", folder);
	ck_assert_int_eq(system(db), 0);
}
END_TEST

START_TEST(cors_allows__listed_origins__only)
{
	struct server *s = server_start(
		(const char *[]){"--cors-origins", "https://a.example, https://b.example", NULL});
	expect(ask(s, "GET", "/version", "Origin: https://b.example\r\n"), 200,
	       "access-control-allow-origin", "https://b.example");
	expect(ask(s, "GET", "/version", "Origin: https://c.example\r\n"), 200,
	       "access-control-allow-origin", "");
	expect(ask(s, "GET", "/nowhere", "Origin: https://a.example\r\n"), 404,
	       "access-control-allow-origin", "https://a.example");
	struct reply r =
		ask(s, "OPTIONS", "/v1/articles",
		    "Origin: https://a.example\r\nAccess-Control-Request-Method: POST\r\n");
	ck_assert_int_eq(r.status, 204);
	assert_str(reply_header(&r, "access-control-allow-methods"), "GET, HEAD, POST, OPTIONS");
	assert_str(reply_header(&r, "vary"), "Origin");
	reply_release(&r);
	r = ask(s, "OPTIONS", "/v1/articles",
		"Origin: https://c.example\r\nAccess-Control-Request-Method: POST\r\n");
	assert_str(reply_header(&r, "access-control-allow-methods"), "");
	reply_release(&r);
	server_stop(s);
}
END_TEST

START_TEST(base_path_holds__the_whole_service__and_nothing_else_answers)
{
	struct server *s = server_start((const char *[]){"--base-path", "/news/demarche", NULL});
	expect(http_get(s, "/news/demarche/version"), 200, NULL, NULL);
	expect(http_get(s, "/news/demarche"), 308, "location", "demarche/");
	expect(http_get(s, "/news/demarche/"), 200, NULL, NULL);
	expect(http_get(s, "/version"), 404, NULL, NULL);
	expect(http_get(s, "/news/demarchex/version"), 404, NULL, NULL);
	server_stop(s);
}
END_TEST

START_TEST(answer_is_packed__when_accepted_and_large__and_the_same)
{
	struct server *s = server_start(NULL);
	struct reply plain = http_get(s, "/metrics"),
		     packed = ask(s, "GET", "/metrics", "Accept-Encoding: gzip\r\n");
	assert_str(reply_header(&plain, "content-encoding"), "");
	assert_str(reply_header(&packed, "content-encoding"), "gzip");
	ck_assert_uint_lt(packed.body.n, plain.body.n);
	char out[65536];
	z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.body.p,
		      .avail_in = (uInt)packed.body.n,
		      .next_out = (Bytef *)out,
		      .avail_out = sizeof out};
	ck_assert_int_eq(inflateInit2(&z, 31), Z_OK);
	ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
	ck_assert_uint_ne(
		str_find((struct str){out, z.total_out}, STR("demarche_requests_total"), 0),
		SIZE_MAX);
	inflateEnd(&z);
	reply_release(&plain);
	reply_release(&packed);
	expect(ask(s, "GET", "/metrics", "Accept-Encoding: gzip;q=0\r\n"), 200, "content-encoding",
	       "");
	server_stop(s);
	s = server_start((const char *[]){"--gzip", "off", NULL});
	expect(ask(s, "GET", "/metrics", "Accept-Encoding: gzip\r\n"), 200, "content-encoding", "");
	server_stop(s);
}
END_TEST

START_TEST(etag_saves__an_unchanged_body__until_it_changes)
{
	struct server *s = server_start(NULL);
	char header[200];
	struct reply r = http_get(s, "/v1/statements");
	snprintf(header, sizeof header, "If-None-Match: \"other\", %.*s\r\n",
		 STR_ARG(reply_header(&r, "etag")));
	ck_assert_uint_gt(reply_header(&r, "etag").n, 4);
	reply_release(&r);
	r = ask(s, "GET", "/v1/statements", header);
	ck_assert_int_eq(r.status, 304);
	ck_assert_uint_eq(r.body.n, 0);
	reply_release(&r);
	expect(POST(s), 201, NULL, NULL);
	expect(ask(s, "GET", "/v1/statements", header), 200, NULL, NULL);
	server_stop(s);
}
END_TEST

START_TEST(forwarded_for_counts__from_trusted_addresses__only)
{
	struct server *s = server_start(
		(const char *[]){"--trusted-proxies", "127.0.0.0/8, 10.1.2.0/24", NULL});
	expect(ask(s, "GET", "/v1/articles",
		   "X-Forwarded-For: 6.6.6.6, 203.0.113.7, 10.1.2.3\r\nX-Request-Id: first-1\r\n"),
	       200, "x-request-id", "first-1");
	free(server_await_log(s, "\"remote\":\"203.0.113.7\""));
	server_stop(s);
	s = server_start(NULL);
	expect(ask(s, "GET", "/v1/articles",
		   "X-Forwarded-For: 203.0.113.8\r\nX-Request-Id: bad\"id\r\n"),
	       200, NULL, NULL);
	char *log = server_await_log(s, "\"path\":\"/v1/articles\"");
	ck_assert_ptr_null(strstr(log, "203.0.113.8"));
	ck_assert_ptr_null(strstr(log, "bad"));
	free(log);
	server_stop(s);
}
END_TEST

START_TEST(log_tells__each_request__in_a_line_of_json)
{
	struct server *s = server_start((const char *[]){"--trusted-proxies", "127.0.0.1", NULL});
	expect(ask(s, "GET", "/v1/articles?limit=5",
		   "X-Forwarded-For: 6.6.6.6, 203.0.113.7\r\nX-Request-Id: mine-1\r\n"),
	       200, NULL, NULL);
	expect(ask(s, "GET", "/v1/articles/%ff%22", "X-Request-Id: mine-2\r\n"), 400, NULL, NULL);
	free(server_await_log(s, "\"id\":\"mine-1\""));
	char *log = server_await_log(s, "\"id\":\"mine-2\"");
	const char *line = strstr(log, "\"id\":\"mine-1\"");
	ck_assert_ptr_nonnull(line);
	static const char *const parts[] = {
		"\"remote\":\"203.0.113.7\"", "\"method\":\"GET\"",
		"\"path\":\"/v1/articles\"",  "\"status\":200",
		"\"duration_ms\":",	      "\"route\":\"/v1/articles\""};
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		ck_assert_msg(strstr(line, parts[i]) != NULL, "no %s in %s", parts[i], line);
	free(log);
	server_stop(s);
}
END_TEST

START_TEST(metrics_count__requests__by_route_and_class)
{
	struct server *s = server_start(NULL);
	for (int i = 0; i < 3; i++)
		expect(http_get(s, "/v1/articles"), 200, NULL, NULL);
	expect(http_get(s, "/v1/articles/77"), 404, NULL, NULL);
	expect(POST(s), 201, NULL, NULL);
	static const char *const lines[] = {
		"demarche_requests_total{method=\"GET\",route=\"/v1/articles\",status=\"2xx\"} 3\n",
		"demarche_requests_total{method=\"GET\",route=\"/v1/articles/"
		"{id}\",status=\"4xx\"} 1\n",
		"demarche_request_duration_seconds_count{method=\"GET\",route=\"/v1/articles\"} "
		"3\n",
		"\ndemarche_articles 1\n",
		"\nprocess_resident_memory_bytes ",
	};
	/* A request is counted when it has ended, which its client may see first. */
	int fd = conn_open(s);
	server_await_metric(fd, "demarche_requests_in_flight", 1);
	conn_send(fd, STR("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"));
	struct reply r = conn_reply(fd, "GET");
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		ck_assert_msg(str_find(r.body, str_of(lines[i]), 0) != SIZE_MAX, "no %s in %.*s",
			      lines[i], STR_ARG(r.body));
	reply_release(&r);
	conn_close(fd);
	server_stop(s);
}
END_TEST

static long resident_kb(pid_t pid)
{
	char path[64];
	long pages = 0, resident = 0;
	snprintf(path, sizeof path, "/proc/%d/statm", pid);
	FILE *f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(fscanf(f, "%ld %ld", &pages, &resident), 2);
	fclose(f);
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static void hammer(int fd, int n)
{
	static const char *const requests[] = {
		"GET /v1/statements?limit=5 HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET /v1/statements?limt=5 HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET /v1/articles HTTP/1.1\r\nHost: a\r\n\r\n",
		"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: "
		"application/json\r\nContent-Length: 36\r\n\r\n"
		"{\"text\":\"\\\"No,\\\" Wang Yi said. No.\"}"};
	for (int i = 0; i < n; i++) {
		conn_send(fd, str_of(requests[i % 5]));
		struct reply r = conn_reply(fd, "GET");
		ck_assert_msg(r.status == 200 || r.status == 400, "got %d: %.*s", r.status,
			      STR_ARG(r.body));
		reply_release(&r);
	}
}

START_TEST(memory_stays__flat__over_10000_requests)
{
	enum { ROUNDS = 3, EACH = 10000, GROWTH_KB = 1024 };
	struct server *s = server_start(
		(const char *[]){"--log-level", "error", "--pollers", "1", "--workers", "2", NULL});
	expect(POST(s), 201, NULL, NULL);
	int fd = conn_open(s);
	hammer(fd, 2000);
	/* A leak of a hundred bytes a request shows in every round. A thread's first turn at some
	 * work, which takes memory once, comes late on a busy machine and shows in one. */
	long grown = GROWTH_KB;
	for (int i = 0; i < ROUNDS && grown >= GROWTH_KB; i++) {
		long before = resident_kb(server_pid(s));
		hammer(fd, EACH);
		grown = resident_kb(server_pid(s)) - before;
		/* The sanitizers keep freed memory aside and shadow it: their own growth says
		 * nothing. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
		grown = 0;
#endif
	}
	conn_close(fd);
	ck_assert_msg(grown < GROWTH_KB, "%ld kB more after each %d requests", grown, EACH);
	server_stop(s);
}
END_TEST

UNIT_MAIN("transport", server_answers__methods__by_the_table,
	  connection_stays__after_answers_and_errors__for_the_next,
	  token_opens__what_its_scope_holds__and_no_more,
	  serve_refuses__bad_options__naming_flag_value_and_right,
	  cors_allows__listed_origins__only,
	  base_path_holds__the_whole_service__and_nothing_else_answers,
	  answer_is_packed__when_accepted_and_large__and_the_same,
	  etag_saves__an_unchanged_body__until_it_changes,
	  forwarded_for_counts__from_trusted_addresses__only,
	  log_tells__each_request__in_a_line_of_json, metrics_count__requests__by_route_and_class,
	  memory_stays__flat__over_10000_requests)
