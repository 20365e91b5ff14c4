/* Three copies of the service on one server (DEMARCHE_POSTGRESQL, tools/with-postgresql), clients
 * that post to any of them until they are answered, and faults: copies killed, the one that writes
 * killed, held up for longer than its lease lasts, all connections ended. Every acknowledged
 * article is there once, no count that a copy answers is less than what was acknowledged before it
 * was asked for, and the check finds no fault. FAILOVER_ROUNDS=N for more than one round of
 * faults; where there is a standby (POSTGRESQL_STANDBY=on), the server is killed in the end and
 * that promoted. */
#include <jansson.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/date.h"
#include "tests/bench/process.h"
#include "tests/conformance/fixture.h"
#include "tests/engines/connections.h"
#include "tests/http/client.h"

enum {
	COPIES = 3,
	CLIENTS = 4,
	POSTS_MAX = 100000,
	BETWEEN_MS = 1500, /* faults */
	HELD_UP_MS = 14000,
	PATIENCE_MS = 2000,
	GAP_MS_MAX = 60000, /* a failing test alone */
	START_MS = 60000,
};

struct acknowledged {
	long long id;
	int number, client;
};

static struct {
	struct fixture f;
	struct process copies[COPIES];
	char log[64];
	atomic_int ports[COPIES]; /* 0: down */
	atomic_bool is_over;
	atomic_llong statements; /* of acknowledged articles */
	atomic_int acknowledged, refused, asked;
	struct acknowledged v[POSTS_MAX];
} bed;

static void sleep_ms(int ms)
{
	usleep((useconds_t)ms * 1000);
}

/* --- copies --- */

static void start_copy(int i)
{
	struct err e = {0};
	char listen[32];
	int port = process_free_port();
	snprintf(listen, sizeof listen, "127.0.0.1:%d", port);
	const char *argv[] = {program_path(), "serve",		 "--listen", listen, "--db",
			      bed.f.path,     "--read-deadline", "60s",	     NULL};
	assert_ok(process_start(&bed.copies[i], argv, port, bed.log, START_MS, &e), e);
	atomic_store(&bed.ports[i], port);
}

static void kill_copy(int i)
{
	atomic_store(&bed.ports[i], 0);
	process_kill(&bed.copies[i]);
}

/* The copy that writes; waits until one does. */
static int leader(void)
{
	for (int ms = 0; ms < GAP_MS_MAX; ms += 10) {
		long pid = strtol(store_holder(bed.f.path).pid, NULL, 10);
		for (int i = 0; i < COPIES; i++)
			if (pid && bed.copies[i].pid == pid)
				return i;
		sleep_ms(10);
	}
	ck_abort_msg("nobody writes");
}

/* --- clients --- */

struct client {
	int number;
	unsigned dice;
	pthread_t thread;
};

static int some_port(struct client *c)
{
	for (;;) {
		int port = atomic_load(&bed.ports[(unsigned)rand_r(&c->dice) % COPIES]);
		if (port)
			return port;
		sleep_ms(5);
	}
}

/* Status 0 when there was no answer, or none in some time: then another copy is asked. */
static struct reply ask(int port, const char *method, struct str request)
{
	struct reply r = {0};
	int fd = conn_try_open(port);
	struct pollfd p = {.fd = fd, .events = POLLIN};
	if (fd >= 0 && conn_try_send(fd, request) && poll(&p, 1, PATIENCE_MS) > 0)
		r = conn_reply(fd, method);
	if (fd >= 0)
		conn_close(fd);
	return r;
}

static json_t *body_of(const struct reply *r)
{
	return json_loadb(r->body.p, r->body.n, JSON_ALLOW_NUL, NULL);
}

static size_t count_statements(const json_t *article)
{
	const json_t *v;
	size_t i, n = 0;
	json_array_foreach(json_object_get(article, "statements"), i, v) n +=
		!json_is_true(json_object_get(v, "nested"));
	return n;
}

