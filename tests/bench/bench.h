/* What the parts of `make bench` share. Each part measures one thing against its bare counterpart
 * in the same run, in short rounds that take turns, so that what else the machine does falls on
 * both. */
#ifndef DEMARCHE_TESTS_BENCH_BENCH_H
#define DEMARCHE_TESTS_BENCH_BENCH_H

#include "tests/bench/load.h"
#include "tests/bench/process.h"
#include "tests/bench/report.h"

struct bench {
	char program[4096]; /* build/KIND/demarche */
	char bare[4096];    /* build/KIND/tests/bench/bare_mhd */
	char folder[256];   /* for the databases; removed at the end */
	char log[300];
	int statements; /* rows of the large database */
	int connections;
	double seconds; /* of a round */
	int rounds;
	char large[300], small[300]; /* databases: `statements` rows, and a tenth of them */
	double words_a_second;	     /* of the extractor, once measured */
	struct report report;
};

/* A server's side of several rounds. */
struct side {
	struct process process;
	struct load load;
	uint64_t answers, failures;
	double seconds, cpu_s;
};

/* Starts `demarche serve` on a database, with one more option (or NULL). */
int bench_serve(const struct bench *b, struct process *p, const char *database, const char *option,
		struct err *e) MUST_CHECK;
int bench_serve_bare(const struct bench *b, struct process *p, struct err *e) MUST_CHECK;
/* Rounds of load on each side in turn, after a short one that does not count. */
int bench_rounds(const struct bench *b, struct side *sides, int n, struct err *e) MUST_CHECK;
double side_rate(const struct side *s);	  /* answers a second */
double side_cpu_us(const struct side *s); /* CPU time of the server, an answer */

/* The parts. The first makes the databases. */
int bench_fill(struct bench *b, struct err *e) MUST_CHECK;
/* Fills one database, which must not be there yet. */
int bench_fill_file(const char *path, int statements, struct err *e) MUST_CHECK;
int bench_healthz(struct bench *b, struct err *e) MUST_CHECK;
int bench_page(struct bench *b, struct err *e) MUST_CHECK;
int bench_latency(struct bench *b, struct err *e) MUST_CHECK;
int bench_questions(struct bench *b, struct err *e) MUST_CHECK;
int bench_scans(struct bench *b, struct err *e) MUST_CHECK;
int bench_ingest(struct bench *b, struct err *e) MUST_CHECK;
int bench_memory(struct bench *b, struct err *e) MUST_CHECK;
int bench_extract(struct bench *b, struct err *e) MUST_CHECK;
int bench_kernels(struct bench *b, struct err *e) MUST_CHECK;
int bench_steps(struct bench *b, struct err *e) MUST_CHECK;
int bench_peers(struct bench *b, struct err *e) MUST_CHECK;

#endif
