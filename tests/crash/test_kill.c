/* Acknowledged means durable: eight clients post articles, the program is killed with SIGKILL under
 * that load and started again on the same database, six times over. Every article that was answered
 * with 201 is there, whole; none is there in part. */
#include <jansson.h>
#include <libgen.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/bench/load.h"
#include "tests/bench/process.h"
#include "tests/bench/prose.h"
#include "tests/unit/unit.h"

enum {
	ROUNDS = 6,
	CLIENTS = 8,
	LEAST_EACH = 3, /* acknowledged articles of each client before the kill: all are at work */
	LOAD_MS = 250, /* then; a little more each round, so that the kill hits different moments */
	ARTICLE_BYTES = 3000,
	WAIT_MS = 120000,   /* for a start, an end, the first articles: a failing test alone */
	POSTS_MAX = 200000, /* numbers set apart for each client and round */
	PORTS_TRIED = 5,
};

struct acknowledged {
	uint64_t number; /* of the prose */
	int64_t id;
	size_t statements, counted; /* without those that are nested */
};

struct client {
	struct load load;
	struct load_result result;
	uint64_t first;
	struct acknowledged *v;
	size_t n, cap;
	_Atomic size_t n_seen; /* n, for the main thread */
	int odd_status;
	pthread_t thread;
};

struct bed {
	char folder[64], database[96], log[96], listen[32], program[4096];
	int port;
	struct process server;
	struct acknowledged *v;
	size_t n;
	uint64_t pending[CLIENTS]; /* the articles on their way at the last kill */
};

static void sleep_ms(int ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * 1000000},
		  NULL);
}

/* The program beside this test's folder:
 * build/KIND/tests/crash/test_kill -> build/KIND/demarche. */
static void find_program(struct bed *b)
{
	const char *given = getenv("DEMARCHE_BIN");
	char self[4000];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	ck_assert(n > 0);
	self[n] = '\0';
	if (given)
		snprintf(b->program, sizeof b->program, "%s", given);
	else
		snprintf(b->program, sizeof b->program, "%s/demarche",
			 dirname(dirname(dirname(self))));
	ck_assert_msg(access(b->program, X_OK) == 0, "no program at %s", b->program);
}

static void bed_open(struct bed *b)
{
	*b = (struct bed){0};
	find_program(b);
	snprintf(b->folder, sizeof b->folder, "/tmp/demarche-kill-XXXXXX");
	ck_assert(mkdtemp(b->folder));
	snprintf(b->database, sizeof b->database, "%s/kill.db", b->folder);
	snprintf(b->log, sizeof b->log, "%s/log", b->folder);
}

static void bed_close(struct bed *b)
{
	static const char *const files[] = {"kill.db", "kill.db-wal", "kill.db-shm", "log"};
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char path[128];
		snprintf(path, sizeof path, "%s/%s", b->folder, files[i]);
		unlink(path);
	}
	ck_assert(rmdir(b->folder) == 0);
	free(b->v);
}

/* On a port of its own each time: somebody else may have taken the last one, or takes this one
 * before the program does. */
static void start(struct bed *b)
{
	struct err e = {0};
	const char *argv[] = {b->program,  "serve",	      "--listen", b->listen, "--db",
			      b->database, "--read-deadline", "300s",	  NULL};
	int rc = -1;
	for (int i = 0; i < PORTS_TRIED && rc != 0; i++) {
		e = (struct err){0};
		b->port = process_free_port();
		snprintf(b->listen, sizeof b->listen, "127.0.0.1:%d", b->port);
		rc = process_start(&b->server, argv, b->port, b->log, WAIT_MS, &e);
	}
	assert_ok(rc, e);
}

static int run_check(const struct bed *b)
{
	pid_t pid = fork();
	if (pid == 0) {
		execl(b->program, b->program, "check", "--db", b->database, (char *)NULL);
		_exit(127);
	}
	int status = -1;
	waitpid(pid, &status, 0);
	return status;
}

static void make_post(void *context, uint64_t i, struct buf *out)
{
	const struct client *c = context;
	struct buf body;
	buf_init(&body, 1 << 20);
	prose_json(&body, c->first + i, ARTICLE_BYTES);
	load_post(out, "/v1/articles", buf_str(&body));
	buf_release(&body);
}

static void note_answer(void *context, uint64_t i, int status, struct str body)
{
	struct client *c = context;
	if (status != 201) {
		c->odd_status = status;
		return;
	}
	json_t *j = json_loadb(body.p, body.n, 0, NULL);
	const json_t *list = json_object_get(j, "statements"), *v;
	size_t at, counted = 0;
	json_array_foreach(list, at, v) counted += !json_is_true(json_object_get(v, "nested"));
	if (c->n == c->cap) {
		c->cap = c->cap ? 2 * c->cap : 256;
		c->v = realloc(c->v, c->cap * sizeof *c->v);
		if (!c->v)
			abort();
	}
	c->v[c->n++] = (struct acknowledged){
		.number = c->first + i,
		.id = json_integer_value(json_object_get(j, "id")),
		.statements = json_array_size(list),
		.counted = counted,
	};
	atomic_store(&c->n_seen, c->n);
	json_decref(j);
}

static void *client_main(void *p)
{
	struct client *c = p;
	struct err e = {0};
	if (load_run(&c->load, &c->result, &e) != 0)
		c->odd_status = -1;
	return NULL;
}

