/* Counters and histograms, as the text that Prometheus reads. */
#include "server/metrics.h"

#include <stdio.h>

#include "tests/unit/unit.h"

static enum api_result nothing(struct request *rq, struct response *rs, struct err *e)
{
	(void)rq, (void)rs, (void)e;
	return API_DONE;
}

static const struct route rows[] = {
	{METHOD_GET, "/a/{id}", nothing, SCOPE_NONE, NULL, false, NULL},
	{METHOD_POST, "/b", nothing, SCOPE_NONE, NULL, false, NULL},
};
enum { ROW_A, ROW_B, NO_ROW };

static struct router router;
static struct metrics metrics;
static struct buf text;

static void start(void)
{
	router = (struct router){.tables = {{rows, 1}, {rows + 1, 1}}};
	ck_assert_int_eq(metrics_init(&metrics, &router), 0);
	buf_init(&text, 1 << 20);
}

static void finish(void)
{
	buf_release(&text);
	metrics_release(&metrics);
}

/* The value of a sample, by its name with its labels; "" when there is none. */
static struct str sample(const char *name)
{
	struct str rest, line, prefix = str_of(name);
	buf_clear(&text);
	metrics_write(&metrics, &text);
	ck_assert(!text.failed);
	rest = buf_str(&text);
	while (str_split(&rest, '\n', &line))
		if (str_starts(line, prefix) && line.n > prefix.n && line.p[prefix.n] == ' ')
			return str_sub(line, prefix.n + 1, line.n);
	return STR_EMPTY;
}
#define REQUESTS(labels) "demarche_requests_total{" labels "}"
#define A		 "method=\"GET\",route=\"/a/{id}\""
#define DURATION(what)	 "demarche_request_duration_seconds_" what

START_TEST(metrics_count__statuses__are_counted_by_route_and_class)
{
	start();
	metrics_count(&metrics, ROW_A, 200, 0);
	metrics_count(&metrics, ROW_A, 299, 0);
	metrics_count(&metrics, ROW_A, 404, 0);
	metrics_count(&metrics, ROW_B, 599, 0);
	metrics_count(&metrics, NO_ROW, 404, 0);
	assert_str(sample(REQUESTS(A ",status=\"2xx\"")), "2");
	assert_str(sample(REQUESTS(A ",status=\"4xx\"")), "1");
	assert_str(sample(REQUESTS(A ",status=\"5xx\"")), "");
	assert_str(sample(REQUESTS("method=\"POST\",route=\"/b\",status=\"5xx\"")), "1");
	assert_str(sample(REQUESTS("method=\"\",route=\"none\",status=\"4xx\"")), "1");
	finish();
}
END_TEST

START_TEST(metrics_count__without_a_status__counts_as_cut)
{
	start();
	metrics_count(&metrics, ROW_A, 0, 0);
	metrics_count(&metrics, ROW_A, 99, 0);
	metrics_count(&metrics, ROW_A, 600, 0);
	assert_str(sample(REQUESTS(A ",status=\"cut\"")), "3");
	finish();
}
END_TEST

START_TEST(metrics_count__durations__fill_buckets_up_to_their_ends)
{
	start();
	metrics_count(&metrics, ROW_A, 200, 50 * 1000);	       /* 50 us: the end of the first */
	metrics_count(&metrics, ROW_A, 200, 51 * 1000);	       /* in the next */
	metrics_count(&metrics, ROW_A, 200, 2500 * 1000);      /* 2.5 ms */
	metrics_count(&metrics, ROW_A, 500, 6000LL * 1000000); /* 6 s: beyond all of them */
	static const struct {
		const char *name, *value;
	} want[] = {
		{DURATION("bucket{") A ",le=\"5e-05\"}", "1"},
		{DURATION("bucket{") A ",le=\"0.0001\"}", "2"},
		{DURATION("bucket{") A ",le=\"0.001\"}", "2"},
		{DURATION("bucket{") A ",le=\"0.0025\"}", "3"},
		{DURATION("bucket{") A ",le=\"5\"}", "3"},
		{DURATION("bucket{") A ",le=\"+Inf\"}", "4"},
		{DURATION("count{") A "}", "4"},
		{DURATION("sum{") A "}", "6.002601"},
		{DURATION("count{") "method=\"POST\",route=\"/b\"}", ""}, /* nobody asked */
	};
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		assert_str(sample(want[i].name), want[i].value);
	finish();
}
END_TEST

START_TEST(metrics_write__counters__stand_under_their_names)
{
	start();
	atomic_store(&metrics.in_flight, 3);
	atomic_store(&metrics.connections, 5);
	for (int i = 0; i < 7; i++)
		metrics_increment(&metrics.accepted);
	metrics_increment(&metrics.shed);
	metrics_increment(&metrics.withdrawn);
	metrics_increment(&metrics.slow);
	metrics_increment(&metrics.given_up[BUDGET_CPU]);
	static const struct {
		const char *name, *value;
	} want[] = {
		{"demarche_requests_in_flight", "3"},
		{"demarche_connections", "5"},
		{"demarche_connections_total", "7"},
		{"demarche_shed_total", "1"},
		{"demarche_withdrawn_total", "1"},
		{"demarche_slow_clients_total", "1"},
		{"demarche_given_up_total{for=\"cpu\"}", "1"},
		{"demarche_given_up_total{for=\"memory\"}", "0"},
	};
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		assert_str(sample(want[i].name), want[i].value);
	finish();
}
END_TEST

/* The format asks for a name's help and type before its samples. */
START_TEST(metrics_write__every_name__has_help_and_type_before_its_samples)
{
	start();
	metrics_count(&metrics, ROW_A, 200, 1000);
	metrics_count(&metrics, ROW_B, 201, 1000);
	struct str rest, line, word, known = STR_EMPTY;
	buf_clear(&text);
	metrics_write(&metrics, &text);
	rest = buf_str(&text);
	while (str_split(&rest, '\n', &line)) {
		if (str_starts(line, STR("# HELP "))) {
			line = str_sub(line, strlen("# HELP "), line.n);
			ck_assert(str_split(&line, ' ', &known));
			ck_assert_msg(line.n > 0, "no help for %.*s", STR_ARG(known));
		} else if (str_starts(line, STR("# TYPE "))) {
			line = str_sub(line, strlen("# TYPE "), line.n);
			ck_assert(str_split(&line, ' ', &word));
			ck_assert(str_eq(word, known));
		} else if (line.n) {
			ck_assert_msg(str_starts(line, known), "%.*s stands under %.*s",
				      STR_ARG(line), STR_ARG(known));
		}
	}
	finish();
}
END_TEST

UNIT_MAIN("metrics", metrics_count__statuses__are_counted_by_route_and_class,
	  metrics_count__without_a_status__counts_as_cut,
	  metrics_count__durations__fill_buckets_up_to_their_ends,
	  metrics_write__counters__stand_under_their_names,
	  metrics_write__every_name__has_help_and_type_before_its_samples)
