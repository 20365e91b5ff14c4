/* A database of the benchmark's statements copied onto a server and back by processes that are
 * ended again and again, at moments by chance in all that a copy does: is it the same, and how long
 * does it take? STATEMENTS=N (100000), INTERRUPTIONS=N each way (20), SEED=N. The server's address
 * is in DEMARCHE_POSTGRESQL (tools/with-postgresql), the program in DEMARCHE_BIN. FOLDER=F keeps
 * the files there, and takes a file.db that is there already. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "db/transfer.h"
#include "tests/bench/bench.h"

enum { STEPS = TRANSFER_COMPARISON + 1, LOOK_MS = 5, LATER_MS = 300, STATUS_BUSY = 3 };

/* How many of ten interruptions are in each step. What is compared is compared anew each time. */
static const int of_ten[STEPS] = {
	[TRANSFER_ROWS] = 7, [TRANSFER_INDEXES] = 2, [TRANSFER_COMPARISON] = 1};

/* Of the process that copies, in memory that both see. */
static volatile struct seen {
	int step;
	double share;
	int64_t rows; /* compared */
} * seen;

static void see(void *context, enum transfer_step step, const char *what, int64_t done,
		int64_t total)
{
	(void)context;
	(void)what;
	seen->share = total > 0 ? (double)done / (double)total : 0;
	seen->step = (int)step;
}

static void add_rows(void *context, const char *table, int64_t rows)
{
	(void)context;
	(void)table;
	seen->rows += rows;
}

static void sleep_ms(int ms)
{
	nanosleep(&(struct timespec){ms / 1000, (ms % 1000) * 1000000L}, NULL);
}

static pid_t start(const char *from, const char *to)
{
	const struct transfer_listener l = {see, add_rows, NULL};
	struct err e = {0};
	*seen = (struct seen){0};
	fflush(stdout);
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	int rc = transfer(from, to, &l, &e);
	if (rc && e.kind != ERR_BUSY)
		fprintf(stderr, "%s\n", e.message);
	_exit(!rc ? 0 : e.kind == ERR_BUSY ? STATUS_BUSY : EXIT_FAILURE);
}

struct copying {
	const char *from, *to;
	int interruptions; /* that are asked for */
	int ended[STEPS], busy;
	double seconds;
};

/* 1: the process ended by itself, with *status; 0: that moment has come. */
static int wait_for(pid_t pid, int step, double share, int *status)
{
	while (seen->step < step || (seen->step == step && seen->share < share)) {
		if (waitpid(pid, status, WNOHANG) == pid)
			return 1;
		sleep_ms(LOOK_MS);
	}
	sleep_ms((int)(drand48() * LATER_MS));
	return waitpid(pid, status, WNOHANG) == pid;
}

/* 1: the copy is made; 0: it was interrupted, or has to wait; -1. */
static int copy_until(struct copying *c, int step, double share)
{
	int status = 0, number = 0;
	int64_t began = now_monotonic_ns();
	pid_t pid = start(c->from, c->to);
	if (pid < 0)
		return -1;
	if (!wait_for(pid, step, share, &status)) {
		number = drand48() < 0.5 ? SIGKILL : SIGTERM;
		kill(pid, number);
		waitpid(pid, &status, 0);
	}
	c->seconds += (double)(now_monotonic_ns() - began) / 1e9;
	if (WIFSIGNALED(status) && WTERMSIG(status) == number) {
		c->ended[seen->step]++;
		return 0;
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) == EXIT_FAILURE)
		return -1;
	if (WEXITSTATUS(status) != STATUS_BUSY)
		return 1;
	c->busy++;
	sleep_ms(LATER_MS);
	return 0;
}

static int interrupted(const struct copying *c)
{
	return c->ended[0] + c->ended[1] + c->ended[2];
}

