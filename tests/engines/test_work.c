/* Articles that other processes read (db/reading_queue.h, `demarche work`), on a server of
 * DEMARCHE_POSTGRESQL (tools/with-postgresql): none is lent twice at a time, and what workers that
 * are killed again and again hand in is what the service finds by itself, once. */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>

#include "base/clock.h"
#include "base/date.h"
#include "db/packed_extraction.h"
#include "db/reading_queue.h"
#include "tests/conformance/fixture.h"
#include "tests/http/texts.h"

enum {
	ARTICLES = 2000,
	BORROWERS = 4,
	BATCH = 64,
	LONG_MS = 600000,
	KILLS = 8,
	WORKERS = 2,
	WORKER = 7
};

static void pause_ms(int64_t ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

/* --- the queue --- */

static void store_unread(struct fixture *f, int n)
{
	static struct write w[ARTICLES], *refs[ARTICLES];
	ck_assert_int_le(n, ARTICLES);
	for (int i = 0; i < n; i++) {
		w[i] = made_article(arena_printf(&f->arena, "text %d", i), STR("2024-04-26"), NULL,
				    0);
		w[i].edition = WRITE_EDITION_NEVER;
		refs[i] = &w[i];
	}
	assert_ok(store_write_all(f->store, refs, (size_t)n, &f->e), f->e);
}

struct borrower {
	pthread_t thread;
	struct reading_queue *queue;
	struct arena arena;
	int64_t ids[ARTICLES];
	size_t n;
};

static void *borrow_all(void *p)
{
	struct borrower *b = p;
	struct err e = {0};
	struct keys some;
	do {
		assert_ok(reading_queue_lend(b->queue, BATCH, LONG_MS, &b->arena, &some, &e), e);
		ck_assert_uint_le(b->n + some.n, ARTICLES);
		for (size_t i = 0; i < some.n; i++)
			b->ids[b->n++] = some.v[i];
	} while (some.n);
	return NULL;
}

static int by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return *x < *y ? -1 : *x > *y;
}

START_TEST(lend__several_at_once__each_article_to_one)
{
	static struct borrower b[BORROWERS];
	static int64_t all[BORROWERS * ARTICLES];
	struct fixture f;
	struct reading_look look;
	size_t n = 0;
	fixture_open(&f);
	store_unread(&f, ARTICLES);
	for (int i = 0; i < BORROWERS; i++) {
		b[i].queue = reading_queue_open(f.path, WORKER, &f.e);
		ck_assert_ptr_nonnull(b[i].queue);
		arena_init(&b[i].arena, 1 << 24);
	}
	assert_ok(reading_queue_fill(b[0].queue, 1, &f.e), f.e);
	int64_t since = now_monotonic_ns();
	for (int i = 0; i < BORROWERS; i++)
		ck_assert_int_eq(pthread_create(&b[i].thread, NULL, borrow_all, &b[i]), 0);
	for (int i = 0; i < BORROWERS; i++) {
		pthread_join(b[i].thread, NULL);
		memcpy(all + n, b[i].ids, b[i].n * sizeof *all);
		n += b[i].n;
	}
	double seconds = (double)(now_monotonic_ns() - since) / 1e9;
	printf("%zu articles lent in %.3f s: %.0f a second\n", n, seconds, (double)n / seconds);
	ck_assert_uint_eq(n, ARTICLES);
	qsort(all, n, sizeof *all, by_number);
	for (size_t i = 1; i < n; i++)
		ck_assert_int_ne(all[i], all[i - 1]);
	assert_ok(reading_queue_look(b[0].queue, &look, &f.e), f.e);
	ck_assert(look.is_lent && look.waiting == 0);
	for (int i = 0; i < BORROWERS; i++) {
		reading_queue_close(b[i].queue);
		arena_release(&b[i].arena);
	}
	fixture_close(&f);
}
END_TEST

static struct keys lend(struct fixture *f, struct reading_queue *q, int most, int64_t for_ms)
{
	struct keys some;
	assert_ok(reading_queue_lend(q, most, for_ms, &f->arena, &some, &f->e), f->e);
	return some;
}

START_TEST(lend__what_was_given_back_or_not_handed_in_in_time__is_lent_again)
{
	struct fixture f;
	struct reading_look look;
	fixture_open(&f);
	struct reading_queue *q = reading_queue_open(f.path, WORKER, &f.e);
	ck_assert_ptr_nonnull(q);
	store_unread(&f, 3);
	assert_ok(reading_queue_look(q, &look, &f.e), f.e);
	ck_assert(!look.is_lent && look.waiting == 0);
	ck_assert_uint_eq(lend(&f, q, 3, LONG_MS).n, 0); /* it waits, which the next look sees */
	assert_ok(reading_queue_look(q, &look, &f.e), f.e);
	ck_assert(look.is_lent);
	for (int i = 0; i < 2; i++)
		assert_ok(reading_queue_fill(q, 1, &f.e), f.e);
	struct keys first = lend(&f, q, 2, LONG_MS), other = lend(&f, q, 3, 1);
	ck_assert(first.n == 2 && other.n == 1);
	pause_ms(5);
	ck_assert_int_eq(lend(&f, q, 3, LONG_MS).v[0], other.v[0]);
	assert_ok(reading_queue_extend(q, (struct keys){first.v + 1, 1}, 0, &f.e), f.e);
	ck_assert_int_eq(lend(&f, q, 3, LONG_MS).v[0], first.v[1]);
	reading_queue_close(q);
	fixture_close(&f);
}
END_TEST

