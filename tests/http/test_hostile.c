/* Requests that mean harm: each gets its 4xx problem document, and the service goes on. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/http/client.h"
#include "tests/unit/unit.h"

struct hostile {
	const char *name;
	int status;
	const char *says; /* part of the problem's detail; NULL: an answer of the library's own */
	struct str request;
	bool stays; /* the connection may go on */
};

#define H "Host: a\r\n"
#define R(literal)                                                                                 \
	{                                                                                          \
		literal, sizeof(literal) - 1                                                       \
	}

static const struct hostile cases[] = {
	{"content-length twice", 400, "Content-Length",
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Content-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
	 false},
	{"content-length twice, different", 400, "Content-Length",
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Content-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
	 false},
	{"content-length and chunked", 400, "Transfer-Encoding",
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
	 false},
	{"chunked and content-length", 400, "Transfer-Encoding",
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
	 false},
	{"transfer-encoding twice", 400, "Transfer-Encoding",
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
	 false},
	{"transfer-encoding list", 400, "Transfer-Encoding",
	 R("POST /v1/extract HTTP/1.1\r\n" H "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
	 false},
	{"transfer-encoding disguised", 400, "Transfer-Encoding",
	 R("POST /v1/extract HTTP/1.1\r\n" H "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
	 false},
	{"transfer-encoding in 1.0", 400, "HTTP/1.0",
	 R("POST /v1/extract HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), false},
	{"content-length with a sign", 400, NULL,
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Content-Type: application/json\r\nContent-Length: +2\r\n\r\n{}"),
	 false},
	{"content-length as a list", 400, NULL,
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Content-Type: application/json\r\nContent-Length: 2, 2\r\n\r\n{}"),
	 false},
	{"content-length in hexadecimal", 400, NULL,
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Content-Type: application/json\r\nContent-Length: 0x2\r\n\r\n{}"),
	 false},
	{"two hosts", 400, "Host", R("GET /version HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), false},
	{"no host", 400, "Host", R("GET /version HTTP/1.1\r\nAccept: */*\r\n\r\n"), false},
	{"host with a path", 400, "Host", R("GET /version HTTP/1.1\r\nHost: a/b\r\n\r\n"), false},
	{"host as a list", 400, "Host", R("GET /version HTTP/1.1\r\nHost: a, b\r\n\r\n"), false},
	{"space before the colon", 400, "token",
	 R("GET /version HTTP/1.1\r\n" H "Content-Length : 5\r\n\r\nhello"), false},
	{"header name with a slash", 400, "token",
	 R("GET /version HTTP/1.1\r\n" H "X/Y: 1\r\n\r\n"), false},
	{"control character in a value", 400, "control",
	 R("GET /version HTTP/1.1\r\n" H "X-Y: a\001b\r\n\r\n"), false},
	{"two authorizations", 400, "Authorization",
	 R("GET /version HTTP/1.1\r\n" H
	   "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n"),
	 false},
	{"no header name", 400, NULL, R("GET /version HTTP/1.1\r\n: 1\r\n" H "\r\n"), false},
	{"no header name, last", 400, "no name", R("GET /version HTTP/1.1\r\n" H ": 1\r\n\r\n"),
	 false},
	{"zero byte in a value", 400, "zero byte",
	 R("GET /version HTTP/1.1\r\nX-Y: a\0b\r\n" H "\r\n"), false},
	{"zero byte in the last value", 400, "zero byte",
	 R("GET /version HTTP/1.1\r\n" H "X-Y: a\0b\r\n\r\n"), false},
	{"zero byte at the end of a value", 400, "zero byte",
	 R("GET /version HTTP/1.1\r\nX-Y: a\0\r\n" H "\r\n"), false},
	{"zero byte in a name", 400, NULL, R("GET /version HTTP/1.1\r\nX\0Y: a\r\n" H "\r\n"),
	 false},
	{"folded value", 400, "folded", R("GET /version HTTP/1.1\r\nX-Y: a\r\n b\r\n" H "\r\n"),
	 false},
	{"folded value, last", 400, "folded",
	 R("GET /version HTTP/1.1\r\n" H "X-Y: a\r\n\tb\r\n\r\n"), false},
	{"line feed alone, chunk", 400, "chunks",
	 R("POST /v1/extract HTTP/1.1\r\n" H "Content-Type: application/json\r\nTransfer-Encoding: "
	   "chunked\r\n\r\nc\n{\"text\":\"a\"}\r\n0\r\n\r\n"),
	 false},
	{"line feed alone, chunk with an extension", 400, "chunks",
	 R("POST /v1/extract HTTP/1.1\r\n" H "Content-Type: application/json\r\nTransfer-Encoding: "
	   "chunked\r\n\r\nc;x\n{\"text\":\"a\"}\r\n0\r\n\r\n"),
	 false},
	{"line feed alone, second chunk", 400, "chunks",
	 R("POST /v1/extract HTTP/1.1\r\n" H "Content-Type: application/json\r\nTransfer-Encoding: "
	   "chunked\r\n\r\n8\r\n{\"text\":\r\n4\n\"a\"}\r\n0\r\n\r\n"),
	 false},
	{"line feeds alone", 400, "line feed", R("GET /version HTTP/1.1\nHost: a\n\n"), false},
	{"line feed alone, first line", 400, "line feed", R("GET /version HTTP/1.1\n" H "\r\n"),
	 false},
	{"line feed alone, a header", 400, "line feed",
	 R("GET /version HTTP/1.1\r\nX-Y: 1\n" H "\r\n"), false},
	{"line feed alone, a header without value", 400, "line feed",
	 R("GET /version HTTP/1.1\r\nX-Y:\n" H "\r\n"), false},
	{"line feed alone, last header", 400, "line feed",
	 R("GET /version HTTP/1.1\r\nHost: a\n\r\n"), false},
	{"line feed alone, empty line", 400, "line feed", R("GET /version HTTP/1.1\r\n" H "\n"),
	 false},
	{"line feed alone, no header", 400, "line feed", R("GET /version HTTP/1.0\n\r\n"), false},
	{"line feed alone, before a body", 400, "line feed",
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Content-Type: application/json\nContent-Length: 2\r\n\r\n{}"),
	 false},
	{"two spaces in the first line", 400, "first line",
	 R("GET  /version HTTP/1.1\r\n" H "\r\n"), false},
	{"zero byte in the target", 400, "first line", R("GET /version\0s HTTP/1.1\r\n" H "\r\n"),
	 false},
	{"space in the target", 400, "space", R("GET /version foo HTTP/1.1\r\n" H "\r\n"), true},
	{"path with a bad escape", 400, "two hexadecimal digits",
	 R("GET /v1/%zz HTTP/1.1\r\n" H "\r\n"), true},
	{"path with half an escape", 400, "two hexadecimal digits",
	 R("GET /v1/articles/1%4 HTTP/1.1\r\n" H "\r\n"), true},
	{"path that is not UTF-8", 400, "UTF-8", R("GET /v1/articles/%ff HTTP/1.1\r\n" H "\r\n"),
	 true},
	{"path with overlong UTF-8", 400, "UTF-8",
	 R("GET /v1/articles/%c0%af HTTP/1.1\r\n" H "\r\n"), true},
	{"path with a zero byte", 400, "zero byte",
	 R("GET /v1/articles/1%00 HTTP/1.1\r\n" H "\r\n"), true},
	{"query with a bad escape", 400, "hexadecimal",
	 R("GET /v1/articles?limit=%g1 HTTP/1.1\r\n" H "\r\n"), true},
	{"query that is not UTF-8", 400, "UTF-8",
	 R("GET /v1/statements?speaker=%ff HTTP/1.1\r\n" H "\r\n"), true},
	{"query name with a zero byte", 400, "zero byte",
	 R("GET /v1/statements?limi%00t=1 HTTP/1.1\r\n" H "\r\n"), true},
	{"query with an unknown name", 400, "limit",
	 R("GET /v1/statements?limt=1 HTTP/1.1\r\n" H "\r\n"), true},
	{"path out of the tree", 404, "nothing", R("GET /../../etc/passwd HTTP/1.1\r\n" H "\r\n"),
	 true},
	{"encoded path separator", 404, "nothing", R("GET /v1%2Farticles HTTP/1.1\r\n" H "\r\n"),
	 true},
	{"two slashes", 404, "nothing", R("GET //v1/articles HTTP/1.1\r\n" H "\r\n"), true},
	{"unknown method", 405, "BREW", R("BREW /v1/articles HTTP/1.1\r\n" H "\r\n"), true},
	{"connect", 400, NULL, R("CONNECT a:80 HTTP/1.1\r\n" H "\r\n"), true},
	{"body where none is taken", 400, "no body",
	 R("GET /version HTTP/1.1\r\n" H "Content-Length: 2\r\n\r\n{}"), false},
	{"chunked body where none is taken", 400, "no body",
	 R("DELETE /v1/articles/1 HTTP/1.1\r\n" H "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
	 false},
	{"no content type", 415, "application/json",
	 R("POST /v1/extract HTTP/1.1\r\n" H "Content-Length: 2\r\n\r\n{}"), false},
	{"wrong content type", 415, "text/html",
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Content-Type: text/html\r\nContent-Length: 2\r\n\r\n{}"),
	 false},
	{"wrong charset", 415, "UTF-8",
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Content-Type: application/json; charset=latin1\r\nContent-Length: 2\r\n\r\n{}"),
	 false},
	{"compressed body", 415, "gzip",
	 R("POST /v1/extract HTTP/1.1\r\n" H "Content-Type: application/json\r\nContent-Encoding: "
	   "gzip\r\nContent-Length: 2\r\n\r\n{}"),
	 false},
	{"announced too large", 413, "at most 4096",
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Content-Type: application/json\r\nContent-Length: 999999999\r\n\r\n"),
	 false},
	{"announced absurdly large", 413, NULL,
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Content-Type: application/json\r\nContent-Length: 99999999999999999999999\r\n\r\n"),
	 false},
	{"expecting, too large", 413, "at most 4096",
	 R("POST /v1/extract HTTP/1.1\r\n" H
	   "Expect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: "
	   "999999999\r\n\r\n"),
	 false},
	{"bad chunk size", 400, NULL,
	 R("POST /v1/extract HTTP/1.1\r\n" H "Content-Type: application/json\r\nTransfer-Encoding: "
	   "chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n"),
	 false},
	{"no version", 0, NULL, R("GET /version\r\n\r\n"), false},
	{"other version", 0, NULL, R("GET /version HTTP/2.0\r\n" H "\r\n"), false},
	{"noise", 0, NULL, R("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"), false},
};

static void expect(const struct server *s, const struct hostile *h)
{
	int fd = conn_open(s);
	conn_send(fd, h->request);
	if (h->status == 0) { /* any refusal will do, a hang or a 2xx will not */
		shutdown(fd, SHUT_WR);
		struct reply r = conn_reply(fd, "GET");
		ck_assert_msg(r.status == 0 || r.status >= 400, "%s: got %d", h->name, r.status);
		reply_release(&r);
		conn_close(fd);
		return;
	}
	struct reply r = conn_reply(fd, "GET");
	ck_assert_msg(r.status == h->status, "%s: got %d, want %d: %.*s", h->name, r.status,
		      h->status, STR_ARG(r.body));
	if (h->says) {
		ck_assert_msg(
			str_eq(reply_header(&r, "content-type"), STR("application/problem+json")),
			"%s: %.*s", h->name, STR_ARG(r.head));
		ck_assert_msg(str_find(r.body, str_of(h->says), 0) != SIZE_MAX,
			      "%s: no \"%s\" in %.*s", h->name, h->says, STR_ARG(r.body));
	}
	if (!h->stays)
		ck_assert_msg(conn_is_closed(fd), "%s: the connection stays open", h->name);
	reply_release(&r);
	conn_close(fd);
}

START_TEST(server_refuses__hostile_requests__and_goes_on)
{
	struct server *s = server_start((const char *[]){"--max-body", "4k", NULL});
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		expect(s, &cases[i]);
	struct reply r = http_get(s, "/v1/articles");
	ck_assert_int_eq(r.status, 200);
	ck_assert_uint_ne(str_find(r.body, STR("\"articles\":[]"), 0), SIZE_MAX);
	reply_release(&r);
	server_stop(s);
}
END_TEST

/* One after another on one connection, so that they lie at different places of its memory; the last
 * one ends it. */
START_TEST(server_takes__heads_that_are_odd__but_sound)
{
	static const struct str heads[] = {
		R("GET /healthz HTTP/1.1\r\n" H "X-Y:\r\nX-Z: \t a b \t \r\n\r\n"),
		R("GET /healthz HTTP/1.1\r\n" H "X-Y: 1 \r\n\r\n"),
		R("\r\nGET /healthz HTTP/1.1\r\n" H "X-Y:\r\n\r\n"),
		R("POST /v1/extract HTTP/1.1\r\n" H
		  "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"text\":\"a\"}"),
		R("GET /version HTTP/1.1\r\nCookie: a=b; c=d\r\n" H "\r\n"),
		R("GET /healthz HTTP/1.0\r\n\r\n"),
	};
	struct server *s = server_start(NULL);
	int fd = conn_open(s);
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
		conn_send(fd, heads[i]);
		struct reply r = conn_reply(fd, "GET");
		ck_assert_msg(r.status == 200, "head %zu: got %d: %.*s", i, r.status,
			      STR_ARG(r.body));
		reply_release(&r);
	}
	ck_assert(conn_is_closed(fd));
	conn_close(fd);
	server_stop(s);
}
END_TEST

START_TEST(server_refuses__long_lines__itself_or_by_its_library)
{
	struct server *s = server_start(NULL);
	static const struct {
		const char *before, *after;
		int status;
	} rows[] = {{"GET /", " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
		    {"GET /version HTTP/1.1\r\nHost: a\r\nX-Y: ", "\r\n\r\n", 431}};
	for (int i = 0; i < 2; i++) {
		size_t n = 100000, before = strlen(rows[i].before), after = strlen(rows[i].after);
		char *p = malloc(before + n + after);
		memcpy(p, rows[i].before, before);
		memset(p + before, 'a', n);
		memcpy(p + before + n, rows[i].after, after);
		struct reply r = http_raw(s, (struct str){p, before + n + after});
		/* The library answers while we still send; a reset may overtake its answer. */
		ck_assert_msg(r.status == rows[i].status || r.status == 0, "got %d", r.status);
		reply_release(&r);
		free(p);
	}
	struct reply r = http_get(s, "/healthz");
	ck_assert_int_eq(r.status, 200);
	reply_release(&r);
	server_stop(s);
}
END_TEST

static void sleep_ms(long ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

START_TEST(server_refuses__a_body_announced_too_large__after_it_was_sent)
{
	enum { ANNOUNCED = 30000, SENT_AT_ONCE = 1000 };
	struct server *s = server_start((const char *[]){"--max-body", "4k", NULL});
	static const char *const heads[] = {
		"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: "
		"application/json\r\nContent-Length: 30000\r\n\r\n",
		"POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: "
		"text/html\r\nContent-Length: 30000\r\n\r\n",
	};
	for (int k = 0; k < 2; k++) {
		int fd = conn_open(s);
		char part[SENT_AT_ONCE];
		memset(part, ' ', sizeof part);
		conn_send(fd, str_of(heads[k]));
		for (int i = 0; i < ANNOUNCED / SENT_AT_ONCE; i++) {
			ck_assert(conn_try_send(fd, (struct str){part, sizeof part}));
			sleep_ms(5); /* so that an early end would be noticed */
		}
		struct reply r = conn_reply(fd, "POST");
		ck_assert_int_eq(r.status, k ? 415 : 413);
		assert_str(reply_header(&r, "connection"), "close");
		ck_assert(conn_is_closed(fd));
		reply_release(&r);
		conn_close(fd);
	}
	server_stop(s);
}
END_TEST

START_TEST(server_refuses__a_chunked_body_that_grows__with_413)
{
	struct server *s = server_start((const char *[]){"--max-body", "4k", NULL});
	char all[8192], *p = all;
	p += snprintf(p, sizeof all,
		      "POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: "
		      "application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 5; i++)
		p += snprintf(p, (size_t)(all + sizeof all - p), "400\r\n%01024d\r\n", 7);
	p += snprintf(p, (size_t)(all + sizeof all - p), "0\r\n\r\n");
	struct reply r = http_raw(s, (struct str){all, (size_t)(p - all)});
	ck_assert_int_eq(r.status, 413);
	assert_str(reply_header(&r, "content-type"), "application/problem+json");
	reply_release(&r);
	/* One that never ends is cut after eight times the limit. */
	int fd = conn_open(s);
	conn_send(fd, STR("POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: "
			  "application/json\r\nTransfer-Encoding: "
			  "chunked\r\n\r\n"));
	char chunk[1100];
	int n = snprintf(chunk, sizeof chunk, "400\r\n%01024d\r\n", 7);
	bool is_open = true;
	for (int i = 0; i < 10000 && is_open; i++)
		is_open = conn_try_send(fd, (struct str){chunk, (size_t)n});
	/* Where the machine's buffers take all of it, the end shows a moment later. */
	ck_assert(!is_open || conn_is_closed(fd));
	conn_close(fd);
	server_stop(s);
}
END_TEST

/* Sends the bytes, then one more each 50 ms; gives the reply that comes. The server says 408 when
 * it has seen a first line: on a machine so slow that it had not in time, it ends the connection
 * without a word, and the client tries again. */
static struct reply dribble(const struct server *s, struct str bytes)
{
	enum { TRIES = 20, BYTES_MAX = 500 };
	struct reply r = {0};
	for (int i = 0; i < TRIES && r.status == 0; i++) {
		reply_release(&r);
		int fd = conn_open(s), sent = 0;
		char peek;
		conn_send(fd, bytes);
		while (sent++ < BYTES_MAX && recv(fd, &peek, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
		       conn_try_send(fd, STR("x")))
			sleep_ms(50);
		r = conn_reply(fd, "POST");
		conn_close(fd);
	}
	return r;
}

START_TEST(server_cuts__slow_requests__with_408)
{
	struct server *s = server_start((const char *[]){"--body-timeout", "500ms", NULL});
	struct reply r = dribble(s, STR("POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: "
					"application/json\r\nContent-Length: 1000\r\n\r\n"));
	ck_assert_int_eq(r.status, 408);
	assert_str(reply_header(&r, "content-type"), "application/problem+json");
	reply_release(&r);
	r = dribble(s, STR("GET /version HTTP/1.1\r\nHost: a\r\nX-Slow: "));
	ck_assert_int_eq(r.status, 408);
	reply_release(&r);
	/* A connection that says nothing, or not even a line, is closed. */
	int fd = conn_open(s), fd2 = conn_open(s);
	conn_send(fd2, STR("GE"));
	ck_assert(conn_is_closed(fd));
	ck_assert(conn_is_closed(fd2));
	conn_close(fd);
	conn_close(fd2);
	free(server_await_log(s, "\"status\":408"));
	server_stop(s);
}
END_TEST

START_TEST(server_sheds__connections_over_the_limit__with_503)
{
	struct server *s = server_start((const char *[]){"--max-connections", "10", NULL});
	int fds[14], shed = 0, watch = conn_open(s);
	server_await_metric(watch, "demarche_connections", 1);
	for (int i = 0; i < 14; i++) {
		fds[i] = conn_open(s);
		conn_send(fds[i], STR("GET /version HTTP/1.1\r\nHost: a\r\n\r\n"));
	}
	for (int i = 0; i < 14; i++) {
		struct reply r = conn_reply(fds[i], "GET");
		ck_assert_msg(r.status == 200 || r.status == 503, "got %d", r.status);
		if (r.status == 503) {
			shed++;
			assert_str(reply_header(&r, "retry-after"), "1");
			ck_assert(conn_is_closed(fds[i]));
		}
		reply_release(&r);
	}
	ck_assert_int_eq(shed, 5); /* the one that watches is the tenth */
	for (int i = 0; i < 14; i++)
		conn_close(fds[i]);
	server_await_metric(watch, "demarche_connections", 1);
	struct reply r = http_get(s, "/version");
	ck_assert_int_eq(r.status, 200);
	reply_release(&r);
	conn_close(watch);
	server_stop(s);
}
END_TEST

static long metric(const struct reply *r, const char *name)
{
	char line[80];
	snprintf(line, sizeof line, "\n%s ", name);
	size_t at = str_find(r->body, str_of(line), 0);
	ck_assert_uint_ne(at, SIZE_MAX);
	return strtol(r->body.p + at + strlen(line), NULL, 10);
}

START_TEST(server_sheds__bodies_beyond_its_memory__with_503)
{
	enum { BODY = 30 << 20, REST = 1 << 20, MOST = 40 };
	struct server *s =
		server_start((const char *[]){"--max-body", "32M", "--memory", "900M", NULL});
#define HEAD "POST /v1/extract HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
	int fds[MOST + 2], watch = conn_open(s);
	struct reply r = http_get(s, "/metrics");
	long room = (metric(&r, "demarche_memory_max_bytes") -
		     metric(&r, "demarche_memory_used_bytes")) /
		    2;
	reply_release(&r);
	int n = (int)(room / BODY);
	ck_assert(n >= 1 && n <= MOST);
	char *body = malloc(BODY), head[200];
	ck_assert_ptr_nonnull(body);
	memset(body, ' ', BODY);
	snprintf(head, sizeof head, HEAD "Content-Length: %d\r\n\r\n", BODY + REST);
	for (int i = 0; i < n; i++) {
		fds[i] = conn_open(s);
		conn_send(fds[i], str_of(head));
		conn_send(fds[i], (struct str){body, BODY});
		server_await_metric(watch, "demarche_body_bytes", (long)BODY * (i + 1));
	}
	/* The next is refused by its length, the one after that, which tells none, as it grows. */
	fds[n] = conn_open(s);
	conn_send(fds[n], str_of(head));
	fds[n + 1] = conn_open(s);
	snprintf(head, sizeof head, HEAD "Transfer-Encoding: chunked\r\n\r\n%x\r\n", BODY);
	conn_send(fds[n + 1], str_of(head));
	conn_send(fds[n + 1], (struct str){body, BODY});
	conn_send(fds[n + 1], STR("\r\n0\r\n\r\n"));
	for (int i = n; i < n + 2; i++) {
		r = conn_reply(fds[i], "POST");
		ck_assert_int_eq(r.status, 503);
		assert_str(reply_header(&r, "retry-after"), "1");
		reply_release(&r);
	}
	conn_send(fds[0], (struct str){body, REST});
	r = conn_reply(fds[0], "POST");
	ck_assert_int_eq(r.status, 400); /* spaces are no JSON, but they were read */
	reply_release(&r);
	free(body);
	for (int i = 0; i < n + 2; i++)
		conn_close(fds[i]);
	server_await_metric(watch, "demarche_body_bytes", 0);
	r = http_post(s, "/v1/articles", "application/json", STR("{\"text\":\"He said so.\"}"));
	ck_assert_int_eq(r.status, 201);
	reply_release(&r);
	conn_close(watch);
	server_stop(s);
}
END_TEST

START_TEST(server_answers__a_half_closed_client__in_full)
{
	struct server *s = server_start(NULL);
	int fd = conn_open(s);
	conn_send(fd, STR("GET /v1/statements HTTP/1.1\r\nHost: a\r\n\r\n"));
	shutdown(fd, SHUT_WR);
	struct reply r = conn_reply(fd, "GET");
	ck_assert_int_eq(r.status, 200);
	ck_assert(!r.is_cut);
	reply_release(&r);
	conn_close(fd);
	/* Half a body and then the end: no answer is owed, nothing is stored. */
	fd = conn_open(s);
	conn_send(fd, STR("POST /v1/articles HTTP/1.1\r\nHost: a\r\nContent-Type: "
			  "application/json\r\nContent-Length: "
			  "100\r\n\r\n{\"text\""));
	shutdown(fd, SHUT_WR);
	ck_assert(conn_is_closed(fd));
	conn_close(fd);
	r = http_get(s, "/v1/articles");
	ck_assert_uint_ne(str_find(r.body, STR("\"articles\":[]"), 0), SIZE_MAX);
	reply_release(&r);
	server_stop(s);
}
END_TEST

UNIT_MAIN("hostile", server_refuses__hostile_requests__and_goes_on,
	  server_takes__heads_that_are_odd__but_sound,
	  server_refuses__long_lines__itself_or_by_its_library,
	  server_refuses__a_body_announced_too_large__after_it_was_sent,
	  server_refuses__a_chunked_body_that_grows__with_413, server_cuts__slow_requests__with_408,
	  server_sheds__connections_over_the_limit__with_503,
	  server_sheds__bodies_beyond_its_memory__with_503,
	  server_answers__a_half_closed_client__in_full)
