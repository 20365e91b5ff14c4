/* The page that the service exists for: 50 statements by a speaker about an issue, newest first. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/date.h"
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
	load_get_with(out, ((const struct pair *)context)->target, FRESH);
}

static void make_deep(void *context, uint64_t i, struct buf *out)
{
	(void)i;
	load_get_with(out, ((const struct pair *)context)->deep, FRESH);
}

/* The client has it: the tag of each is whatever it is. */
static void make_known(void *context, uint64_t i, struct buf *out)
{
	const struct pairs *p = context;
	load_get_with(out, p->v[i * 7 % (uint64_t)p->n].target, "If-None-Match: *\r\n");
}

/* Past all that is kept. */
static void make_cold(void *context, uint64_t i, struct buf *out)
{
	const struct pairs *p = context;
	load_get_with(out, p->v[i * 7 % (uint64_t)p->n].target, FRESH);
}

/* A question that was never asked so, in no round before either, of statements that were all shown:
 * of fewer pairs, so that these fit. */
static void make_warm(void *context, uint64_t i, struct buf *out)
{
	enum { PAIRS = 64 };
	const struct pairs *p = context;
	uint64_t n = p->n < PAIRS ? (uint64_t)p->n : PAIRS;
	char headers[80];
	snprintf(headers, sizeof headers, "Accept: application/json, x/%lld;q=0.1\r\n",
		 (long long)now_monotonic_ns());
	load_get_with(out, p->v[i * 7 % n].target, headers);
}

/* Of bare libmicrohttpd: so many bytes. */
static void make_bytes(void *context, uint64_t i, struct buf *out)
{
	char target[24];
	(void)i;
	snprintf(target, sizeof target, "/%zu", *(const size_t *)context);
	load_get(out, target);
}

/* Of the pages of all pairs. */
static int mean_bytes(const struct pairs *p, int port, size_t *bytes, struct err *e)
{
	struct buf request, body;
	buf_init(&request, 1 << 20);
	buf_init(&body, 1 << 30);
	int rc = 0;
	for (int i = 0; i < p->n && rc == 0; i++) {
		buf_clear(&request);
		load_get(&request, p->v[i].target);
		if (load_once(port, buf_str(&request), &body) != 200)
			rc = err_set(e, ERR_INTERNAL, NULL, "no page of \"%s\"", p->v[i].target);
	}
	*bytes = body.n / (size_t)p->n;
	buf_release(&request);
	buf_release(&body);
	return rc;
}

/* Ways to ask for a page, each against the bare rate of the same rounds. */
enum { HOT, KNOWN, WARM, COLD, BARE, AS_LONG, SIDES };

static int report_pages(struct bench *b, const struct side *sides, const struct pairs *pairs,
			struct err *e)
{
	static const struct {
		const char *what;
		double target;
	} lines[] = {
		[HOT] = {"page of 50 that is kept, share of bare libmicrohttpd's rate", 35},
		[KNOWN] = {"the same page to a client that has it (304)", 65},
		[WARM] = {"a list never asked so, of statements that are kept", 20},
		[COLD] = {"page of 50 past all that is kept", 9},
	};
	const struct side *bare = &sides[BARE], *cold = &sides[COLD], *as_long = &sides[AS_LONG];
	struct bare_pages sql;
	for (int i = HOT; i <= COLD; i++)
		report_line(&b->report, lines[i].what, AT_LEAST, lines[i].target,
			    100 * side_rate(&sides[i]) / side_rate(bare), " %",
			    "%.0f and %.0f requests/s over %d connections, %.0f and %.0f us of CPU "
			    "each; %d questions over %d statements",
			    side_rate(&sides[i]), side_rate(bare), b->connections,
			    side_cpu_us(&sides[i]), side_cpu_us(bare), pairs->n, b->statements);
	report_line(&b->report,
		    "the first, share of the rate of bare libmicrohttpd with as many bytes",
		    JUST_SAID, 0, 100 * side_rate(&sides[HOT]) / side_rate(as_long), " %",
		    "%.0f requests/s of %zu bytes, %.0f us of CPU each", side_rate(as_long),
		    *(const size_t *)as_long->load.context, side_cpu_us(as_long));
	if (bare_pages_run(&sql, b->large, pairs, b->seconds * b->rounds / 2, e))
		return -1;
	report_line(&b->report, "the last, CPU a request against the bare prepared SQL", AT_MOST,
		    1.6, side_cpu_us(cold) / sql.cpu_us, " x",
		    "%.0f us a request over HTTP, %.0f us the SQL alone in process, %.1f rows a "
		    "page; %.0f us more would read the rows of the issues, %.2f x",
		    side_cpu_us(cold), sql.cpu_us, sql.rows_a_page, sql.issues_cpu_us,
		    side_cpu_us(cold) / (sql.cpu_us + sql.issues_cpu_us));
	return 0;
}

int bench_page(struct bench *b, struct err *e)
{
	static struct pairs pairs;
	size_t bytes;
	struct side sides[SIDES] = {
		[HOT] = {.load = {.make = make_page, .context = &pairs}},
		[KNOWN] = {.load = {.make = make_known, .context = &pairs}},
		[WARM] = {.load = {.make = make_warm, .context = &pairs}},
		[COLD] = {.load = {.make = make_cold, .context = &pairs}},
		[BARE] = {.load = {.make = make_healthz}},
		[AS_LONG] = {.load = {.make = make_bytes, .context = &bytes}},
	};
	struct process ours = {0}, bare = {0};
	int rc = -1;
	if (bench_serve(b, &ours, b->large, NULL, e) || bench_serve_bare(b, &bare, e) ||
	    pairs_find(&pairs, &ours.port, 1, e) || mean_bytes(&pairs, ours.port, &bytes, e))
		goto out;
	for (int i = 0; i < SIDES; i++) {
		sides[i].load.connections = b->connections;
		sides[i].process = i < BARE ? ours : bare;
	}
	if (bench_rounds(b, sides, SIDES, e) == 0)
		rc = report_pages(b, sides, &pairs, e);
out:
	process_stop(&ours);
	process_stop(&bare);
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
		if (alone(b, (struct load){.make = make_cold, .context = pairs}, port, &q, e))
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
	struct load page = {.make = make_cold, .context = &pairs};
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
