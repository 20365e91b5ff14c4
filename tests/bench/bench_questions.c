/* What a dashboard asks while somebody types and looks: names, facets, a question in words. */
#include <stdio.h>
#include <string.h>

#include "tests/bench/bare_questions.h"
#include "tests/bench/bench.h"

static const struct pair *pair_at(const void *context, uint64_t i)
{
	const struct pairs *p = context;
	return &p->v[i * 7 % (uint64_t)p->n];
}

static void make_suggest(void *context, uint64_t i, struct buf *out)
{
	char target[PAIR_TARGET_MAX];
	snprintf(target, sizeof target, "/v1/suggest?q=%.*s", (int)TYPED_LETTERS,
		 pair_at(context, i)->speaker);
	load_get_with(out, target, FRESH);
}

static void make_facets(void *context, uint64_t i, struct buf *out)
{
	char target[PAIR_TARGET_MAX];
	const struct pair *p = pair_at(context, i);
	snprintf(target, sizeof target, "/v1/facets?speaker=%s&issue=%s", p->speaker, p->issue);
	load_get_with(out, target, FRESH);
}

static void make_all_facets(void *context, uint64_t i, struct buf *out)
{
	(void)context, (void)i;
	load_get_with(out, "/v1/facets", FRESH);
}

/* An id as words: "wang-yi" as "wang+yi". */
static void make_question(void *context, uint64_t i, struct buf *out)
{
	char target[PAIR_TARGET_MAX];
	const struct pair *p = pair_at(context, i);
	int n = snprintf(target, sizeof target, "/v1/query?q=what+did+%s+say+about+%s", p->speaker,
			 p->issue);
	for (char *c = target + strlen("/v1/"); c < target + n; c++)
		if (*c == '-')
			*c = '+';
	load_get_with(out, target, FRESH);
}

static const struct {
	const char *what;
	void (*make)(void *context, uint64_t i, struct buf *out);
	enum bare_question bare;
} kinds[] = {
	{"suggest, three letters", make_suggest, BARE_SUGGEST},
	{"facets of a speaker and an issue", make_facets, BARE_FACETS},
	{"question in words", make_question, BARE_PAGE},
};

static int measure(struct bench *b, size_t kind, int port, struct pairs *pairs, struct err *e)
{
	struct load l = {.port = port,
			 .connections = 1,
			 .seconds = b->seconds,
			 .make = kinds[kind].make,
			 .context = pairs};
	struct load_result r;
	struct bare_times bare;
	if (load_run(&l, &r, e))
		return -1;
	double p50 = load_quantile(&r, 0.5), p99 = load_quantile(&r, 0.99);
	uint64_t failures = r.failures;
	load_result_release(&r);
	if (bare_questions_run(&bare, kinds[kind].bare, b->large, pairs, b->seconds, e))
		return -1;
	if (failures)
		return err_set(e, ERR_INTERNAL, NULL, "%s: %llu answers are none", kinds[kind].what,
			       (unsigned long long)failures);
	char what[120];
	snprintf(what, sizeof what, "%s, p50 against the bare SQL", kinds[kind].what);
	report_line(&b->report, what, JUST_SAID, 0, p50 / bare.p50, " x",
		    "%.0f us over HTTP, one client; %.0f us the SQL in process", p50, bare.p50);
	snprintf(what, sizeof what, "%s, p99 against the bare SQL", kinds[kind].what);
	report_line(&b->report, what, JUST_SAID, 0, p99 / bare.p99, " x",
		    "%.0f us over HTTP, %.0f us the SQL", p99, bare.p99);
	return 0;
}

/* Without conditions: from what is kept. */
static int measure_all(struct bench *b, int port, struct err *e)
{
	struct load l = {
		.port = port, .connections = 1, .seconds = b->seconds, .make = make_all_facets};
	struct load_result r;
	if (load_run(&l, &r, e))
		return -1;
	report_line(&b->report, "facets of all statements, p50", JUST_SAID, 0,
		    load_quantile(&r, 0.5) / 1000, " ms", "p99 %.0f ms; %d statements",
		    load_quantile(&r, 0.99) / 1000, b->statements);
	load_result_release(&r);
	return 0;
}

int bench_questions(struct bench *b, struct err *e)
{
	static struct pairs pairs;
	struct process process = {0};
	int rc = bench_serve(b, &process, b->large, NULL, e) ||
				 pairs_find(&pairs, &process.port, 1, e)
			 ? -1
			 : 0;
	for (size_t i = 0; rc == 0 && i < sizeof kinds / sizeof kinds[0]; i++)
		rc = measure(b, i, process.port, &pairs, e);
	if (rc == 0)
		rc = measure_all(b, process.port, e);
	process_stop(&process);
	return rc;
}
