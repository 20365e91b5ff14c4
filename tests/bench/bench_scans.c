/* What is asked of very many statements: the questions of which some walked all of them. Each is
 * asked in its kinds one after another, and what counts is the service's CPU time of each; answers
 * are not kept meanwhile. A loop of always the same work takes turns with each, so that what the
 * machine adds to CPU times is seen. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/date.h"
#include "tests/bench/bench.h"
#include "tests/bench/pairs.h"

enum {
	ASKED_MAX = 200, /* times a question */
	ASKED_LEAST = 20,
	SCALE = 1000000, /* statements for which the bound holds; for more twice of it */
};
static const double bound_ms = 25, startup_bound_ms = 150;

/* What stands for one word in a target: another one each time. */
static const char *const words[] = {"trade",  "talks",	 "border",  "sanctions",
				    "reform", "climate", "tariffs", "security"};
static const char *const countries[] = {"CHN", "USA", "RUS", "GBR", "FRA", "DEU", "JPN", "IND"};

/* %s is the speaker of a pair, %i its issue, %w a word, %c and %d two countries, %n a number. */
static const struct {
	const char *what, *target;
} questions[] = {
	{"text", "/v1/statements?text=%w"},
	{"text, speaker and issue", "/v1/statements?text=%w&speaker=%s&issue=%i"},
	{"outlet and issue", "/v1/statements?outlet=Outlet+%n&issue=%i"},
	{"an outlet that is not there, and issue", "/v1/statements?outlet=Gazette+%n&issue=%i"},
	{"role alone", "/v1/statements?role=foreign+minister"},
	{"a role that nobody has", "/v1/statements?role=astronaut+%n"},
	{"a day after which nothing was said", "/v1/statements?said_after=2031-01-0%n"},
	{"two high confidences", "/v1/statements?min_confidence=0.9%n&min_stance_confidence=0.9%n"},
	{"who opposes an issue", "/v1/query?q=who+opposes+%i"},
	{"an issue by speaker", "/v1/stats?by=speaker&issue=%i"},
	{"an issue by target", "/v1/stats?by=target&issue=%i"},
	{"an issue by country", "/v1/stats?by=country&issue=%i"},
	{"all by target", "/v1/stats?by=target"},
	{"all by country", "/v1/stats?by=country"},
	{"all by country, position and year", "/v1/stats?by=country&by=position&interval=year"},
	{"a text by country", "/v1/stats?by=country&text=%w"},
	{"grid of two countries", "/v1/grid?a=%c&b=%d"},
};
enum { QUESTIONS = sizeof questions / sizeof questions[0] };

static void put_words(struct buf *out, const char *id)
{
	for (; *id; id++)
		buf_add_char(out, *id == '-' ? '+' : *id);
}

/* The target of the i-th time; in a phrase an id is words. */
static void put_target(struct buf *out, const char *text, const struct pairs *p, size_t i)
{
	const struct pair *pair = &p->v[i * 7 % (size_t)p->n];
	bool is_phrase = strstr(text, "?q=") != NULL;
	for (; *text; text++) {
		if (*text != '%') {
			buf_add_char(out, *text);
			continue;
		}
		switch (*++text) {
		case 's':
			buf_add(out, str_of(pair->speaker));
			break;
		case 'i':
			if (is_phrase)
				put_words(out, pair->issue);
			else
				buf_add(out, str_of(pair->issue));
			break;
		case 'w':
			buf_add(out, str_of(words[i % 8]));
			break;
		case 'c':
			buf_add(out, str_of(countries[i % 8]));
			break;
		case 'd':
			buf_add(out, str_of(countries[(i + 1 + i / 8 % 7) % 8]));
			break;
		default:
			buf_printf(out, "%zu", 1 + i % 8);
		}
	}
}

static int by_time(const void *va, const void *vb)
{
	double a = *(const double *)va, b = *(const double *)vb;
	return (a > b) - (a < b);
}

/* Milliseconds of CPU. */
struct cost {
	double p50, p99;
	int n;
	double loop; /* p99 of the loop by its p50 */
};

/* Some milliseconds without memory. */
static double run_loop(void)
{
	enum { STEPS = 2000000 };
	struct timespec from, to;
	volatile uint64_t last = 1;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	uint64_t x = last;
	for (int i = 0; i < STEPS; i++)
		x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	last = x;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	return (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

static void sort(double *v, int n)
{
	qsort(v, (size_t)n, sizeof *v, by_time);
}

/* After as many that warm what the service keeps warm. */
static int measure(const struct bench *b, const struct process *p, const char *text,
		   const struct pairs *pairs, struct cost *out, struct err *e)
{
	static double times[ASKED_MAX], loops[ASKED_MAX];
	struct buf target, request;
	double spent = 0;
	int rc = 0;
	buf_init(&target, 1 << 16);
	buf_init(&request, 1 << 16);
	*out = (struct cost){0};
	for (int i = -8; rc == 0 && i < ASKED_MAX && (i < ASKED_LEAST || spent < b->seconds); i++) {
		buf_clear(&target);
		buf_clear(&request);
		put_target(&target, text, pairs, (size_t)(i + 8));
		buf_add_char(&target, '\0');
		load_get(&request, target.p);
		double before = process_cpu_s(p);
		int status = load_once(p->port, buf_str(&request), NULL);
		double took = process_cpu_s(p) - before;
		if (status != 200)
			rc = err_set(e, ERR_INTERNAL, NULL, "%s: status %d", target.p, status);
		if (i >= 0) {
			times[out->n] = took * 1e3;
			loops[out->n++] = run_loop();
			spent += took;
		}
	}
	if (rc == 0) {
		sort(times, out->n);
		sort(loops, out->n);
		out->p50 = times[out->n / 2];
		out->p99 = times[out->n * 99 / 100];
		out->loop = loops[out->n * 99 / 100] / loops[out->n / 2];
	}
	buf_release(&target);
	buf_release(&request);
	return rc;
}

int bench_scans(struct bench *b, struct err *e)
{
	static struct pairs pairs;
	struct process process = {0};
	const double target = b->statements > SCALE ? 2 * bound_ms : bound_ms;
	int rc = -1;
	int64_t began = now_monotonic_ns();
	if (bench_serve(b, &process, b->large, "--answer-cache=0", e))
		goto out;
	report_line(&b->report, "start on the large database", AT_MOST, startup_bound_ms,
		    (double)(now_monotonic_ns() - began) / 1e6, " ms",
		    "until it accepts; %.0f ms of CPU", process_cpu_s(&process) * 1e3);
	if (pairs_find(&pairs, &process.port, 1, e))
		goto out;
	for (size_t i = 0; i < QUESTIONS; i++) {
		struct cost c;
		if (measure(b, &process, questions[i].target, &pairs, &c, e))
			goto out;
		report_line(&b->report, questions[i].what, AT_MOST, target, c.p99, " ms",
			    "CPU, p99 of %d; p50 %.2f ms; p99 / p50 %.1f, of a loop %.1f; %s", c.n,
			    c.p50, c.p99 / c.p50, c.loop, questions[i].target);
	}
	rc = 0;
out:
	process_stop(&process);
	return rc;
}