/* A client that gets something else than 201 stands still: that is told after the join. */
static void await_work(struct client *clients)
{
	for (int i = 0, waited_ms = 0; i < CLIENTS; i++)
		for (; atomic_load(&clients[i].n_seen) < LEAST_EACH && waited_ms < WAIT_MS;
		     waited_ms += 2)
			sleep_ms(2);
}

/* Eight clients at work until the server is dead; what was acknowledged goes to the bed. */
static void load_and_kill(struct bed *b, int round)
{
	struct client clients[CLIENTS] = {0};
	for (int i = 0; i < CLIENTS; i++) {
		struct client *c = &clients[i];
		c->first = (uint64_t)(round * CLIENTS + i) * POSTS_MAX;
		c->load = (struct load){.port = b->port,
					.connections = 1,
					.seconds = 600,
					.requests = POSTS_MAX,
					.make = make_post,
					.answer = note_answer,
					.context = c};
		ck_assert(pthread_create(&c->thread, NULL, client_main, c) == 0);
	}
	await_work(clients);
	sleep_ms(LOAD_MS + 97 * round);
	process_kill(&b->server);
	for (int i = 0; i < CLIENTS; i++) {
		struct client *c = &clients[i];
		pthread_join(c->thread, NULL);
		ck_assert_msg(c->odd_status == 0, "client %d got %d", i, c->odd_status);
		ck_assert_msg(c->result.failures > 0,
			      "client %d saw no connection break: it was not under load", i);
		ck_assert_msg(c->n >= LEAST_EACH,
			      "client %d: only %zu articles in round %d: no load", i, c->n, round);
		b->v = realloc(b->v, (b->n + c->n + 1) * sizeof *b->v);
		ck_assert(b->v);
		b->pending[i] = c->first + c->n;
		if (c->n > 0)
			memcpy(b->v + b->n, c->v, c->n * sizeof *c->v);
		b->n += c->n;
		free(c->v);
		load_result_release(&c->result);
	}
}

static json_t *get(const struct bed *b, const char *target, int want)
{
	struct buf request, body;
	buf_init(&request, 1 << 20);
	buf_init(&body, 64 << 20);
	load_get(&request, target);
	int status = load_once(b->port, buf_str(&request), &body);
	ck_assert_msg(status == want, "GET %s: %d", target, status);
	json_t *j = json_loadb(body.p, body.n, 0, NULL);
	ck_assert_msg(j, "GET %s: not JSON", target);
	buf_release(&request);
	buf_release(&body);
	return j;
}

static void check_whole(const struct bed *b, const struct acknowledged *a)
{
	char target[128];
	struct buf want;
	buf_init(&want, 1 << 20);
	prose_text(&want, a->number, ARTICLE_BYTES);
	snprintf(target, sizeof target, "/v1/articles/%lld", (long long)a->id);
	json_t *article = get(b, target, 200);
	const char *text = json_string_value(json_object_get(article, "text"));
	ck_assert_msg(text && str_eq(str_of(text), buf_str(&want)), "article %lld has another text",
		      (long long)a->id);
	ck_assert_int_eq(json_integer_value(json_object_get(article, "statement_count")),
			 (json_int_t)a->counted);
	json_decref(article);
	buf_release(&want);

	snprintf(target, sizeof target, "/v1/articles/%lld/statements?limit=200", (long long)a->id);
	json_t *page = get(b, target, 200);
	ck_assert_msg(json_array_size(json_object_get(page, "statements")) == a->statements,
		      "article %lld has %zu statements, %zu were acknowledged", (long long)a->id,
		      json_array_size(json_object_get(page, "statements")), a->statements);
	json_decref(page);
}

/* What was on its way at the kill is there or not, but never twice: posting again is answered 201
 * or 200, and 200 the next time. */
static void post_again(const struct bed *b, uint64_t number, int want, int or_want)
{
	struct client c = {.first = number};
	struct buf request;
	buf_init(&request, 1 << 20);
	make_post(&c, 0, &request);
	int status = load_once(b->port, buf_str(&request), NULL);
	ck_assert_msg(status == want || status == or_want, "article %llu posted again: %d",
		      (unsigned long long)number, status);
	buf_release(&request);
}

START_TEST(articles_post__server_killed_under_load__acknowledged_are_whole)
{
	struct bed b;
	bed_open(&b);
	size_t statements = 0;
	for (int round = 0; round < ROUNDS; round++) {
		size_t before = b.n;
		start(&b);
		load_and_kill(&b, round);
		/* Alternately the program and the check are the first to open what
		 * the kill left. */
		if (round % 2)
			ck_assert_int_eq(run_check(&b), 0);
		start(&b);
		for (size_t i = before; i < b.n; i++)
			check_whole(&b, &b.v[i]);
		for (int i = 0; i < CLIENTS; i++) {
			post_again(&b, b.pending[i], 201, 200);
			post_again(&b, b.pending[i], 200, 200);
		}
		ck_assert_int_eq(process_stop(&b.server), 0);
		ck_assert_int_eq(run_check(&b), 0);
	}
	start(&b);
	for (size_t i = 0; i < b.n; i++) {
		check_whole(&b, &b.v[i]);
		statements += b.v[i].statements;
	}
	ck_assert_msg(statements > b.n,
		      "%zu statements in %zu articles: the extractor found next to nothing",
		      statements, b.n);
	ck_assert_int_eq(process_stop(&b.server), 0);
	ck_assert_int_eq(run_check(&b), 0);
	printf("%zu articles with %zu statements acknowledged over %d kills\n", b.n, statements,
	       ROUNDS);
	bed_close(&b);
}
END_TEST

UNIT_MAIN("kill", articles_post__server_killed_under_load__acknowledged_are_whole)