static void acknowledge(const struct client *c, int number, const struct reply *r)
{
	json_t *j = body_of(r);
	ck_assert_ptr_nonnull(j);
	int at = atomic_fetch_add(&bed.acknowledged, 1);
	ck_assert_int_lt(at, POSTS_MAX);
	bed.v[at] = (struct acknowledged){json_integer_value(json_object_get(j, "id")), number,
					  c->number};
	ck_assert_int_gt(bed.v[at].id, 0);
	atomic_fetch_add(&bed.statements, (long long)count_statements(j));
	json_decref(j);
}

/* Until it is answered: with 201, or 200 where it was stored before an answer that was lost. */
static void post(struct client *c, int number)
{
	char body[512], request[1024];
	int n = snprintf(body, sizeof body,
			 "{\"published_at\":\"2024-04-26\",\"text\":\"“The levy of article %d by "
			 "client %d must go,” Wang Yi said.\"}",
			 number, c->number);
	n = snprintf(request, sizeof request,
		     "POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
		     "Content-Length: %d\r\nConnection: close\r\n\r\n%s",
		     n, body);
	for (int status = 0; status != 200 && status != 201;) {
		struct reply r = ask(some_port(c), "POST", (struct str){request, (size_t)n});
		status = r.is_cut ? 0 : r.status;
		if (status == 200 || status == 201)
			acknowledge(c, number, &r);
		else
			atomic_fetch_add(&bed.refused, 1);
		reply_release(&r);
	}
}

