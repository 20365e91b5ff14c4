/* A server that ends connections (DEMARCHE_POSTGRESQL, tools/with-postgresql): whoever asks or
 * writes next takes a new one, and what was acknowledged is there, once; and one that keeps a
 * question waiting until it is canceled, or until nobody waits for it any more. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "db/count.h"
#include "tests/conformance/fixture.h"
#include "tests/engines/connections.h"

enum { ARTICLES = 150, TRIES = 50 };

static struct fixture f;
static atomic_bool is_over;

static struct write talk(size_t number)
{
	static struct statement v[1];
	v[0] = plain_statement(STR("the levy must go"), &wang);
	return made_article(arena_printf(&f.arena, "text %zu", number), STR("2024-04-26"), v, 1);
}

static size_t count(void)
{
	struct statement_query q = query_all(1000);
	int64_t next;
	return fixture_ask(&f, &q, &next).n;
}

START_TEST(store__connections_end_between_calls__nobody_notices)
{
	fixture_open(&f);
	struct write w = talk(0);
	fixture_write(&f, &w);
	for (size_t i = 1; i <= 3; i++) {
		end_connections();
		ck_assert_uint_eq(count(), i);
		end_connections();
		w = talk(i);
		fixture_write(&f, &w);
	}
	ck_assert_uint_eq(count(), 4);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

static void *end_again_and_again(void *unused)
{
	while (!atomic_load(&is_over))
		end_connections();
	return unused;
}

/* A write that fails is tried again, as a client does. */
static void insist(size_t number, size_t *failed)
{
	struct write w = talk(number), *ref = &w;
	for (int i = 0; i < TRIES; i++) {
		struct err e = {0};
		if (store_write_all(f.store, &ref, 1, &e) == 0)
			return;
		(*failed)++;
	}
	ck_abort_msg("article %zu was not stored in %d tries: %s", number, (int)TRIES,
		     w.err.message);
}

START_TEST(store__connections_end_in_the_middle__all_is_there_once)
{
	pthread_t thread;
	size_t failed = 0;
	fixture_open(&f);
	ck_assert_int_eq(pthread_create(&thread, NULL, end_again_and_again, NULL), 0);
	for (size_t i = 0; i < ARTICLES; i++)
		insist(i, &failed);
	atomic_store(&is_over, true);
	pthread_join(thread, NULL);
	printf("%d articles stored, %zu tries failed\n", (int)ARTICLES, failed);
	ck_assert_uint_eq(count(), ARTICLES);
	ck_assert_int_eq(store_stats(f.store).statements, ARTICLES);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

START_TEST(store_open__held_by_another__is_refused_until_that_ends)
{
	fixture_open(&f);
	struct store_options o = fixture_options(&f);
	store_announce(f.store, "http://127.0.0.1:8080");
	ck_assert_str_eq(store_holder(f.path).address, "http://127.0.0.1:8080");
	struct store *second = store_open(&o, &f.e);
	ck_assert_ptr_null(second);
	ck_assert_int_eq(f.e.kind, ERR_BUSY);
	ck_assert_msg(strstr(f.e.message, "open for writing by process") != NULL, "%s",
		      f.e.message);
	fixture_reopen(&f);
	ck_assert_str_eq(store_holder(f.path).address, "");
	fixture_close(&f);
}
END_TEST

/* Another's transaction, to be closed, which keeps whoever reads statements waiting. */
static FILE *lock_statements(void)
{
	char command[600];
	snprintf(command, sizeof command, "psql -qX '%s' >/dev/null",
		 getenv("DEMARCHE_POSTGRESQL"));
	FILE *other = popen(command, "w"); /* NOLINT(cert-env33-c) */
	ck_assert_ptr_nonnull(other);
	fprintf(other, "BEGIN; LOCK TABLE %s.statement, %s.statement_block;\n", f.folder, f.folder);
	fflush(other);
	return other;
}

/* Another's lock keeps the count waiting for longer than it may take. */
START_TEST(store_count__its_time_is_over__what_comes_after_it_is_read)
{
	struct counts c = {0};
	struct article is = {0};
	fixture_open(&f);
	struct write w = talk(0);
	int64_t id = fixture_write(&f, &w);
	FILE *other = lock_statements();
	while (!c.is_partial) {
		struct statement_query q = query_all(1);
		q.positions = 1U << POSITION_NEUTRAL;
		q.said_after = q.published_after = 0;
		struct count_query of = {.q = &q,
					 .by = 1U << COUNTED_SPEAKER,
					 .limit = 10,
					 .until_ns = now_monotonic_ns() + 50000000};
		struct reader *r = fixture_reader(&f);
		assert_ok(store_count(r, &of, &f.arena, &c, &f.e), f.e);
		assert_ok(store_article(r, id, &f.arena, &is, &f.e), f.e);
		reader_return(r);
	}
	ck_assert_int_eq(is.id, id);
	pclose(other);
	fixture_close(&f);
}
END_TEST

/* How many of the program's questions wait for a lock. */
static int waiting(void)
{
	char command[768], line[32] = "";
	snprintf(command, sizeof command,
		 "psql -qXtA -c \"SELECT count(*) FROM pg_stat_activity WHERE"
		 " application_name = 'demarche' AND wait_event_type = 'Lock'\" '%s'",
		 getenv("DEMARCHE_POSTGRESQL"));
	FILE *p = popen(command, "r"); /* NOLINT(cert-env33-c) */
	ck_assert_ptr_nonnull(p);
	ck_assert_ptr_nonnull(fgets(line, sizeof line, p));
	ck_assert_int_eq(pclose(p), 0);
	return (int)strtol(line, NULL, 10);
}

/* In a process of its own. */
static void ask_again_and_again(void)
{
	struct store_options o = fixture_options(&f);
	struct statement_query q = query_all(1);
	struct statement_list list;
	int64_t next;
	o.readers = 1;
	for (struct store *s = store_open_reading(&o, &f.e); s;) {
		struct reader *r = store_reader(s, now_monotonic_ns() + INT64_C(2000000000), &f.e);
		if (r)
			(void)!store_statements(r, &q, &f.arena, &list, &next, &f.e);
		reader_return(r);
	}
	_exit(EXIT_FAILURE);
}

/* Its process, which is held up, cancels nothing. */
START_TEST(server__nobody_waits_for_an_answer__ends_the_question)
{
	struct write w = talk(0);
	fixture_open(&f);
	fixture_write(&f, &w);
	store_close(f.store);
	f.store = NULL;
	FILE *other = lock_statements();
	pid_t pid = fork();
	if (pid == 0)
		ask_again_and_again();
	do {
		kill(pid, SIGCONT);
		while (waiting() == 0)
			ck_assert_int_eq(waitpid(pid, NULL, WNOHANG), 0);
		kill(pid, SIGSTOP);
	} while (waiting() == 0);
	while (waiting() != 0) /* or Check ends the test */
		usleep(100000);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	pclose(other);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("lost", server__nobody_waits_for_an_answer__ends_the_question,
	  store_count__its_time_is_over__what_comes_after_it_is_read,
	  store__connections_end_between_calls__nobody_notices,
	  store_open__held_by_another__is_refused_until_that_ends,
	  store__connections_end_in_the_middle__all_is_there_once)
