/* Articles that take long: questions go on beside them, each has its budget, and what nobody waits
 * for is given up. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/date.h"
#include "tests/http/client.h"
#include "tests/unit/unit.h"

/* Takes far longer to read than any of these tests waits, unless it is given up. */
enum { LONG_TEXT = 6 << 20 };
#define ENDLESS "--article-tokens", "100000000", "--max-body", "16M", "--memory", "8G"

/* A post of an article of about n bytes, whole; owned by the caller. */
static char *request_of(const char *target, size_t n, int number)
{
	static const char unit[] = "Ann Lee said that she said so, he said. ";
	char *p = malloc(n + 1000);
	ck_assert_ptr_nonnull(p);
	size_t text = n / (sizeof unit - 1) * (sizeof unit - 1);
	char begin[40];
	int b = snprintf(begin, sizeof begin, "{\"text\":\"%d ", number);
	int at = snprintf(p, 1000,
			  "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: "
			  "application/json\r\nContent-Length: %zu\r\n\r\n%s",
			  target, (size_t)b + text + 2, begin);
	for (size_t i = 0; i < text; i += sizeof unit - 1)
		memcpy(p + at + i, unit, sizeof unit - 1);
	memcpy(p + (size_t)at + text, "\"}", 3);
	return p;
}

static int post(const struct server *s, const char *target, size_t n, int number)
{
	char *request = request_of(target, n, number);
	int fd = conn_open(s);
	conn_send(fd, str_of(request));
	free(request);
	return fd;
}

static void expect(struct reply r, int status, const char *part)
{
	ck_assert_msg(r.status == status, "got %d, want %d: %.*s", r.status, status,
		      STR_ARG(r.body));
	ck_assert_msg(!part || str_find(r.body, str_of(part), 0) != SIZE_MAX, "no %s in %.*s", part,
		      STR_ARG(r.body));
	if (status == 503)
		assert_str(reply_header(&r, "retry-after"), "1");
	reply_release(&r);
}

START_TEST(questions__while_all_extractors_are_busy__are_answered)
{
	struct server *s = server_start(
		(const char *[]){ENDLESS, "--extractors", "2", "--workers", "1", NULL});
	int watch = conn_open(s), posts[4];
	static const char *const targets[] = {"/v1/extract", "/v1/articles", "/v1/extract",
					      "/v1/articles/batch"};
	for (int i = 0; i < 3; i++)
		posts[i] = post(s, targets[i], LONG_TEXT, i);
	server_await_metric(watch, "demarche_extractions_running", 2);
	server_await_metric(watch, "demarche_extract_queue_length", 1);
	expect(http_get(s, "/v1/statements"), 200, NULL);
	expect(http_get(s, "/readyz"), 200, NULL);
	/* Their clients go: those that are read are given up, the one that waits is not begun. */
	for (int i = 0; i < 3; i++)
		conn_close(posts[i]);
	server_await_metric(watch, "demarche_extractions_running", 0);
	server_await_metric(watch, "demarche_extract_queue_length", 0);
	server_await_metric(watch, "demarche_given_up_total{for=\"cancelled\"}", 2);
	server_await_metric(watch, "demarche_articles", 0);
	conn_close(watch);
	server_stop(s);
}
END_TEST

START_TEST(article__over_its_budget__is_refused_and_not_stored)
{
	struct server *s = server_start((const char *[]){"--article-tokens", "1000", NULL});
	int fd = conn_open(s);
	static const char *const targets[] = {"/v1/extract", "/v1/articles"};
	for (int i = 0; i < 2; i++) {
		char *request = request_of(targets[i], 20000, i);
		conn_send(fd, str_of(request));
		expect(conn_reply(fd, "POST"), 413, "--article-tokens");
		free(request);
	}
	server_await_metric(fd, "demarche_given_up_total{for=\"tokens\"}", 2);
	server_await_metric(fd, "demarche_articles", 0);
	conn_close(fd);
	server_stop(s);

	s = server_start((const char *[]){ENDLESS, "--article-cpu", "50ms", NULL});
	fd = conn_open(s);
	for (int i = 0; i < 2; i++) {
		char *request = request_of(targets[i], LONG_TEXT, i);
		conn_send(fd, str_of(request));
		expect(conn_reply(fd, "POST"), 422, "--article-cpu");
		free(request);
	}
	server_await_metric(fd, "demarche_given_up_total{for=\"cpu\"}", 2);
	server_await_metric(fd, "demarche_articles", 0);
	expect(http_post(s, "/v1/articles", "application/json", STR("{\"text\":\"He said so.\"}")),
	       201, NULL);
	conn_close(fd);
	server_stop(s);
}
END_TEST