/* An answer that a copy keeps must not outlive a commit of another. */
static void count(struct client *c)
{
	static const struct str request =
		STR_INIT("GET /v1/stats HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
	long long before = atomic_load(&bed.statements);
	struct reply r = ask(some_port(c), "GET", request);
	json_t *j = r.status == 200 && !r.is_cut ? body_of(&r) : NULL;
	if (j) {
		long long total = json_integer_value(json_object_get(j, "total"));
		ck_assert_msg(total >= before, "a copy counts %lld statements of %lld", total,
			      before);
		atomic_fetch_add(&bed.asked, 1);
	}
	json_decref(j);
	reply_release(&r);
}

static void *run_client(void *p)
{
	struct client *c = p;
	for (int i = 0; !atomic_load(&bed.is_over); i++) {
		post(c, i);
		count(c);
	}
	return NULL;
}

/* --- faults --- */

static void kill_one_that_follows(void)
{
	int i = (leader() + 1) % COPIES;
	kill_copy(i);
	start_copy(i);
}

static void kill_leader(void)
{
	int i = leader();
	kill_copy(i);
	sleep_ms(BETWEEN_MS);
	start_copy(i);
}

/* Its port is left out meanwhile: it takes connections and answers nobody. */
static void hold_up_leader(void)
{
	int i = leader(), port = atomic_exchange(&bed.ports[i], 0);
	kill(bed.copies[i].pid, SIGSTOP);
	sleep_ms(HELD_UP_MS);
	kill(bed.copies[i].pid, SIGCONT);
	atomic_store(&bed.ports[i], port);
}

static void promote_standby(void)
{
	ck_assert_int_eq(system(getenv("DEMARCHE_PROMOTE")), 0); /* NOLINT(cert-env33-c) */
}

struct fault {
	const char *name;
	void (*run)(void);
};
static const struct fault promotion = {"the server is killed, its standby promoted",
				       promote_standby};
static const struct fault faults[] = {
	{"a copy that follows is killed", kill_one_that_follows},
	{"the copy that writes is killed", kill_leader},
	{"the copy that writes is held up", hold_up_leader},
	{"all connections are ended", end_connections},
};
enum { FAULTS = sizeof faults / sizeof faults[0] };

struct gap {
	atomic_bool is_over;
	int64_t longest_ns;
};

/* The longest time without an article acknowledged. */
static void *watch_gap(void *p)
{
	struct gap *g = p;
	int seen = atomic_load(&bed.acknowledged);
	int64_t since = now_monotonic_ns();
	while (!atomic_load(&g->is_over)) {
		sleep_ms(2);
		int now = atomic_load(&bed.acknowledged);
		int64_t ns = now_monotonic_ns();
		if (ns - since > g->longest_ns)
			g->longest_ns = ns - since;
		if (now == seen)
			continue;
		seen = now;
		since = ns;
	}
	return NULL;
}

static void await_posts(int n)
{
	int want = atomic_load(&bed.acknowledged) + n;
	for (int ms = 0; atomic_load(&bed.acknowledged) < want; ms += 10) {
		ck_assert_msg(ms < GAP_MS_MAX, "no article is taken any more");
		sleep_ms(10);
	}
}

static void run_fault(const struct fault *fault)
{
	struct gap g = {0};
	pthread_t thread;
	await_posts(CLIENTS);
	ck_assert_int_eq(pthread_create(&thread, NULL, watch_gap, &g), 0);
	fault->run();
	await_posts(3 * CLIENTS);
	sleep_ms(BETWEEN_MS);
	atomic_store(&g.is_over, true);
	pthread_join(thread, NULL);
	printf("%s: no article was taken for %.1f s\n", fault->name, (double)g.longest_ns / 1e9);
}

/* --- in the end --- */

static void are_all_there(void)
{
	struct store_options o = fixture_options(&bed.f);
	struct store *s = store_open_reading(&o, &bed.f.e);
	ck_assert_msg(s != NULL, "%s", bed.f.e.message);
	bed.f.store = s;
	int n = atomic_load(&bed.acknowledged);
	for (int i = 0; i < n; i++) {
		struct article a = fixture_article(&bed.f, bed.v[i].id);
		char want[96];
		snprintf(want, sizeof want, "article %d by client %d ", bed.v[i].number,
			 bed.v[i].client);
		ck_assert_msg(memmem(a.text.p, a.text.n, want, strlen(want)) != NULL,
			      "%lld is not \"%s\"", bed.v[i].id, want);
	}
	struct reader *r = fixture_reader(&bed.f);
	struct arena a;
	struct article_list list;
	int64_t next = 0;
	int stored = 0;
	arena_init(&a, (size_t)1 << 30);
	do {
		struct article_query q = {.published_after = DAY_NONE,
					  .published_before = DAY_NONE,
					  .limit = 1000,
					  .after = next};
		assert_ok(store_articles(r, &q, &a, &list, &next, &bed.f.e), bed.f.e);
		stored += (int)list.n;
	} while (next);
	reader_return(r);
	arena_release(&a);
	ck_assert_int_eq(stored, n); /* whoever posts goes on until it is answered: each once */
}

START_TEST(copies__faults_of_all_kinds__every_acknowledged_article_is_there_once)
{
	struct client clients[CLIENTS];
	const char *given = getenv("FAILOVER_ROUNDS");
	int rounds = given ? (int)strtol(given, NULL, 10) : 1;
	fixture_make(&bed.f);
	snprintf(bed.log, sizeof bed.log, "/tmp/demarche-failover-%d.log", (int)getpid());
	for (int i = 0; i < COPIES; i++)
		start_copy(i);
	for (int i = 0; i < CLIENTS; i++) {
		clients[i] = (struct client){.number = i, .dice = (unsigned)i + 1};
		ck_assert_int_eq(pthread_create(&clients[i].thread, NULL, run_client, &clients[i]),
				 0);
	}
	for (int i = 0; i < rounds * FAULTS; i++)
		run_fault(&faults[i % FAULTS]);
	if (getenv("DEMARCHE_PROMOTE"))
		run_fault(&promotion);
	atomic_store(&bed.is_over, true);
	for (int i = 0; i < CLIENTS; i++)
		pthread_join(clients[i].thread, NULL);
	for (int i = 0; i < COPIES; i++)
		ck_assert_int_eq(process_stop(&bed.copies[i]), 0);
	printf("%d articles acknowledged, %d tries refused or lost, %d counts compared\n",
	       atomic_load(&bed.acknowledged), atomic_load(&bed.refused), atomic_load(&bed.asked));
	are_all_there();
	fixture_check(&bed.f);
	fixture_close(&bed.f);
	unlink(bed.log);
}
END_TEST

UNIT_MAIN("failover", copies__faults_of_all_kinds__every_acknowledged_article_is_there_once)