/* A copy that no one ends is one to the moment after all others. */
static int copy(struct copying *c)
{
	for (int made = 0; made == 0;) {
		int at = interrupted(c), step = TRANSFER_ROWS, before = 0;
		for (; step < STEPS && at >= before + c->interruptions * of_ten[step] / 10; step++)
			before += c->interruptions * of_ten[step] / 10;
		int n = step < STEPS ? c->interruptions * of_ten[step] / 10 : 1;
		made = copy_until(c, step,
				  step == TRANSFER_INDEXES ? 0 : (at - before + drand48()) / n);
		if (made)
			return made < 0 ? -1 : 0;
	}
	return 0;
}

static int number_of(const char *name, int otherwise)
{
	const char *asked = getenv(name);
	return asked ? (int)strtol(asked, NULL, 10) : otherwise;
}

static int copy_and_tell(const char *what, const char *from, const char *to, int statements)
{
	struct copying c = {
		.from = from, .to = to, .interruptions = number_of("INTERRUPTIONS", 20)};
	if (copy(&c))
		return -1;
	printf("%s: %d statements in %.0f s, %.0f a second; ended %d times: %d in rows, %d in "
	       "indexes, %d while compared; had to wait %d times; %lld rows, the same\n",
	       what, statements, c.seconds, statements / c.seconds, interrupted(&c),
	       c.ended[TRANSFER_ROWS], c.ended[TRANSFER_INDEXES], c.ended[TRANSFER_COMPARISON],
	       c.busy, (long long)seen->rows);
	return 0;
}

/* `demarche COMMAND --db DB`: what it prints, or the digest of that. */
static int run(const char *command, const char *db, const char *filter, char out[256])
{
	char text[1024];
	snprintf(text, sizeof text, "'%s' %s --db '%s' %s", getenv("DEMARCHE_BIN"), command, db,
		 filter);
	FILE *f = popen(text, "r"); /* NOLINT(cert-env33-c) */
	if (!f || !fgets(out, 256, f))
		*out = '\0';
	return f && pclose(f) == 0 && *out ? 0 : -1;
}

/* By the program itself, and by what it exports. */
static int compare(const char *const databases[3])
{
	char first[256], other[256];
	for (int i = 0; i < 3; i++) {
		int64_t began = now_monotonic_ns();
		if (run("check", databases[i], "", other) ||
		    run("export --format ndjson", databases[i], "| sha256sum", i ? other : first) ||
		    (i && strcmp(first, other) != 0)) {
			fprintf(stderr, "not the same: %s: %s\n", databases[i], other);
			return -1;
		}
		printf("no faults, and the statements exported are the same: %s (%.0f s)\n",
		       databases[i], (double)(now_monotonic_ns() - began) / 1e9);
	}
	return 0;
}

int main(void)
{
	char folder[] = "/tmp/demarche-copy-XXXXXX", file[64], back[64], command[64];
	const char *server = getenv("DEMARCHE_POSTGRESQL"), *kept = getenv("FOLDER");
	int statements = number_of("STATEMENTS", 100000);
	struct err e = {0};
	if (!server || !getenv("DEMARCHE_BIN") || (!kept && !mkdtemp(folder))) {
		fprintf(stderr, "make check-copy runs this\n");
		return EXIT_FAILURE;
	}
	seen = mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	setvbuf(stdout, NULL, _IOLBF, 0);
	srand48(number_of("SEED", 1));
	snprintf(file, sizeof file, "%s/file.db", kept ? kept : folder);
	snprintf(back, sizeof back, "%s/back.db", kept ? kept : folder);
	int rc = seen == MAP_FAILED ||
		 (access(file, F_OK) && bench_fill_file(file, statements, &e)) ||
		 copy_and_tell("onto the server", file, server, statements) ||
		 copy_and_tell("back", server, back, statements) ||
		 compare((const char *const[]){file, server, back});
	if (e.kind)
		fprintf(stderr, "%s\n", e.message);
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	if (!kept && system(command) != 0) /* NOLINT(cert-env33-c) */
		rc = -1;
	return rc ? EXIT_FAILURE : EXIT_SUCCESS;
}
