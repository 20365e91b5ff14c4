/* The trivial endpoint against libmicrohttpd with nothing around it. */
#include "tests/bench/bench.h"

static void make_healthz(void *context, uint64_t i, struct buf *out)
{
	(void)context;
	(void)i;
	load_get(out, "/healthz");
}

int bench_healthz(struct bench *b, struct err *e)
{
	struct side sides[2] = {{.load = {.connections = b->connections, .make = make_healthz}},
				{.load = {.connections = b->connections, .make = make_healthz}}};
	struct side *ours = &sides[0], *bare = &sides[1];
	int rc = -1;
	if (bench_serve(b, &ours->process, b->small, NULL, e) ||
	    bench_serve_bare(b, &bare->process, e))
		goto out;
	if (bench_rounds(b, sides, 2, e))
		goto out;
	report_line(&b->report, "/healthz, share of bare libmicrohttpd's rate", AT_LEAST, 80,
		    100 * side_rate(ours) / side_rate(bare), " %",
		    "%.0f and %.0f requests/s over %d connections; CPU a request %.1f and %.1f us",
		    side_rate(ours), side_rate(bare), b->connections, side_cpu_us(ours),
		    side_cpu_us(bare));
	rc = 0;
out:
	process_stop(&ours->process);
	process_stop(&bare->process);
	return rc;
}