START_TEST(hand_in__found_twice__is_there_once_until_it_is_dropped)
{
	struct fixture f;
	struct found *found;
	size_t n;
	fixture_open(&f);
	struct reading_queue *q = reading_queue_open(f.path, WORKER, &f.e);
	ck_assert_ptr_nonnull(q);
	store_unread(&f, 2);
	assert_ok(reading_queue_fill(q, 1, &f.e), f.e);
	struct keys lent = lend(&f, q, 2, LONG_MS);
	ck_assert_uint_eq(lent.n, 2);
	const struct found v[] = {{lent.v[0], 1, STR("one")}, {lent.v[1], 1, STR_EMPTY}};
	const struct found newer = {lent.v[0], 2, STR("two")};
	assert_ok(reading_queue_hand_in(q, v, 2, &f.e), f.e);
	assert_ok(reading_queue_hand_in(q, &newer, 1, &f.e), f.e);
	assert_ok(reading_queue_hand_in(q, v, 2, &f.e), f.e);
	assert_ok(reading_queue_fill(q, 1, &f.e), f.e); /* none that was found */
	ck_assert_uint_eq(lend(&f, q, 2, LONG_MS).n, 0);
	assert_ok(reading_queue_found(q, 8, &f.arena, &found, &n, &f.e), f.e);
	ck_assert_uint_eq(n, 2);
	for (size_t i = 0; i < n; i++)
		assert_str(found[i].packed, found[i].article == lent.v[0] ? "two" : "");
	assert_ok(reading_queue_drop(q, v, 2, &f.e), f.e);
	assert_ok(reading_queue_found(q, 8, &f.arena, &found, &n, &f.e), f.e);
	ck_assert(n == 1 && found[0].edition == 2);
	reading_queue_close(q);
	fixture_close(&f);
}
END_TEST

/* As another process counts them. */
static void has_figures(struct fixture *f, const struct reading_figures *want)
{
	struct reading_figures got;
	struct reading_queue *q = reading_queue_open(f->path, 0, &f->e);
	ck_assert_ptr_nonnull(q);
	reading_queue_count(q);
	ck_assert(reading_queue_figures(q, &got));
	reading_queue_close(q);
	ck_assert_int_eq(got.waiting, want->waiting);
	ck_assert_int_eq(got.lent, want->lent);
	ck_assert_int_eq(got.handed_in, want->handed_in);
	ck_assert_int_eq(got.workers, want->workers);
}

START_TEST(figures__a_worker_that_borrows_and_ends__tell_how_it_stands)
{
	struct fixture f;
	fixture_open(&f);
	has_figures(&f, &(struct reading_figures){0});
	struct reading_queue *q = reading_queue_open(f.path, WORKER, &f.e);
	ck_assert_ptr_nonnull(q);
	store_unread(&f, 4);
	ck_assert_uint_eq(lend(&f, q, 1, LONG_MS).n, 0);
	has_figures(&f, &(struct reading_figures){.workers = 1});
	assert_ok(reading_queue_fill(q, 1, &f.e), f.e);
	struct keys lent = lend(&f, q, 3, LONG_MS);
	const struct found one = {lent.v[0], 1, STR("one")};
	assert_ok(reading_queue_hand_in(q, &one, 1, &f.e), f.e);
	has_figures(&f, &(struct reading_figures){1, 2, 1, 1});
	reading_queue_close(q);
	has_figures(&f, &(struct reading_figures){1, 2, 1, 0});
	fixture_close(&f);
}
END_TEST

/* --- workers --- */

struct bed {
	struct fixture f;
	struct server *s;
	char log[64];
	pid_t workers[WORKERS];
};

static void start_worker(struct bed *b, int i)
{
	const char *argv[] = {program_path(), "work", "--db",	     b->f.path, "--lease", "1s",
			      "--extractors", "1",    "--log-level", "info",	NULL};
	b->workers[i] = fork();
	ck_assert_int_ge(b->workers[i], 0);
	if (b->workers[i] > 0)
		return;
	int fd = open(b->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd >= 0 && dup2(fd, STDERR_FILENO) >= 0)
		execv(argv[0], (char *const *)argv);
	_exit(127);
}

static int end_worker(struct bed *b, int i, int signal_number)
{
	int status;
	kill(b->workers[i], signal_number);
	ck_assert_int_eq(waitpid(b->workers[i], &status, 0), b->workers[i]);
	return status;
}

/* What the log has after each `part`, added up. */
static long long sum_of_log(const struct bed *b, const char *part)
{
	char line[2000];
	long long sum = 0;
	FILE *f = fopen(b->log, "r");
	while (f && fgets(line, sizeof line, f)) {
		const char *at = strstr(line, part);
		sum += at ? strtoll(at + strlen(part), NULL, 10) : 0;
	}
	if (f)
		fclose(f);
	return sum;
}

