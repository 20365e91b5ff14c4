/* Counts requests by route and class of status, and their durations. */
#include "server/metrics.h"

#include <stdlib.h>

/* Upper ends in microseconds: from a health probe to the longest read. */
static const int64_t bounds_us[METRICS_BUCKETS] = {
	50,    100,   250,    500,    1000,    2500,	5000,
	10000, 25000, 100000, 250000, 1000000, 5000000, INT64_MAX,
};

int metrics_init(struct metrics *m, const struct router *router)
{
	*m = (struct metrics){.router = router};
	m->routes = calloc(router_count(router) + 1, sizeof *m->routes);
	return m->routes ? 0 : -1;
}

void metrics_release(struct metrics *m)
{
	free(m->routes);
}

#define ADD(counter, n) atomic_fetch_add_explicit(&(counter), n, memory_order_relaxed)
#define READ(counter)	atomic_load_explicit(&(counter), memory_order_relaxed)

void metrics_count(struct metrics *m, size_t route, int status, int64_t duration_ns)
{
	struct route_metrics *r = &m->routes[route];
	int64_t us = duration_ns / 1000;
	int bucket = 0;
	while (us > bounds_us[bucket])
		bucket++;
	ADD(r->by_class[status >= 100 && status < 600 ? status / 100 : 0], 1);
	ADD(r->buckets[bucket], 1);
	ADD(r->total_us, (uint64_t)us);
}

void metrics_value(struct buf *out, const char *name, const char *type, const char *help,
		   double value)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %.15g\n", name, help, name, type, name,
		   value);
}

static void write_label(struct buf *out, const struct router *router, size_t i)
{
	const struct route *row = router_row(router, i);
	buf_printf(out, "method=\"%s\",route=\"%s\"", row ? method_name(row->method) : "",
		   row ? row->path : "none");
}

static void write_requests(struct metrics *m, struct buf *out, size_t n)
{
	buf_add(out, STR("# HELP demarche_requests_total Requests by route and class of status.\n"
			 "# TYPE demarche_requests_total counter\n"));
	for (size_t i = 0; i <= n; i++)
		for (int c = 0; c < METRICS_CLASSES; c++) {
			uint64_t count = READ(m->routes[i].by_class[c]);
			if (count == 0)
				continue;
			buf_add(out, STR("demarche_requests_total{"));
			write_label(out, m->router, i);
			if (c)
				buf_printf(out, ",status=\"%dxx\"} %llu\n", c,
					   (unsigned long long)count);
			else
				buf_printf(out, ",status=\"cut\"} %llu\n",
					   (unsigned long long)count);
		}
}

static void write_durations(struct metrics *m, struct buf *out, size_t n)
{
	static const char name[] = "demarche_request_duration_seconds";
	buf_printf(out,
		   "# HELP %s Time from the first line to the end of the response.\n# TYPE %s "
		   "histogram\n",
		   name, name);
	for (size_t i = 0; i <= n; i++) {
		uint64_t sum = 0;
		uint64_t counts[METRICS_BUCKETS];
		for (int b = 0; b < METRICS_BUCKETS; b++)
			sum += counts[b] = READ(m->routes[i].buckets[b]);
		if (sum == 0)
			continue;
		uint64_t upto = 0;
		for (int b = 0; b < METRICS_BUCKETS; b++) {
			upto += counts[b];
			buf_printf(out, "%s_bucket{", name);
			write_label(out, m->router, i);
			if (b + 1 < METRICS_BUCKETS)
				buf_printf(out, ",le=\"%g\"} %llu\n", (double)bounds_us[b] / 1e6,
					   (unsigned long long)upto);
			else
				buf_printf(out, ",le=\"+Inf\"} %llu\n", (unsigned long long)upto);
		}
		buf_printf(out, "%s_sum{", name);
		write_label(out, m->router, i);
		buf_printf(out, "} %.6f\n%s_count{", (double)READ(m->routes[i].total_us) / 1e6,
			   name);
		write_label(out, m->router, i);
		buf_printf(out, "} %llu\n", (unsigned long long)sum);
	}
}

static void write_given_up(struct metrics *m, struct buf *out)
{
	static const char *const words[] = {[BUDGET_TOKENS] = "tokens",
					    [BUDGET_CPU] = "cpu",
					    [BUDGET_MEMORY] = "memory",
					    [BUDGET_CANCELLED] = "cancelled"};
	buf_add(out, STR("# HELP demarche_given_up_total Work that was begun and given up, by what "
			 "its budget lacked.\n"
			 "# TYPE demarche_given_up_total counter\n"));
	for (size_t i = BUDGET_TOKENS; i <= BUDGET_CANCELLED; i++)
		buf_printf(out, "demarche_given_up_total{for=\"%s\"} %llu\n", words[i],
			   (unsigned long long)READ(m->given_up[i]));
}

void metrics_write(struct metrics *m, struct buf *out)
{
	size_t n = router_count(m->router);
	write_requests(m, out, n);
	write_durations(m, out, n);
	metrics_value(out, "demarche_requests_in_flight", "gauge", "Requests being worked on.",
		      (double)READ(m->in_flight));
	metrics_value(out, "demarche_connections", "gauge", "Open connections.",
		      (double)READ(m->connections));
	metrics_value(out, "demarche_connections_total", "counter", "Connections accepted.",
		      (double)READ(m->accepted));
	metrics_value(out, "demarche_shed_total", "counter",
		      "Requests turned away with 503 before they were begun.",
		      (double)READ(m->shed));
	metrics_value(out, "demarche_withdrawn_total", "counter",
		      "Requests whose time ran out, or whose client went, while they waited for a "
		      "thread.",
		      (double)READ(m->withdrawn));
	metrics_value(out, "demarche_slow_clients_total", "counter",
		      "Connections cut since too little of an answer was taken.",
		      (double)READ(m->slow));
	metrics_value(out, "demarche_at_hand_total", "counter",
		      "Lists of statements that are all kept, made without a worker.",
		      (double)READ(m->at_hand));
	write_given_up(m, out);
}
