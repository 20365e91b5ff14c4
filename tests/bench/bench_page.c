/* The page that the service exists for: 50 statements by a speaker about an issue, newest first. */
#include <stdio.h>
#include <string.h>

#include "tests/bench/bare_sql.h"
#include "tests/bench/bench.h"
#include "tests/bench/pairs.h"

enum { DEPTH = 100 };

static void make_healthz(void *context, uint64_t i, struct buf *out)
{
	(void)context;
	(void)i;
	load_get(out, "/healthz");
}

static void make_page(void *context, uint64_t i, struct buf *out)
{
	const struct pairs *p = context;
	/* A stride that shares no factor with most counts: neighbors in time are not neighbors in
	 * the index. */
	load_get(out, p->v[i * 7 % (uint64_t)p->n].target);
}

static void make_first(void *context, uint64_t i, struct buf *out)
{
	(void)i;
	load_get(out, ((const struct pair *)context)->target);
}

static void make_deep(void *context, uint64_t i, struct buf *out)
{
	(void)i;
	load_get(out, ((const struct pair *)context)->deep);
}

int bench_page(struct bench *b, struct err *e)
{
	static struct pairs pairs;
	struct side sides[2] = {
		{.load = {.connections = b->connections, .make = make_page, .context = &pairs}},
		{.load = {.connections = b->connections, .make = make_healthz}}};
	struct side *ours = &sides[0], *bare = &sides[1];
	struct bare_pages sql;
	int rc = -1;
	if (bench_serve(b, &ours->process, b->large, NULL, e) ||
	    bench_serve_bare(b, &bare->process, e))
		goto out;
	if (pairs_find(&pairs, &ours->process.port, 1, e) || bench_rounds(b, sides, 2, e))
		goto out;
	if (bare_pages_run(&sql, b->large, &pairs, b->seconds * b->rounds / 2, e))
		goto out;
	report_line(&b->report,
		    "page of 50 by speaker and issue, share of bare libmicrohttpd's rate", AT_LEAST,
		    10, 100 * side_rate(ours) / side_rate(bare), " %",
		    "%.0f and %.0f requests/s over %d connections; %d questions over %d statements",
		    side_rate(ours), side_rate(bare), b->connections, pairs.n, b->statements);
	report_line(&b->report, "the same, CPU a request against the bare prepared SQL", AT_MOST,
		    1.6, side_cpu_us(ours) / sql.cpu_us, " x",
		    "%.0f us a request over HTTP, %.0f us the SQL alone in process, %.1f rows a "
		    "page; %.0f us more would read "
		    "the rows of the issues, %.2f x",
		    side_cpu_us(ours), sql.cpu_us, sql.rows_a_page, sql.issues_cpu_us,
		    side_cpu_us(ours) / (sql.cpu_us + sql.issues_cpu_us));
	rc = 0;
out:
	process_stop(&ours->process);
	process_stop(&bare->process);
	return rc;
}

struct quantiles {
	double p50, p99, rate;
};

/* One client, one request after another: the time of a request without waiting for others. */
static int alone(const struct bench *b, struct load l, int port, struct quantiles *q, struct err *e)
{
	struct load_result r;
	l.port = port;
	l.connections = 1;
	l.seconds = b->seconds;
	int rc = load_run(&l, &r, e);
	*q = (struct quantiles){load_quantile(&r, 0.5), load_quantile(&r, 0.99), load_rate(&r)};
	load_result_release(&r);
	return rc;
}

static double least(double a, double b)
{
	return a == 0 || b < a ? b : a;
}

/* Runs two loads in turns and keeps the least median of each: noise only adds. */
static int compare(const struct bench *b, const struct load *x, int port_x, const struct load *y,
		   int port_y, double *p50_x, double *p50_y, struct err *e)
{
	*p50_x = *p50_y = 0;
	for (int i = 0; i < b->rounds; i++) {
		struct quantiles qx, qy;
		if (alone(b, *x, port_x, &qx, e) || alone(b, *y, port_y, &qy, e))
			return -1;
		*p50_x = least(*p50_x, qx.p50);
		*p50_y = least(*p50_y, qy.p50);
	}
	return 0;
}

static int bench_spread(struct bench *b, struct pairs *pairs, int port, struct err *e)
{
	struct quantiles best = {0};
	for (int i = 0; i < b->rounds; i++) {
		struct quantiles q;
		if (alone(b, (struct load){.make = make_page, .context = pairs}, port, &q, e))
			return -1;
		if (best.p50 == 0 || q.p99 / q.p50 < best.p99 / best.p50)
			best = q;
	}
	report_line(&b->report, "page of 50, one client: p99 against p50", AT_MOST, 5,
		    best.p99 / best.p50, " x",
		    "p50 %.0f us, p99 %.0f us, the steadiest of %d rounds", best.p50, best.p99,
		    b->rounds);
	return 0;
}

int bench_latency(struct bench *b, struct err *e)
{
	static struct pairs pairs;
	struct process large = {0}, small = {0};
	double x, y;
	int rc = -1;
	if (bench_serve(b, &large, b->large, NULL, e) || bench_serve(b, &small, b->small, NULL, e))
		goto out;
	if (pairs_find(&pairs, (int[]){small.port, large.port}, 2, e) ||
	    bench_spread(b, &pairs, large.port, e))
		goto out;
	struct load page = {.make = make_page, .context = &pairs};
	if (compare(b, &page, large.port, &page, small.port, &x, &y, e))
		goto out;
	report_line(&b->report, "page of 50, ten times the rows", AT_MOST, 1.5, x / y, " x",
		    "p50 %.0f us over %d statements, %.0f us over %d, the same %d questions", x,
		    b->statements, y, b->statements / 10, pairs.n);
	struct pair *deepest = &pairs.v[0];
	if (pair_deepen(deepest, large.port, DEPTH, e))
		goto out;
	if (compare(b, &(struct load){.make = make_deep, .context = deepest}, large.port,
		    &(struct load){.make = make_first, .context = deepest}, large.port, &x, &y, e))
		goto out;
	report_line(&b->report, "a page deep in the list against the first", AT_MOST, 2, x / y,
		    " x", "p50 %.0f us after %d pages, %.0f us the first", x, deepest->depth, y);
	rc = 0;
out:
	process_stop(&large);
	process_stop(&small);
	return rc;
}