static void await_log(const struct bed *b, const char *part, long long sum)
{
	for (int ms = 0; sum_of_log(b, part) < sum; ms += 20) {
		ck_assert_msg(ms < 2 * WAIT_MS, "no %s in %s", part, b->log);
		pause_ms(20);
	}
}

/* Of which the service has heard. */
static void await_workers(const struct bed *b, long long n)
{
	for (int ms = 0;; ms += 50) {
		json_t *all = json_of(http_get(b->s, "/v1/jobs"), 200);
		const json_t *workers = json_object_get(all, "workers");
		bool are_there = int_at(workers, "heard_of") == n;
		json_decref(all);
		if (are_there)
			break;
		ck_assert_msg(ms < WAIT_MS, "not %lld workers", n);
		pause_ms(50);
	}
	struct reply r = http_get(b->s, "/metrics");
	ck_assert_uint_ne(str_find(r.body, STR("\ndemarche_work_processes "), 0), SIZE_MAX);
	reply_release(&r);
}

static void bed_open(struct bed *b)
{
	*b = (struct bed){0};
	engine_make(&b->f);
	snprintf(b->log, sizeof b->log, "/tmp/demarche-work-%d.log", (int)getpid());
	unlink(b->log);
	b->s = server_start_on(b->f.path, NULL);
}

static void bed_close(struct bed *b)
{
	server_stop(b->s);
	fixture_check(&b->f);
	engine_remove(&b->f);
	unlink(b->log);
}

START_TEST(workers__killed_again_and_again__find_what_the_service_finds)
{
	struct bed b;
	struct texts t = {json_array(), json_array()};
	bed_open(&b);
	for (int i = 0; i < WORKERS; i++)
		start_worker(&b, i);
	await_log(&b, "\"threads\":", WORKERS);
	await_workers(&b, WORKERS);
	texts_add_samples(&t);
	texts_add_sentences(&t);
	texts_post_later(b.s, &t);
	for (int i = 0; i < KILLS; i++) {
		pause_ms(50 + 37 * i);
		end_worker(&b, i % WORKERS, SIGKILL);
		start_worker(&b, i % WORKERS);
	}
	json_decref(await_job(b.s));
	ck_assert_uint_gt(all_fresh(b.s, &t), json_array_size(t.articles));
	/* Of an issue that is new all articles are read again: those who live on see it, too. */
	await_log(&b, "\"threads\":", WORKERS + 2);
	json_decref(json_of(http_post(b.s, "/v1/issues", "application/json",
				      STR("{\"label\":\"talks\",\"terms\":[\"talks\",\"deal\"]}")),
			    202));
	json_decref(await_job(b.s));
	all_fresh(b.s, &t);
	for (int i = 0; i < WORKERS; i++)
		ck_assert_int_eq(end_worker(&b, i, SIGTERM), 0);
	ck_assert_int_gt(sum_of_log(&b, "\"articles\":"), 0);
	texts_release(&t);
	bed_close(&b);
}
END_TEST

static void run_sql(const struct bed *b, const char *sql)
{
	char command[1024];
	snprintf(command, sizeof command, "psql -qX -v ON_ERROR_STOP=1 -c \"%s\" '%s' >/dev/null",
		 sql, b->f.path);
	ck_assert_int_eq(system(command), 0); /* NOLINT(cert-env33-c) */
}

START_TEST(work__another_engine_than_the_service__is_refused_with_the_reason)
{
	struct bed b;
	char *said;
	bed_open(&b);
	start_worker(&b, 0);
	await_log(&b, "\"threads\":", 1);
	run_sql(&b, "UPDATE reread SET engine = '9.9'");
	int status = end_worker(&b, 0, 0);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	const char *argv[] = {"work", "--db", b.f.path, NULL};
	ck_assert_int_eq(program_run(argv, STR_EMPTY, NULL, &said), 1);
	ck_assert_msg(strstr(said, "engine \"9.9\"") != NULL, "%s", said);
	free(said);
	run_sql(&b, "UPDATE reread SET engine = '0', edition = 0");
	bed_close(&b);
}
END_TEST

START_TEST(work__a_database_without_tables__is_told_so)
{
	struct fixture f = {0};
	char *said;
	engine_make(&f);
	const char *argv[] = {"work", "--db", f.path, NULL};
	ck_assert_int_eq(program_run(argv, STR_EMPTY, NULL, &said), 1);
	ck_assert_msg(strstr(said, "demarche serve makes its tables") != NULL, "%s", said);
	free(said);
	engine_remove(&f);
}
END_TEST

UNIT_MAIN("work", lend__several_at_once__each_article_to_one,
	  lend__what_was_given_back_or_not_handed_in_in_time__is_lent_again,
	  figures__a_worker_that_borrows_and_ends__tell_how_it_stands,
	  hand_in__found_twice__is_there_once_until_it_is_dropped,
	  workers__killed_again_and_again__find_what_the_service_finds,
	  work__another_engine_than_the_service__is_refused_with_the_reason,
	  work__a_database_without_tables__is_told_so)
