/* Servers under load in turns. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/bench.h"

enum { START_MS = 30000 };

int bench_serve(const struct bench *b, struct process *p, const char *database, const char *option,
		struct err *e)
{
	char listen[32];
	int port = process_free_port();
	snprintf(listen, sizeof listen, "127.0.0.1:%d", port);
	const char *argv[] = {b->program, "serve",  "--listen", listen,
			      "--db",	  database, option,	NULL};
	return process_start(p, argv, port, b->log, START_MS, e);
}

int bench_serve_bare(const struct bench *b, struct process *p, struct err *e)
{
	char number[16];
	int port = process_free_port();
	snprintf(number, sizeof number, "%d", port);
	const char *argv[] = {b->bare, number, NULL};
	return process_start(p, argv, port, b->log, START_MS, e);
}

static int turn(struct side *s, double seconds, struct err *e)
{
	struct load_result r;
	double cpu = process_cpu_s(&s->process);
	s->load.seconds = seconds;
	s->load.port = s->process.port;
	int rc = load_run(&s->load, &r, e);
	s->answers += r.answers;
	s->failures += r.failures;
	s->seconds += r.seconds;
	s->cpu_s += process_cpu_s(&s->process) - cpu;
	load_result_release(&r);
	return rc;
}

int bench_rounds(const struct bench *b, struct side *sides, int n, struct err *e)
{
	for (int i = 0; i < n; i++) {
		struct side warm = sides[i];
		if (turn(&warm, b->seconds / 4, e))
			return -1;
	}
	for (int round = 0; round < b->rounds; round++) {
		for (int i = 0; i < n; i++) {
			if (turn(&sides[i], b->seconds, e))
				return -1;
		}
	}
	for (int i = 0; i < n; i++) {
		if (sides[i].failures > 0)
			report_note("%llu of %llu requests to port %d failed",
				    (unsigned long long)sides[i].failures,
				    (unsigned long long)(sides[i].failures + sides[i].answers),
				    sides[i].process.port);
	}
	return 0;
}

double side_rate(const struct side *s)
{
	return s->seconds > 0 ? (double)s->answers / s->seconds : 0;
}

double side_cpu_us(const struct side *s)
{
	return s->answers > 0 ? s->cpu_s * 1e6 / (double)s->answers : 0;
}
