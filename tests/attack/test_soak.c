/* Ten minutes of everything at once: posts, batches, deletes, edits of issues, questions, exports
 * and backups, while the service is killed and asked to end in turn. In the end all that was
 * acknowledged is there, all that was deleted is gone, the sums are those of the rows, and in the
 * last part, which one process serves, memory and descriptors do not grow.
 *
 * SOAK_SECONDS (600), TORTURE_SEED. */
#include <dirent.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/date.h"
#include "tests/attack/model.h"
#include "tests/bench/process.h"
#include "tests/http/client.h"
#include "tests/unit/unit.h"

enum {
	WORKERS = 4,
	NUMBERS = 100000000, /* set apart for each worker */
	RESTARTS_EACH_MS = 12000,
	COPIES_EACH_MS = 9000,
	RESTARTED_PERCENT = 55, /* of the time: the rest is one process's */
	WARM_PERCENT = 10,	/* of the rest, before its first minute is looked at */
	MINUTE_MS = 60000,
	SAMPLE_MS = 250,
	GROWTH_PERCENT = 20, /* of anonymous memory, first minute to last */
	GROWTH_KB = 24 << 10,
	GROWTH_DESCRIPTORS = 4,
	JOB_MS = 900000,
};

struct bed {
	char folder[64], db[96], copy[96], listen[32];
	struct child serve;
	struct soak soak;
	struct worker workers[WORKERS], editor;
	struct dice dice;
	int kills, ends, copies;
};

/* What a minute had at its highest, in the middle of its samples. */
struct minute {
	long kb[MINUTE_MS / SAMPLE_MS];
	int n, descriptors;
};

static int soak_seconds(void)
{
	const char *s = getenv("SOAK_SECONDS");
	long n = s && *s ? strtol(s, NULL, 10) : 600;
	return n < 20 ? 20 : (int)n;
}

/* --- the service */

static void start(struct bed *b)
{
	int port = process_free_port();
	snprintf(b->listen, sizeof b->listen, "127.0.0.1:%d", port);
	child_start(&b->serve, b->folder,
		    (const char *[]){"serve", "--listen", b->listen, "--db", b->db, "--log-level",
				     "warn", NULL});
	atomic_store(&b->soak.port, port);
	for (int ms = 0;; ms += 5) {
		struct buf body;
		int status = soak_get(&b->soak, "/readyz", &body);
		buf_release(&body);
		if (status == 200)
			return;
		ck_assert_msg(!child_has_ended(&b->serve) && ms < WAIT_MS,
			      "the service does not start: %s", child_text(&b->serve));
		sleep_ms(5);
	}
}

static void stop(struct bed *b, int signal)
{
	child_signal(&b->serve, signal);
	int status = child_wait(&b->serve);
	ck_assert_msg(signal == SIGKILL || status == 0, "the service ended with status %d: %s",
		      status, child_text(&b->serve));
	unlink(b->serve.output);
}

static void check(const struct bed *b, const char *db)
{
	ck_assert_int_eq(run_program(b->folder, (const char *[]){"check", "--db", db, NULL}), 0);
}

static void restart(struct bed *b)
{
	bool kills = (b->kills + b->ends) % 2 == 0;
	stop(b, kills ? SIGKILL : SIGTERM);
	*(kills ? &b->kills : &b->ends) += 1;
	if (roll(&b->dice, 2))
		check(b, b->db);
	start(b);
}

/* A backup of the running service is sound, and an export goes through. */
static void copy(struct bed *b)
{
	unlink(b->copy);
	ck_assert_int_eq(
		run_program(b->folder, (const char *[]){"backup", "--db", b->db, b->copy, NULL}),
		0);
	check(b, b->copy);
	ck_assert_int_eq(run_program(b->folder, (const char *[]){"export", "--db", b->db,
								 "--format", "ndjson", NULL}),
			 0);
	b->copies++;
}

/* --- memory and descriptors */

