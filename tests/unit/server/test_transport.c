/* The way of a request through pollers and workers, with handlers that the API does not have: echo,
 * waiting, streams. */
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/unit/server/local.h"
#include "tests/unit/unit.h"

static void sleep_ms(long ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static enum api_result echo(struct request *rq, struct response *rs, struct err *e)
{
	(void)e;
	rs->content_type = "text/plain";
	buf_printf(&rs->body, "[%.*s]", STR_ARG(rq->path_args[0]));
	for (size_t i = 0; i < rq->n_params; i++)
		buf_printf(&rs->body, "(%.*s=%.*s)", STR_ARG(rq->params[i].name),
			   STR_ARG(rq->params[i].value));
	buf_add(&rs->body, rq->body);
	return API_DONE;
}

static enum api_result break_down(struct request *rq, struct response *rs, struct err *e)
{
	(void)rq, (void)rs;
	err_set(e, ERR_INTERNAL, NULL, "the secret reason");
	return API_ERROR;
}

static enum api_result slow(struct request *rq, struct response *rs, struct err *e)
{
	sleep_ms(300);
	return echo(rq, rs, e);
}

/* A worker that comes here stays until the test lets it go. */
static _Atomic int at_gate;
static _Atomic bool gate_is_open;

static enum api_result gate(struct request *rq, struct response *rs, struct err *e)
{
	atomic_fetch_add(&at_gate, 1);
	for (int ms = 0; !atomic_load(&gate_is_open) && ms < LOCAL_WAIT_MS; ms++)
		sleep_ms(1);
	return echo(rq, rs, e);
}

static void await_at_gate(int n)
{
	for (int ms = 0; atomic_load(&at_gate) < n; ms++) {
		ck_assert_msg(ms < LOCAL_WAIT_MS, "no worker takes the request");
		sleep_ms(1);
	}
}

static enum api_result after_waiting(struct request *rq, struct response *rs, struct err *e)
{
	(void)rq, (void)e;
	rs->status = 201;
	buf_add(&rs->body, STR("{\"waited\":true}"));
	return API_DONE;
}

static void *resume_soon(void *arg)
{
	sleep_ms(20);
	request_resume(arg);
	return NULL;
}

static enum api_result later(struct request *rq, struct response *rs, struct err *e)
{
	pthread_t t;
	(void)rs;
	rq->then = after_waiting;
	if (pthread_create(&t, NULL, resume_soon, rq) != 0) {
		err_set(e, ERR_INTERNAL, NULL, "no thread");
		return API_ERROR;
	}
	pthread_detach(t);
	return API_LATER;
}

/* 100 pieces of 20,000 bytes; the state counts down. */
static int more(void *state, struct buf *out, struct err *e)
{
	int *left = state;
	if (*left == -7) {
		err_set(e, ERR_INTERNAL, NULL, "broken off");
		return -1;
	}
	for (int i = 0; i < 2000; i++)
		buf_add(out, STR("0123456789"));
	if (*left == 1000) {
		*left = -7;
		return 1;
	}
	return --*left > 0;
}

static enum api_result stream(struct request *rq, struct response *rs, struct err *e)
{
	(void)e;
	int *left = malloc(sizeof *left);
	int64_t n = 100;
	str_to_i64(rq->path_args[0], &n);
	*left = (int)n;
	rs->content_type = "text/plain";
	rs->stream = (struct body_stream){more, free, left};
	return API_DONE;
}

static enum api_result page(struct request *rq, struct response *rs, struct err *e)
{
	(void)rq, (void)e;
	for (int i = 0; i < 500; i++)
		buf_add(&rs->body, STR("{\"a\":1}\n"));
	rs->is_cacheable = true;
	return API_DONE;
}

static const struct route routes[] = {
	{METHOD_GET, "/echo/{what}", echo, SCOPE_READ, NULL, false, NULL},
	{METHOD_POST, "/echo/{what}", echo, SCOPE_WRITE, "text/plain, application/json", false,
	 NULL},
	{METHOD_GET, "/fail", break_down, SCOPE_NONE, NULL, false, NULL},
	{METHOD_GET, "/slow", slow, SCOPE_NONE, NULL, false, NULL},
	{METHOD_GET, "/gate", gate, SCOPE_NONE, NULL, false, NULL},
	{METHOD_GET, "/later", later, SCOPE_NONE, NULL, false, NULL},
	{METHOD_GET, "/stream/{n}", stream, SCOPE_NONE, NULL, false, NULL},
	{METHOD_GET, "/page", page, SCOPE_NONE, NULL, false, NULL},
	{METHOD_DELETE, "/admin", echo, SCOPE_ADMIN, NULL, false, NULL},
};
enum { N_ROUTES = sizeof routes / sizeof routes[0] };

static void start(struct local *l)
{
	local_init(l, routes, N_ROUTES);
	local_start(l);
}

/* One request on a connection of its own; checks that the answer starts with the status and holds
 * all of the parts. */
static void talk(const struct local *l, const char *request, const char *status,
		 const char *const *parts)
{
	char *got = local_talk(l, request);
	ck_assert_msg(strncmp(got, "HTTP/1.1 ", 9) == 0 && strncmp(got + 9, status, 3) == 0,
		      "want %s for %s\ngot %s", status, request, got);
	for (; parts && *parts; parts++)
		ck_assert_msg(strstr(got, *parts) != NULL, "no \"%s\" in the answer to %s\n%s",
			      *parts, request, got);
	free(got);
}
#define PARTS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define CLOSE	   "Host: a\r\nConnection: close\r\n"

START_TEST(server_answers__simple_requests__by_route)
{
	struct local l;
	start(&l);
	talk(&l, "GET /healthz HTTP/1.1\r\n" CLOSE "\r\n", "200",
	     PARTS("\r\n\r\nok\n", "X-Request-Id: "));
	talk(&l, "GET /readyz HTTP/1.1\r\n" CLOSE "\r\n", "200", PARTS("ready"));
	talk(&l, "GET /metrics HTTP/1.1\r\n" CLOSE "\r\n", "200",
	     PARTS("demarche_requests_total{method=\"GET\",route=\"/healthz\""));
	talk(&l, "GET /echo/a%2Fb?x=1&y=%C3%A9+z&x HTTP/1.1\r\n" CLOSE "\r\n", "200",
	     PARTS("[a/b](x=1)(y=\xc3\xa9 z)(x=)"));
	talk(&l,
	     "POST /echo/p HTTP/1.1\r\n" CLOSE
	     "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello",
	     "200", PARTS("[p]hello"));
	talk(&l,
	     "POST /echo/p HTTP/1.1\r\n" CLOSE "Content-Type: text/plain\r\nTransfer-Encoding: "
	     "chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
	     "200", PARTS("[p]hello"));
	talk(&l, "GET http://somewhere/echo/abs HTTP/1.1\r\n" CLOSE "\r\n", "200", PARTS("[abs]"));
	talk(&l, "GET /later HTTP/1.1\r\n" CLOSE "\r\n", "201", PARTS("waited"));
	talk(&l, "GET /nothing HTTP/1.1\r\n" CLOSE "\r\n", "404",
	     PARTS("application/problem+json"));
	talk(&l, "PUT /echo/a HTTP/1.1\r\n" CLOSE "\r\n", "405",
	     PARTS("Allow: GET, HEAD, POST, OPTIONS"));
	talk(&l, "OPTIONS /echo/a HTTP/1.1\r\n" CLOSE "\r\n", "204",
	     PARTS("Allow: GET, HEAD, POST, OPTIONS"));
	talk(&l, "DELETE /admin HTTP/1.1\r\n" CLOSE "\r\n", "403", NULL);
	ck_assert_int_eq(local_stop(&l, LOCAL_WAIT_MS), 0);
}
END_TEST

START_TEST(server_hides__internal_errors__from_clients)
{
	struct local l;
	start(&l);
	char *got = local_talk(&l, "GET /fail HTTP/1.1\r\n" CLOSE "\r\n");
	ck_assert_ptr_nonnull(strstr(got, " 500 "));
	ck_assert_ptr_null(strstr(got, "secret"));
	free(got);
	ck_assert_int_eq(local_stop(&l, LOCAL_WAIT_MS), 0);
}
END_TEST

START_TEST(server_streams__pieces__all_or_visibly_cut)
{
	struct local l;
	start(&l);
	char *got = local_talk(&l, "GET /stream/100 HTTP/1.1\r\n" CLOSE "\r\n");
	ck_assert_ptr_nonnull(strstr(got, "chunked"));
	ck_assert_uint_gt(strlen(got), 2000000);
	ck_assert_str_eq(got + strlen(got) - 5, "0\r\n\r\n");
	free(got);
	got = local_talk(&l, "GET /stream/1000 HTTP/1.1\r\n" CLOSE
			     "\r\n"); /* fails after the first piece */
	ck_assert_str_ne(got + strlen(got) - 5, "0\r\n\r\n");
	free(got);
	talk(&l, "GET /stream/-7 HTTP/1.1\r\n" CLOSE "\r\n", "500",
	     NULL); /* fails at once: a proper error */
	talk(&l, "HEAD /stream/100 HTTP/1.1\r\n" CLOSE "\r\n", "200", NULL);
	/* A client that leaves in the middle. */
	int fd = local_connect(&l);
	const char *ask = "GET /stream/900 HTTP/1.1\r\nHost: a\r\n\r\n";
	ck_assert_int_gt(send(fd, ask, strlen(ask), 0), 0);
	char scrap[1000];
	ck_assert_int_gt(recv(fd, scrap, sizeof scrap, 0), 0);
	close(fd);
	ck_assert_int_eq(local_stop(&l, LOCAL_WAIT_MS), 0);
}
END_TEST

START_TEST(server_answers__a_half_closed_client__in_full)
{
	struct local l;
	start(&l);
	int fd = local_connect(&l);
	const char *ask = "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";
	ck_assert_int_gt(send(fd, ask, strlen(ask), 0), 0);
	shutdown(fd, SHUT_WR);
	char *got = local_read(fd);
	ck_assert_msg(strstr(got, " 200 ") != NULL, "got \"%s\"", got);
	free(got);
	close(fd);
	ck_assert_int_eq(local_stop(&l, LOCAL_WAIT_MS), 0);
}
END_TEST

START_TEST(server_sheds__a_full_queue__with_503)
{
	struct local l;
	local_init(&l, routes, N_ROUTES);
	l.config.workers = 1;
	l.config.queue_max = 1;
	local_start(&l);
	struct pollfd ready[6];
	int fds[6], shed = 0, done = 0, answers = 0;
	for (int i = 0; i < 6; i++) {
		const char *ask = "GET /gate HTTP/1.1\r\n" CLOSE "\r\n";
		fds[i] = local_connect(&l);
		ready[i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
		ck_assert_int_gt(send(fds[i], ask, strlen(ask), 0), 0);
		await_at_gate(1); /* the only worker has the first */
	}
	/* One waits, four are turned away, while the worker is held. */
	for (int ms = 0; answers < 4; ms++) {
		ck_assert_msg(ms < LOCAL_WAIT_MS, "only %d answers", answers);
		sleep_ms(1);
		answers = poll(ready, 6, 0);
	}
	atomic_store(&gate_is_open, true);
	for (int i = 0; i < 6; i++) {
		char *got = local_read(fds[i]);
		done += strstr(got, " 200 ") != NULL;
		shed += strstr(got, " 503 ") && strstr(got, "Retry-After: 1");
		free(got);
		close(fds[i]);
	}
	ck_assert_int_eq(shed, 4);
	ck_assert_int_eq(done, 2);
	ck_assert_int_eq(local_stop(&l, LOCAL_WAIT_MS), 0);
}
END_TEST

START_TEST(server_validates__cacheable_bodies__by_etag)
{
	struct local l;
	start(&l);
	char request[300];
	char *got = local_talk(&l, "GET /page HTTP/1.1\r\n" CLOSE "\r\n");
	char *tag = strstr(got, "ETag: ");
	ck_assert_ptr_nonnull(tag);
	ck_assert_ptr_nonnull(strstr(got, "Cache-Control: no-cache"));
	snprintf(request, sizeof request,
		 "GET /page HTTP/1.1\r\n" CLOSE "If-None-Match: \"x\", %.*s\r\n\r\n",
		 (int)strcspn(tag + 6, "\r"), tag + 6);
	free(got);
	talk(&l, request, "304", PARTS("ETag: "));
	talk(&l, "GET /page HTTP/1.1\r\n" CLOSE "If-None-Match: W/\"other\"\r\n\r\n", "200", NULL);
	talk(&l, "GET /page HTTP/1.1\r\n" CLOSE "Accept-Encoding: br, gzip\r\n\r\n", "200",
	     PARTS("Content-Encoding: gzip"));
	got = local_talk(&l, "GET /page HTTP/1.1\r\n" CLOSE "Accept-Encoding: gzip;q=0\r\n\r\n");
	ck_assert_ptr_null(strstr(got, "Content-Encoding"));
	free(got);
	ck_assert_int_eq(local_stop(&l, LOCAL_WAIT_MS), 0);
}
END_TEST

START_TEST(server_closes__with_requests_running__in_time)
{
	struct local l;
	start(&l);
	int fds[20];
	for (int i = 0; i < 20; i++) {
		const char *const asks[] = {"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n",
					    "GET /later HTTP/1.1\r\nHost: a\r\n\r\n",
					    "GET /stream/900 HTTP/1.1\r\nHost: a\r\n\r\n",
					    "POST /echo/x HTTP/1.1\r\nHos"};
		fds[i] = local_connect(&l);
		ck_assert_int_gt(send(fds[i], asks[i % 4], strlen(asks[i % 4]), 0), 0);
	}
	/* Until a stream has begun, which then fills the buffers and stays. */
	struct pollfd begun = {.fd = fds[2], .events = POLLIN};
	ck_assert_int_eq(poll(&begun, 1, LOCAL_WAIT_MS), 1);
	int cut = local_stop(&l, 100);
	ck_assert_int_ge(cut, 1); /* the stream that nobody reads */
	for (int i = 0; i < 20; i++)
		close(fds[i]);
}
END_TEST

/* Taken by 64 kB a time, which is as little as the send timeout allows, for longer than that. */
START_TEST(server_streams__to_a_slow_but_steady_reader__to_the_end)
{
	struct local l;
	local_init(&l, routes, N_ROUTES);
	l.config.send_timeout_ms = 2000;
	local_start(&l);
	static char piece[65536];
	int fd = local_connect(&l);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &(int){32768}, sizeof(int));
	const char *ask = "GET /stream/400 HTTP/1.1\r\n" CLOSE "\r\n";
	ck_assert_int_gt(send(fd, ask, strlen(ask), 0), 0);
	size_t all = 0;
	ssize_t n;
	while ((n = recv(fd, piece, sizeof piece, 0)) > 0) {
		all += (size_t)n;
		sleep_ms(n / 2000); /* 2 MB a second: the whole takes twice the time-out */
	}
	ck_assert_int_eq(n, 0);
	ck_assert_uint_gt(all, 400 * 20000);
	close(fd);
	ck_assert_int_eq(local_stop(&l, LOCAL_WAIT_MS), 0);
}
END_TEST

UNIT_MAIN("transport", server_answers__simple_requests__by_route,
	  server_hides__internal_errors__from_clients, server_streams__pieces__all_or_visibly_cut,
	  server_answers__a_half_closed_client__in_full, server_sheds__a_full_queue__with_503,
	  server_validates__cacheable_bodies__by_etag,
	  server_closes__with_requests_running__in_time,
	  server_streams__to_a_slow_but_steady_reader__to_the_end)
