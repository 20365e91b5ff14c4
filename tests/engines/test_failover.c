/* Three copies of the service and a worker on one server (DEMARCHE_POSTGRESQL,
 * tools/with-postgresql), clients that store and ask (mixed_load.h), and faults. Every acknowledged
 * article is there once, no answer says anything else than what was acknowledged, and the check
 * finds no fault: tallies are those of the rows.
 *
 * FAILOVER_ROUNDS and FAILOVER_S: so many rounds of faults (1), and until so many seconds have
 * gone. Where there is a standby (POSTGRESQL_STANDBY=on) it is killed and made anew, and the server
 * is killed, the standby promoted, and the killed one made its standby; where there is a pooler
 * (tools/with-pgbouncer) that is killed, too. FAILOVER_SHORT=on leaves out what takes long. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "tests/bench/process.h"
#include "tests/engines/connections.h"
#include "tests/engines/mixed_load.h"
#include "tests/http/client.h"

enum {
	BETWEEN_MS = 1500, /* faults */
	HELD_UP_MS = 14000,
	GAP_MS_MAX = 60000, /* a failing test alone */
	ROUNDS_MAX = 1000,
};

static struct {
	struct fixture f;
	struct process copies[LOAD_COPIES], worker;
	char log[64];
	struct load load;
} bed;

static void sleep_ms(int ms)
{
	usleep((useconds_t)ms * 1000);
}

/* --- processes --- */

/* Without waiting until it serves; its port. */
static int begin_copy(int i)
{
	struct err e = {0};
	char listen[32];
	int port = process_free_port();
	snprintf(listen, sizeof listen, "127.0.0.1:%d", port);
	const char *argv[] = {program_path(), "serve",		 "--listen", listen, "--db",
			      bed.f.path,     "--read-deadline", "60s",	     NULL};
	assert_ok(process_start(&bed.copies[i], argv, 0, bed.log, 0, &e), e);
	return port;
}

static void await_copy(int i, int port)
{
	int fd;
	for (int ms = 0; (fd = conn_try_open(port)) < 0; ms += 10) {
		ck_assert_msg(waitpid(bed.copies[i].pid, NULL, WNOHANG) == 0, "a copy ended: %s",
			      bed.log);
		ck_assert_int_lt(ms, WAIT_MS);
		sleep_ms(10);
	}
	conn_close(fd);
	atomic_store(&bed.load.ports[i], port);
}

static void start_copy(int i)
{
	await_copy(i, begin_copy(i));
}

static void kill_copy(int i)
{
	atomic_store(&bed.load.ports[i], 0);
	process_kill(&bed.copies[i]);
}

static void start_worker(void)
{
	struct err e = {0};
	const char *argv[] = {program_path(), "work",	      "--db", bed.f.path, "--lease",
			      "2s",	      "--extractors", "1",    NULL};
	assert_ok(process_start(&bed.worker, argv, 0, bed.log, 0, &e), e);
}

/* The copy that writes; waits until one does. */
static int leader(void)
{
	for (int ms = 0; ms < GAP_MS_MAX; ms += 10) {
		long pid = strtol(store_holder(bed.f.path).pid, NULL, 10);
		for (int i = 0; i < LOAD_COPIES; i++)
			if (pid && bed.copies[i].pid == pid)
				return i;
		sleep_ms(10);
	}
	ck_abort_msg("nobody writes");
}

/* --- faults --- */

static void kill_one_that_follows(void)
{
	int i = (leader() + 1) % LOAD_COPIES;
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
	int i = leader(), port = atomic_exchange(&bed.load.ports[i], 0);
	kill(bed.copies[i].pid, SIGSTOP);
	sleep_ms(HELD_UP_MS);
	kill(bed.copies[i].pid, SIGCONT);
	atomic_store(&bed.load.ports[i], port);
}

static void kill_worker(void)
{
	process_kill(&bed.worker);
	start_worker();
}

static void run_command(const char *variable)
{
	ck_assert_int_eq(system(getenv(variable)), 0); /* NOLINT(cert-env33-c) */
}

static void restart_pooler(void)
{
	run_command("DEMARCHE_RESTART_POOLER");
}

/* Nothing is acknowledged until it is back. */
static void drop_standby(void)
{
	run_command("DEMARCHE_DROP");
	sleep_ms(BETWEEN_MS);
	run_command("DEMARCHE_REJOIN");
}

static void promote_standby(void)
{
	run_command("DEMARCHE_PROMOTE");
}

static void rejoin(void)
{
	run_command("DEMARCHE_REJOIN");
}

static const struct fault {
	const char *name;
	void (*run)(void);
	const char *needs, *unless; /* variables of the environment */
	void (*mend)(void);	    /* afterwards */
} faults[] = {
	{"a copy that follows is killed", kill_one_that_follows, NULL, NULL, NULL},
	{"the copy that writes is killed", kill_leader, NULL, NULL, NULL},
	{"the copy that writes is held up", hold_up_leader, NULL, "FAILOVER_SHORT", NULL},
	{"all connections are ended", end_connections, NULL, NULL, NULL},
	{"the worker is killed", kill_worker, NULL, NULL, NULL},
	{"the pooler is killed, and started a second later", restart_pooler,
	 "DEMARCHE_RESTART_POOLER", NULL, NULL},
	{"the standby is killed, and made anew", drop_standby, "DEMARCHE_DROP", "FAILOVER_SHORT",
	 NULL},
	{"the server is killed, its standby promoted", promote_standby, "DEMARCHE_PROMOTE", NULL,
	 rejoin},
};
enum { FAULTS = sizeof faults / sizeof faults[0], SIGHTS = 2 };