static int count_descriptors(pid_t pid)
{
	char path[64];
	int n = 0;
	snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
	DIR *d = opendir(path);
	ck_assert(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

static void sample(const struct bed *b, struct minute *m)
{
	const struct process p = {.pid = b->serve.pid};
	int n = count_descriptors(p.pid);
	if (m->n < MINUTE_MS / SAMPLE_MS)
		m->kb[m->n++] = process_memory_kb(&p, "RssAnon");
	m->descriptors = n > m->descriptors ? n : m->descriptors;
}

static int compare_long(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;
	return (x > y) - (x < y);
}

static long median_kb(struct minute *m)
{
	ck_assert_int_gt(m->n, 0);
	qsort(m->kb, (size_t)m->n, sizeof *m->kb, compare_long);
	return m->kb[m->n / 2];
}

/* --- the time */

static void start_workers(struct bed *b)
{
	for (int i = 0; i < WORKERS; i++) {
		struct worker *w = &b->workers[i];
		*w = (struct worker){.soak = &b->soak, .next = (uint64_t)(i + 1) * NUMBERS};
		w->dice.x = torture_seed() * 100 + (uint64_t)i;
		ck_assert_int_eq(pthread_create(&w->thread, NULL, worker_main, w), 0);
	}
	b->editor = (struct worker){.soak = &b->soak, .dice.x = torture_seed() * 100 + WORKERS};
	ck_assert_int_eq(pthread_create(&b->editor.thread, NULL, editor_main, &b->editor), 0);
}

static void stop_workers(struct bed *b)
{
	atomic_store(&b->soak.stops, true);
	for (int i = 0; i < WORKERS; i++)
		pthread_join(b->workers[i].thread, NULL);
	pthread_join(b->editor.thread, NULL);
}

static int64_t now_ms(void)
{
	return now_monotonic_ns() / 1000000;
}

/* Copies and, until `restarts_until`, kills and restarts; then the minutes at both ends of what is
 * left. */
static void run(struct bed *b, int64_t began, int64_t restarts_until, int64_t until,
		struct minute *first, struct minute *last)
{
	int64_t next_copy = began + COPIES_EACH_MS, next_restart = began + RESTARTS_EACH_MS;
	int64_t warm = restarts_until + (until - restarts_until) * WARM_PERCENT / 100,
		left = until - warm;
	int64_t minute = left / 2 < MINUTE_MS ? left / 2 : MINUTE_MS;
	for (int64_t now; (now = now_ms()) < until; sleep_ms(SAMPLE_MS)) {
		if (now >= warm && now < warm + minute)
			sample(b, first);
		if (now >= until - minute)
			sample(b, last);
		if (now >= next_copy) {
			copy(b);
			next_copy = now_ms() + COPIES_EACH_MS;
		}
		if (now >= next_restart && now < restarts_until) {
			restart(b);
			next_restart = now_ms() + RESTARTS_EACH_MS / 2 +
				       (int64_t)roll(&b->dice, RESTARTS_EACH_MS);
		}
		ck_assert_msg(!child_has_ended(&b->serve), "the service ended: %s",
			      child_text(&b->serve));
	}
}

/* --- the sums */

static json_t *get(const struct bed *b, const char *target)
{
	struct buf body;
	ck_assert_int_eq(soak_get(&b->soak, target, &body), 200);
	json_t *j = json_loadb(body.p, body.n, 0, NULL);
	ck_assert(j);
	buf_release(&body);
	return j;
}

static long metric(const struct bed *b, const char *name)
{
	struct buf body;
	ck_assert_int_eq(soak_get(&b->soak, "/metrics", &body), 200);
	long value = (long)metric_value(buf_str(&body), name);
	buf_release(&body);
	return value;
}

static void await_jobs(const struct bed *b)
{
	for (int ms = 0;; ms += 50) {
		json_t *j = get(b, "/v1/jobs"), *job;
		size_t i;
		bool is_done = true;
		json_array_foreach(json_object_get(j, "jobs"), i, job)
		{
			const char *state = json_string_value(json_object_get(job, "state"));
			is_done &= state && strcmp(state, "running") != 0;
		}
		json_decref(j);
		if (is_done)
			return;
		ck_assert_msg(ms < JOB_MS, "the background job does not end");
		sleep_ms(50);
	}
}

/* Every count against the model, and the statements under all positions against their total. */
static void check_sums(const struct bed *b)
{
	long articles = 0, statements = 0, counted = 0;
	for (int i = 0; i < WORKERS; i++) {
		articles += (long)b->workers[i].n_stored;
		statements += (long)worker_statements(&b->workers[i]);
	}
	ck_assert_int_eq(metric(b, "demarche_articles"), articles);
	ck_assert_int_eq(metric(b, "demarche_statements"), statements);
	json_t *stats = get(b, "/v1/stats?by=position"), *group;
	size_t i;
	json_array_foreach(json_object_get(stats, "groups"), i, group) counted +=
		(long)json_integer_value(json_object_get(group, "count"));
	ck_assert_int_eq(counted, json_integer_value(json_object_get(stats, "total")));
	/* Not every statement counts (a quotation within another does not). */
	ck_assert_int_le(counted, statements);
	ck_assert_int_gt(counted, 0);
	json_decref(stats);
	printf("  in the end %ld articles with %ld statements, %ld counted\n", articles, statements,
	       counted);
}

static void settle_and_verify(struct bed *b)
{
	await_jobs(b);
	for (int i = 0; i < WORKERS; i++) {
		worker_settle(&b->workers[i]);
		worker_verify(&b->workers[i]);
	}
	worker_settle(&b->editor);
	worker_verify(&b->editor);
	check_sums(b);
	ck_assert_int_eq(atomic_load(&b->soak.odd), 0);
}

static void tell(const struct bed *b, struct minute *first, struct minute *last)
{
	uint64_t operations = b->editor.operations, posted = 0;
	for (int i = 0; i < WORKERS; i++) {
		operations += b->workers[i].operations;
		posted += b->workers[i].n;
	}
	printf("  %llu operations, %llu articles posted, %llu edits of issues; %d kills, %d ends, "
	       "%d backups and exports\n",
	       (unsigned long long)operations, (unsigned long long)posted,
	       (unsigned long long)b->editor.operations, b->kills, b->ends, b->copies);
	printf("  one process, first minute: %ld MB anonymous, %d descriptors; last: %ld MB, %d\n",
	       median_kb(first) >> 10, first->descriptors, median_kb(last) >> 10,
	       last->descriptors);
}

START_TEST(service_works__for_long_and_killed_meanwhile__as_the_model_has_it)
{
	struct bed *b = calloc(1, sizeof *b);
	struct minute *first = calloc(1, sizeof *first), *last = calloc(1, sizeof *last);
	ck_assert(b && first && last);
	folder_make(b->folder);
	snprintf(b->db, sizeof b->db, "%s/d.db", b->folder);
	snprintf(b->copy, sizeof b->copy, "%s/copy.db", b->folder);
	b->dice.x = torture_seed();
	start(b);
	start_workers(b);
	int64_t began = now_ms(), length = soak_seconds() * 1000LL;
	run(b, began, began + length * RESTARTED_PERCENT / 100, began + length, first, last);
	stop_workers(b);
	tell(b, first, last);
	settle_and_verify(b);
	stop(b, SIGTERM);
	check(b, b->db);
	start(b);
	settle_and_verify(b);
	stop(b, SIGTERM);
	long before = median_kb(first), after = median_kb(last);
	ck_assert_msg(after <= before + before * GROWTH_PERCENT / 100 + GROWTH_KB,
		      "memory grew from %ld to %ld kB", before, after);
	ck_assert_int_le(last->descriptors, first->descriptors + GROWTH_DESCRIPTORS);
	for (int i = 0; i < WORKERS; i++)
		free(b->workers[i].v);
	folder_remove(b->folder);
	free(b);
	free(first);
	free(last);
}
END_TEST

UNIT_MAIN("soak", service_works__for_long_and_killed_meanwhile__as_the_model_has_it)
