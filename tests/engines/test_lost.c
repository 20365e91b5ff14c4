/* A server that ends connections (DEMARCHE_POSTGRESQL, tools/with-postgresql): whoever asks or
 * writes next takes a new one, and what was acknowledged is there, once; and one that keeps a
 * question waiting until it is canceled. */
#include <pthread.h>
#include <stdatomic.h>

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

/* Another's lock keeps the count waiting for longer than it may take. */
START_TEST(store_count__its_time_is_over__what_comes_after_it_is_read)
{
	char command[600];
	struct counts c = {0};
	struct article is = {0};
	fixture_open(&f);
	struct write w = talk(0);
	int64_t id = fixture_write(&f, &w);
	snprintf(command, sizeof command, "psql -qX '%s' >/dev/null",
		 getenv("DEMARCHE_POSTGRESQL"));
	FILE *other = popen(command, "w"); /* NOLINT(cert-env33-c) */
	ck_assert_ptr_nonnull(other);
	fprintf(other, "BEGIN; LOCK TABLE %s.statement, %s.statement_block;\n", f.folder, f.folder);
	fflush(other);
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

UNIT_MAIN("lost", store_count__its_time_is_over__what_comes_after_it_is_read,
	  store__connections_end_between_calls__nobody_notices,
	  store_open__held_by_another__is_refused_until_that_ends,
	  store__connections_end_in_the_middle__all_is_there_once)
