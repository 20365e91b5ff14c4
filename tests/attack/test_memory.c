/* Memory under the worst that is allowed: 64 clients post the largest and dearest articles, whole
 * batches, and ask for long answers; the process's anonymous memory stays below --memory, whatever
 * the number of workers. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/date.h"
#include "tests/attack/common.h"
#include "tests/bench/bench.h"
#include "tests/bench/prose.h"
#include "tests/http/client.h"
#include "tests/unit/unit.h"

enum {
	CLIENTS = 64,
	MEMORY_KB = 512 << 10, /* the default of --memory */
	SAMPLE_MS = 20,
	STATEMENTS = 40000,
	ARTICLE_BYTES = 322000,
	PROSE_BYTES = 400000,  /* some 90,000 tokens: nearly as many as an article may have */
	BATCH_BYTES = 7500000, /* nearly --max-body */
	BATCH_ARTICLE = 4000,
	STATUSES = 600,
	KINDS = 6,
};
#define SECONDS 30

struct crowd {
	int port;
	_Atomic bool stops;
	_Atomic uint64_t statuses[STATUSES];
	struct buf batch; /* a request */
};

struct member {
	struct crowd *crowd;
	int index;
	bool is_odd;
	pthread_t thread;
};

static void make_batch(struct buf *out, uint64_t first)
{
	struct buf lines;
	buf_init(&lines, BATCH_BYTES + (1 << 20));
	for (uint64_t i = 0; lines.n < BATCH_BYTES; i++) {
		prose_json(&lines, first + i, BATCH_ARTICLE);
		buf_add_char(&lines, '\n');
	}
	buf_init(out, 64 << 20);
	buf_printf(out,
		   "POST /v1/articles/batch HTTP/1.1\r\nHost: a\r\nContent-Type: "
		   "application/x-ndjson\r\nContent-Length: "
		   "%zu\r\n\r\n",
		   lines.n);
	buf_add(out, buf_str(&lines));
	buf_release(&lines);
}

static void make_request(const struct member *m, struct dice *d, struct buf *out)
{
	struct buf body;
	switch (roll(d, KINDS)) {
	case 0:
		load_get(out, roll(d, 2) ? "/v1/statements?limit=200" : "/v1/articles?limit=200");
		break;
	case 1:
		buf_add(out, buf_str(&m->crowd->batch));
		break;
	case 2:
		buf_init(&body, 8 << 20);
		prose_json(&body, roll(d, UINT32_MAX) + 1000000, PROSE_BYTES);
		load_post(out, roll(d, 2) ? "/v1/extract" : "/v1/articles", buf_str(&body));
		buf_release(&body);
		break;
	default:
		hostile_post(out, roll(d, 2) ? "/v1/extract" : "/v1/articles",
			     hostile_sample[roll(d, hostile_sample_count)], ARTICLE_BYTES,
			     roll(d, UINT64_MAX));
	}
}

static void *member_main(void *arg)
{
	struct member *m = arg;
	struct crowd *c = m->crowd;
	struct dice d = {.x = torture_seed() * 1000 + (uint64_t)m->index};
	struct buf request;
	buf_init(&request, 64 << 20);
	while (!atomic_load(&c->stops)) {
		buf_clear(&request);
		make_request(m, &d, &request);
		int status = load_once(c->port, buf_str(&request), NULL);
		/* -1: no answer within the client's minute, as on a machine too busy to read
		 * articles at all. */
		bool is_fair = status == -1 || status == 200 || status == 201 || status == 413 ||
			       status == 422 || status == 503;
		atomic_fetch_add(&c->statuses[status > 0 && status < STATUSES ? status : 0], 1);
		if (!is_fair) {
			fprintf(stderr, "%.40s...: answered %d\n", request.p, status);
			m->is_odd = true;
		}
		if (status == 503)
			sleep_ms(20);
	}
	buf_release(&request);
	return NULL;
}

static long peak_under_load(struct crowd *c, const struct process *p)
{
	struct member members[CLIENTS];
	long peak = 0;
	for (int i = 0; i < CLIENTS; i++) {
		members[i] = (struct member){.crowd = c, .index = i};
		ck_assert_int_eq(pthread_create(&members[i].thread, NULL, member_main, &members[i]),
				 0);
	}
	for (int64_t end = now_monotonic_ns() + SECONDS * 1000000000LL; now_monotonic_ns() < end;
	     sleep_ms(SAMPLE_MS)) {
		long now = process_memory_kb(p, "RssAnon");
		ck_assert_msg(now > 0, "the service is gone");
		peak = now > peak ? now : peak;
	}
	atomic_store(&c->stops, true);
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(members[i].thread, NULL);
		ck_assert_msg(!members[i].is_odd, "an answer is none of 200, 201, 413, 422, 503");
	}
	return peak;
}

static void run(const char *db, const char *workers)
{
	struct server *s = server_start_on(db, (const char *[]){OWN_LIMITS, "--article-cpu", "5s",
								"--workers", workers, NULL});
	const struct process p = {.pid = server_pid(s), .port = server_port(s)};
	struct crowd *c = calloc(1, sizeof *c);
	ck_assert(c);
	c->port = p.port;
	make_batch(&c->batch, (uint64_t)strtol(workers, NULL, 10) * 100000000u);
	long peak = peak_under_load(c, &p);
	printf("  %s workers: peak %ld MB of anonymous memory; answers:", workers, peak >> 10);
	for (int i = 0; i < STATUSES; i++)
		if (atomic_load(&c->statuses[i]))
			printf(" %llu of %d", (unsigned long long)atomic_load(&c->statuses[i]), i);
	printf("\n");
	ck_assert_msg(peak < MEMORY_KB, "%s workers: %ld kB", workers, peak);
	ck_assert_msg(atomic_load(&c->statuses[200]) > 0, "nothing was answered");
	buf_release(&c->batch);
	free(c);
	server_stop(s);
}

START_TEST(memory_stays__under_the_worst_that_is_allowed__below_its_bound)
{
	static const char *const workers[] = {"2", "8", "16"};
	char folder[64], db[96];
	struct err e = {0};
	folder_make(folder);
	snprintf(db, sizeof db, "%s/d.db", folder);
	assert_ok(bench_fill_file(db, STATEMENTS, &e), e);
	for (size_t i = 0; i < sizeof workers / sizeof *workers; i++)
		run(db, workers[i]);
	folder_remove(folder);
}
END_TEST

UNIT_MAIN("memory", memory_stays__under_the_worst_that_is_allowed__below_its_bound)
