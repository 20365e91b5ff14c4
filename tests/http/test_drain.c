/* The end of the service: SIGTERM under load loses no answer that was begun and no article that was
 * acknowledged. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "tests/http/client.h"
#include "tests/unit/unit.h"

enum { CLIENTS = 8 };

static void sleep_ms(long ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

struct load {
	int port, number;
	_Atomic bool *stops;
	_Atomic int acknowledged;
	int broken, refused;
	pthread_t thread;
};

/* Posts articles over one connection as long as it lasts, then opens another. A response that began
 * must be whole. */
static void *post_articles(void *arg)
{
	struct load *l = arg;
	for (int i = 0, fd = -1; !atomic_load(l->stops); i++) {
		if (fd < 0 && (fd = conn_try_open(l->port)) < 0)
			break;
		char text[200], request[500];
		int n = snprintf(text, sizeof text,
				 "{\"text\":\"\\\"Number %d of %d,\\\" Wang Yi said on Friday.\"}",
				 i, l->number);
		n = snprintf(request, sizeof request,
			     "POST /v1/articles HTTP/1.1\r\nHost: a\r\nContent-Type: "
			     "application/json\r\nContent-Length: "
			     "%d\r\n\r\n%s",
			     n, text);
		struct reply r = {0};
		if (conn_try_send(fd, (struct str){request, (size_t)n}))
			r = conn_reply(fd, "POST");
		bool goes_on = r.status != 0 && reply_header(&r, "connection").n == 0;
		atomic_fetch_add(&l->acknowledged, r.status == 201);
		l->refused += r.status == 503 || r.status == 0;
		l->broken += r.status != 0 && (r.is_cut || (r.status != 201 && r.status != 503));
		reply_release(&r);
		if (!goes_on) {
			conn_close(fd);
			fd = -1;
		}
	}
	return NULL;
}

static void start_load(struct load *loads, const struct server *s, int round, _Atomic bool *stops)
{
	for (int i = 0; i < CLIENTS; i++) {
		loads[i] = (struct load){
			.port = server_port(s), .number = round * CLIENTS + i, .stops = stops};
		ck_assert_int_eq(pthread_create(&loads[i].thread, NULL, post_articles, &loads[i]),
				 0);
	}
	/* Until all are at work. */
	for (int i = 0, waited_ms = 0; i < CLIENTS; i++)
		for (; atomic_load(&loads[i].acknowledged) < 2; waited_ms += 2) {
			ck_assert_msg(waited_ms < WAIT_MS, "client %d gets nothing acknowledged",
				      i);
			sleep_ms(2);
		}
}

static int stop_load(struct load *loads, _Atomic bool *stops)
{
	int acknowledged = 0;
	atomic_store(stops, true);
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(loads[i].thread, NULL);
		acknowledged += atomic_load(&loads[i].acknowledged);
		ck_assert_int_eq(loads[i].broken, 0);
	}
	return acknowledged;
}

/* The number in a line of the metrics. */
static long metric(const struct server *s, const char *name)
{
	struct reply r = http_get(s, "/metrics");
	size_t at = str_find(r.body, str_of(name), 0);
	ck_assert_msg(at != SIZE_MAX, "no %s", name);
	long value = strtol(r.body.p + at + strlen(name), NULL, 10);
	reply_release(&r);
	return value;
}

START_TEST(sigterm_under_load__ends_cleanly__with_every_acknowledged_article)
{
	char folder[] = "/tmp/demarche-drain-XXXXXX", db[64], command[80];
	ck_assert_ptr_nonnull(mkdtemp(folder));
	snprintf(db, sizeof db, "%s/d.db", folder);
	long known = 0;
	for (int round = 0; round < 4; round++) {
		struct load loads[CLIENTS];
		_Atomic bool stops = false;
		struct server *s = server_start_on(db, NULL);
		ck_assert_int_eq(metric(s, "\ndemarche_articles "), known);
		start_load(loads, s, round, &stops);
		sleep_ms(20 * round); /* another moment each time */
		server_stop(s);
		long acknowledged = stop_load(loads, &stops);
		ck_assert_int_gt(acknowledged, CLIENTS);
		s = server_start_on(db, NULL);
		long now = metric(s, "\ndemarche_articles ");
		/* One article a client may be there whose answer was cut. */
		ck_assert_msg(now >= known + acknowledged && now <= known + acknowledged + CLIENTS,
			      "%ld before, %ld acknowledged, %ld there", known, acknowledged, now);
		known = now;
		server_stop(s);
	}
	snprintf(command, sizeof command, "rm -r %s", folder);
	ck_assert_int_eq(system(command), 0);
}
END_TEST

