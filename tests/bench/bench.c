/* `make bench`: the service's speed and size as ratios to their bare counterparts, measured in one
 * run on one machine. README.md beside says how to read what it prints. Settings come from the
 * environment. */
#include <ftw.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/date.h"
#include "tests/bench/bench.h"

static double setting(const char *name, double fallback)
{
	const char *value = getenv(name);
	return value && *value ? strtod(value, NULL) : fallback;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st, (void)kind, (void)at;
	return remove(path);
}

/* The programs lie beside this one: build/KIND/tests/bench/bench. */
static void find_programs(struct bench *b)
{
	char self[3500];
	const char *given = getenv("DEMARCHE_BIN");
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	self[n > 0 ? n : 0] = '\0';
	char *folder = dirname(self);
	snprintf(b->bare, sizeof b->bare, "%s/bare_mhd", folder);
	folder = dirname(dirname(folder));
	if (given && *given)
		snprintf(b->program, sizeof b->program, "%s", given);
	else
		snprintf(b->program, sizeof b->program, "%s/demarche", folder);
}

static int prepare(struct bench *b, struct err *e)
{
	const char *where = getenv("TMPDIR"), *kept = getenv("BENCH_FOLDER");
	find_programs(b);
	b->statements = (int)setting("BENCH_STATEMENTS", 1000000);
	b->connections = (int)setting("BENCH_CONNECTIONS", 64);
	b->seconds = setting("BENCH_SECONDS", 1.5);
	b->rounds = (int)setting("BENCH_ROUNDS", 5);
	if (b->statements < 10000 || b->connections < 1 || b->seconds <= 0 || b->rounds < 1)
		return err_set(e, ERR_INPUT, NULL,
			       "BENCH_STATEMENTS >= 10000, BENCH_CONNECTIONS, BENCH_SECONDS, "
			       "BENCH_ROUNDS > 0");
	snprintf(b->folder, sizeof b->folder, "%s/demarche-bench-XXXXXX",
		 where && *where ? where : "/tmp");
	if (kept && *kept)
		snprintf(b->folder, sizeof b->folder, "%s", kept);
	else if (!mkdtemp(b->folder))
		return err_set(e, ERR_INTERNAL, NULL, "cannot make a folder \"%s\"", b->folder);
	snprintf(b->log, sizeof b->log, "%s/log", b->folder);
	snprintf(b->large, sizeof b->large, "%s/large.db", b->folder);
	snprintf(b->small, sizeof b->small, "%s/small.db", b->folder);
	return 0;
}

static void say_machine(const struct bench *b)
{
	struct utsname u;
	uname(&u);
	report_note("%s %s %s, %ld cores; %d statements in the large database, %d in the small; "
		    "the load comes from the same "
		    "machine",
		    u.sysname, u.release, u.machine, sysconf(_SC_NPROCESSORS_ONLN), b->statements,
		    b->statements / 10);
}

static int run_parts(struct bench *b, struct err *e)
{
	static const struct {
		const char *name;
		int (*run)(struct bench *, struct err *);
	} parts[] = {
		{"fill", bench_fill},	    {"extract", bench_extract},
		{"kernels", bench_kernels}, {"steps", bench_steps},
		{"healthz", bench_healthz}, {"page", bench_page},
		{"latency", bench_latency}, {"questions", bench_questions},
		{"scans", bench_scans},	    {"memory", bench_memory},
		{"ingest", bench_ingest},   {"peers", bench_peers},
	};
	const char *only = getenv("BENCH_ONLY"); /* names of parts; "fill" always runs */
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (i > 0 && only && *only && !strstr(only, parts[i].name))
			continue;
		if (parts[i].run(b, e))
			return -1;
	}
	return 0;
}

int main(void)
{
	static struct bench b;
	struct err e = {0};
	int64_t began = now_monotonic_ns();
	arena_keep_memory(); /* as the program does */
	int rc = prepare(&b, &e);
	if (rc == 0) {
		say_machine(&b);
		report_head();
		rc = run_parts(&b, &e);
	}
	if (rc)
		fprintf(stderr, "bench: %s\n", e.message);
	report_end(&b.report);
	report_note("took %.0f s", (double)(now_monotonic_ns() - began) / 1e9);
	if (*b.folder && !getenv("BENCH_KEEP") && !getenv("BENCH_FOLDER"))
		nftw(b.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return rc ? EXIT_FAILURE : EXIT_SUCCESS;
}