START_TEST(line_of_a_batch__over_its_budget__fails_alone)
{
	struct server *s = server_start((const char *[]){"--article-tokens", "1000", NULL});
	static char body[30000];
	size_t n = 0;
	n += (size_t)snprintf(body, 100, "{\"text\":\"\\\"Yes,\\\" Wang Yi said.\"}\n{\"text\":\"");
	memset(body + n, '[', 20000);
	n += 20000;
	n += (size_t)snprintf(body + n, 100, "\"}\n{\"text\":\"\\\"No,\\\" Wang Yi said.\"}\n");
	struct reply r =
		http_post(s, "/v1/articles/batch", "application/x-ndjson", (struct str){body, n});
	ck_assert_int_eq(r.status, 200);
	ck_assert_uint_ne(str_find(r.body, STR("{\"line\":1,\"status\":\"created\""), 0), SIZE_MAX);
	ck_assert_uint_ne(str_find(r.body, STR("{\"line\":2,\"status\":\"error\""), 0), SIZE_MAX);
	ck_assert_uint_ne(str_find(r.body, STR("\"status\":413"), 0), SIZE_MAX);
	ck_assert_uint_ne(str_find(r.body, STR("{\"line\":3,\"status\":\"created\""), 0), SIZE_MAX);
	reply_release(&r);
	server_stop(s);
}
END_TEST

/* The article's id behind `before`. Ids rise in the order of writing, on one day and from day to
 * day. */
static long id_after(const struct reply *r, const char *before)
{
	size_t at = str_find(r->body, str_of(before), 0);
	at = at == SIZE_MAX ? at : str_find(r->body, STR("\"id\":"), at);
	ck_assert_msg(at != SIZE_MAX, "no %s with an id in %.*s", before, STR_ARG(r->body));
	return strtol(r->body.p + at + strlen("\"id\":"), NULL, 10);
}

START_TEST(single_posts__beside_a_large_batch__have_their_turns)
{
	struct server *s = server_start((const char *[]){"--extractors", "1", NULL});
	struct buf body;
	buf_init(&body, 8 << 20);
	for (int i = 0; i < 300; i++)
		buf_printf(&body,
			   "{\"text\":\"\\\"Number %d,\\\" Wang Yi said. Ann Lee said that she had "
			   "said so.\"}\n",
			   i);
	int batch = conn_open(s), watch = conn_open(s);
	char head[200];
	snprintf(head, sizeof head,
		 "POST /v1/articles/batch HTTP/1.1\r\nHost: a\r\nContent-Type: "
		 "application/x-ndjson\r\nContent-Length: "
		 "%zu\r\n\r\n",
		 body.n);
	conn_send(batch, str_of(head));
	conn_send(batch, buf_str(&body));
	server_await_metric(watch, "demarche_extractions_running", 1);
	struct reply r = http_post(s, "/v1/articles", "application/json",
				   STR("{\"text\":\"One alone, he said.\"}"));
	ck_assert_int_eq(r.status, 201);
	long alone = id_after(&r, "{");
	reply_release(&r);
	r = conn_reply(batch, "POST");
	ck_assert_int_eq(r.status, 200);
	/* It did not wait for the batch. */
	ck_assert_int_lt(alone, id_after(&r, "{\"line\":300,\"status\":\"created\""));
	reply_release(&r);
	buf_release(&body);
	conn_close(batch);
	conn_close(watch);
	server_stop(s);
}
END_TEST