START_TEST(drain_delay__keeps_serving__while_readyz_says_503)
{
	struct server *s = server_start((const char *[]){"--drain-delay", "10m", NULL});
	kill(server_pid(s), SIGTERM);
	free(server_await_log(s, "\"message\":\"ending\""));
	static const struct {
		const char *target;
		int status;
	} rows[] = {{"/readyz", 503}, {"/v1/articles", 200}, {"/healthz", 200}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct reply r = http_get(s, rows[i].target);
		ck_assert_int_eq(r.status, rows[i].status);
		reply_release(&r);
	}
	kill(server_pid(s), SIGTERM); /* no need to wait for the rest of it */
	int status = server_wait(s);
	ck_assert(WIFEXITED(status));
}
END_TEST

START_TEST(drain_delay__passes__then_it_ends_cleanly)
{
	struct server *s = server_start((const char *[]){"--drain-delay", "300ms", NULL});
	int64_t start = now_monotonic_ns();
	kill(server_pid(s), SIGTERM);
	ck_assert_int_eq(server_wait(s), 0);
	ck_assert_int_ge(now_monotonic_ns() - start, 300000000);
}
END_TEST

START_TEST(idle_and_slow_clients__do_not_hold_up__the_end)
{
	/* Were they waited for, it would end long after this test has given up. */
	struct server *s = server_start((const char *[]){"--drain-timeout", "10m", NULL});
	int idle = conn_open(s), silent = conn_open(s);
	conn_send(idle, STR("GET /version HTTP/1.1\r\nHost: a\r\n\r\n"));
	struct reply r = conn_reply(idle, "GET");
	ck_assert_int_eq(r.status, 200);
	reply_release(&r);
	kill(server_pid(s), SIGTERM);
	ck_assert(conn_is_closed(idle));
	ck_assert(conn_is_closed(silent));
	ck_assert_int_eq(server_wait(s), 0);
	conn_close(idle);
	conn_close(silent);
}
END_TEST

START_TEST(half_a_request__holds_up_the_end__for_the_timeout_only)
{
	struct server *s = server_start((const char *[]){"--drain-timeout", "1s", NULL});
	int half = conn_open(s), watch = conn_open(s);
	conn_send(half, STR("POST /v1/articles HTTP/1.1\r\nHost: a\r\nContent-Type: "
			    "application/json\r\nContent-Length: 10\r\n\r\n{"));
	server_await_metric(watch, "demarche_body_bytes", 1);
	int64_t start = now_monotonic_ns();
	kill(server_pid(s), SIGTERM);
	ck_assert_int_eq(server_wait(s), 0);
	ck_assert_int_ge(now_monotonic_ns() - start, 1000000000);
	conn_close(half);
	conn_close(watch);
}
END_TEST

START_TEST(second_signal__ends__at_once)
{
	struct server *s = server_start((const char *[]){"--drain-delay", "10m", NULL});
	kill(server_pid(s), SIGTERM);
	free(server_await_log(s, "\"message\":\"ending\""));
	kill(server_pid(s), SIGINT);
	int status = server_wait(s);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 1);
}
END_TEST

START_TEST(health__tells_by_exit_status__whether_it_is_ready)
{
	struct server *s = server_start(NULL);
	char url[64];
	snprintf(url, sizeof url, "http://127.0.0.1:%d/readyz", server_port(s));
	int status = 1;
	for (int i = 0; i < 10 && status != 0; i++) /* it has 5 s for an answer */
		status = program_run((const char *[]){"health", url, NULL}, STR_EMPTY, NULL, NULL);
	ck_assert_int_eq(status, 0);
	snprintf(url, sizeof url, "http://127.0.0.1:%d/nowhere", server_port(s));
	ck_assert_int_eq(program_run((const char *[]){"health", url, NULL}, STR_EMPTY, NULL, NULL),
			 1);
	server_stop(s);
	ck_assert_int_eq(program_run((const char *[]){"health", url, NULL}, STR_EMPTY, NULL, NULL),
			 1);
	ck_assert_int_eq(
		program_run((const char *[]){"health", "ftp://x", NULL}, STR_EMPTY, NULL, NULL), 2);
}
END_TEST

UNIT_MAIN("drain", sigterm_under_load__ends_cleanly__with_every_acknowledged_article,
	  drain_delay__keeps_serving__while_readyz_says_503,
	  drain_delay__passes__then_it_ends_cleanly, idle_and_slow_clients__do_not_hold_up__the_end,
	  half_a_request__holds_up_the_end__for_the_timeout_only, second_signal__ends__at_once,
	  health__tells_by_exit_status__whether_it_is_ready)