static bool is_left_out(const struct fault *f)
{
	return (f->needs && !getenv(f->needs)) || (f->unless && getenv(f->unless));
}

/* The longest times without an article stored, corrected or deleted, and without a question
 * answered. */
struct gaps {
	atomic_bool is_over;
	int64_t longest_ns[SIGHTS];
};

static void *watch_gaps(void *p)
{
	struct gaps *g = p;
	atomic_int *const counts[SIGHTS] = {&bed.load.writes, &bed.load.questions};
	int64_t now = now_monotonic_ns(), since[SIGHTS] = {now, now};
	int seen[SIGHTS] = {-1, -1};
	for (; !atomic_load(&g->is_over); sleep_ms(2)) {
		now = now_monotonic_ns();
		for (int i = 0; i < SIGHTS; i++) {
			int count = atomic_load(counts[i]);
			if (now - since[i] > g->longest_ns[i])
				g->longest_ns[i] = now - since[i];
			if (count != seen[i])
				since[i] = now;
			seen[i] = count;
		}
	}
	return NULL;
}

static void await_writes(int n)
{
	int want = atomic_load(&bed.load.writes) + n;
	for (int ms = 0; atomic_load(&bed.load.writes) < want; ms += 10) {
		ck_assert_msg(ms < GAP_MS_MAX, "nothing is stored any more");
		sleep_ms(10);
	}
}

static struct gaps run_fault(const struct fault *fault)
{
	struct gaps g = {0};
	pthread_t thread;
	await_writes(LOAD_CLIENTS);
	ck_assert_int_eq(pthread_create(&thread, NULL, watch_gaps, &g), 0);
	fault->run();
	await_writes(3 * LOAD_CLIENTS);
	sleep_ms(BETWEEN_MS);
	atomic_store(&g.is_over, true);
	pthread_join(thread, NULL);
	if (fault->mend)
		fault->mend();
	return g;
}

/* --- what it took --- */

static int64_t took[FAULTS][SIGHTS][ROUNDS_MAX];

static int by_size(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static void print_gaps(int rounds)
{
	printf("seconds without a write, median and longest; without an answer; of %d rounds\n",
	       rounds);
	for (int i = 0; i < FAULTS; i++) {
		if (is_left_out(&faults[i]))
			continue;
		for (int k = 0; k < SIGHTS; k++) {
			int64_t *v = took[i][k];
			qsort(v, (size_t)rounds, sizeof *v, by_size);
			printf("%5.1f %5.1f  ", (double)v[rounds / 2] / 1e9,
			       (double)v[rounds - 1] / 1e9);
		}
		printf("%s\n", faults[i].name);
	}
}

static void run_round(int round)
{
	for (int i = 0; i < FAULTS; i++) {
		if (is_left_out(&faults[i]))
			continue;
		struct gaps g = run_fault(&faults[i]);
		for (int k = 0; k < SIGHTS; k++)
			took[i][k][round] = g.longest_ns[k];
	}
}

static long number_of(const char *variable, long otherwise)
{
	const char *given = getenv(variable);
	return given ? strtol(given, NULL, 10) : otherwise;
}

START_TEST(copies__faults_of_all_kinds__every_acknowledged_article_is_there_once)
{
	int64_t until = now_monotonic_ns() + number_of("FAILOVER_S", 0) * 1000000000;
	int round = 0, ports[LOAD_COPIES];
	fixture_make(&bed.f);
	snprintf(bed.log, sizeof bed.log, "/tmp/demarche-failover-%d.log", (int)getpid());
	/* At once: one makes the tables. */
	for (int i = 0; i < LOAD_COPIES; i++)
		ports[i] = begin_copy(i);
	for (int i = 0; i < LOAD_COPIES; i++)
		await_copy(i, ports[i]);
	start_worker();
	load_start(&bed.load);
	while (round < number_of("FAILOVER_ROUNDS", 1) || now_monotonic_ns() < until) {
		ck_assert_int_lt(round, ROUNDS_MAX);
		run_round(round++);
	}
	load_stop(&bed.load);
	load_await_later(&bed.load);
	ck_assert_int_eq(process_stop(&bed.worker), 0);
	for (int i = 0; i < LOAD_COPIES; i++)
		ck_assert_int_eq(process_stop(&bed.copies[i]), 0);
	print_gaps(round);
	printf("%d articles acknowledged, %d of them deleted; %d writes and %d questions answered, "
	       "%d refused or lost\n",
	       atomic_load(&bed.load.stored_from), atomic_load(&bed.load.gone),
	       atomic_load(&bed.load.writes), atomic_load(&bed.load.questions),
	       atomic_load(&bed.load.refused));
	load_compare(&bed.load, &bed.f);
	fixture_check(&bed.f);
	fixture_close(&bed.f);
	unlink(bed.log);
}
END_TEST

UNIT_MAIN("failover", copies__faults_of_all_kinds__every_acknowledged_article_is_there_once)