START_TEST(articles__that_wait_too_long_or_are_too_many__are_told_503)
{
	/* Long enough for the text to come in and to be begun, under a sanitizer, too. */
	const int64_t patience_ns = 3000000000;
	struct server *s = server_start((const char *[]){ENDLESS, "--extractors", "1", "--queue",
							 "1", "--read-deadline", "3s",
							 "--article-cpu", "60s", NULL});
	int watch = conn_open(s), running = post(s, "/v1/extract", LONG_TEXT, 1);
	server_await_metric(watch, "demarche_extractions_running", 1);
	server_await_metric(watch, "demarche_extract_queue_length", 0);
	int64_t start = now_monotonic_ns();
	expect(http_post(s, "/v1/articles", "application/json", STR("{\"text\":\"He said so.\"}")),
	       503, NULL);
	ck_assert_int_ge(now_monotonic_ns() - start, patience_ns);
	server_await_metric(watch, "demarche_withdrawn_total", 1);
	server_await_metric(watch, "demarche_articles", 0);
	conn_close(running);
	conn_close(watch);
	server_stop(s);

	s = server_start((const char *[]){ENDLESS, "--extractors", "1", "--queue", "1", NULL});
	watch = conn_open(s);
	running = post(s, "/v1/extract", LONG_TEXT, 1);
	server_await_metric(watch, "demarche_extractions_running", 1);
	server_await_metric(watch, "demarche_extract_queue_length", 0);
	int waiting = post(s, "/v1/extract", 100, 2);
	server_await_metric(watch, "demarche_extract_queue_length", 1);
	expect(http_post(s, "/v1/articles", "application/json", STR("{\"text\":\"He said so.\"}")),
	       503, NULL);
	conn_close(running); /* and the one that waits has its turn */
	expect(conn_reply(waiting, "POST"), 200, NULL);
	conn_close(waiting);
	conn_close(watch);
	server_stop(s);
}
END_TEST

START_TEST(end__with_articles_being_read_and_waiting__gives_them_up)
{
	/* Were they read to their end, this would outlast the test. */
	struct server *s = server_start(
		(const char *[]){ENDLESS, "--extractors", "2", "--drain-timeout", "300ms", NULL});
	int watch = conn_open(s), posts[6];
	for (int i = 0; i < 6; i++)
		posts[i] = post(s, i % 2 ? "/v1/articles" : "/v1/extract", LONG_TEXT, i);
	server_await_metric(watch, "demarche_extractions_running", 2);
	server_await_metric(watch, "demarche_extract_queue_length", 4);
	kill(server_pid(s), SIGTERM);
	ck_assert_int_eq(server_wait(s), 0);
	for (int i = 0; i < 6; i++)
		conn_close(posts[i]);
	conn_close(watch);
}
END_TEST

/* Many answers that nobody takes, or one by drips. */
static int ask_for_much(const struct server *s)
{
	static const char ask[] = "GET /openapi.yaml HTTP/1.1\r\nHost: a\r\n\r\n";
	int fd = conn_open(s);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &(int){4096}, sizeof(int));
	for (int i = 0; i < 300; i++)
		conn_send(fd, str_of(ask));
	return fd;
}

START_TEST(clients__that_take_nothing_or_drips__are_cut_off)
{
	struct server *s = server_start((const char *[]){"--send-timeout", "300ms", NULL});
	int watch = conn_open(s), silent = ask_for_much(s), dripping = ask_for_much(s);
	for (;;) {
		char byte[16];
		if (recv(dripping, byte, sizeof byte, 0) <= 0)
			break;
		nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
	}
	server_await_metric(watch, "demarche_slow_clients_total", 2);
	server_await_metric(watch, "demarche_connections", 1);
	free(server_await_log(s, "took too little"));
	conn_close(silent);
	conn_close(dripping);
	conn_close(watch);
	server_stop(s);
}
END_TEST

UNIT_MAIN("load", questions__while_all_extractors_are_busy__are_answered,
	  article__over_its_budget__is_refused_and_not_stored,
	  line_of_a_batch__over_its_budget__fails_alone,
	  single_posts__beside_a_large_batch__have_their_turns,
	  articles__that_wait_too_long_or_are_too_many__are_told_503,
	  end__with_articles_being_read_and_waiting__gives_them_up,
	  clients__that_take_nothing_or_drips__are_cut_off)
