/* The version that answers are kept by: it stands as long as nothing changes, and no answer that
 * was made before a change has the version after it. */
#include "base/clock.h"
#include "tests/conformance/fixture.h"

/* Of a snapshot taken now. */
static uint64_t seen_now(struct fixture *f)
{
	struct reader *r = fixture_reader(f);
	uint64_t version = reader_version(r);
	reader_return(r);
	return version;
}

static int64_t write_one(struct fixture *f, struct str text)
{
	struct statement v[] = {plain_statement(STR("said"), &wang)};
	struct write w = made_article(text, STR("2024-04-26"), v, 1);
	return fixture_write(f, &w);
}

/* The first looks may find that the file was opened. */
static void settle(struct fixture *f)
{
	for (int ms = 0; store_version(f->store) != seen_now(f); ms++) {
		ck_assert_msg(ms < 60000, "the version does not settle");
		usleep(1000);
	}
	usleep(50000);
	while (store_version(f->store) != seen_now(f))
		usleep(1000);
}

START_TEST(store_version__nothing_changes__is_that_of_every_snapshot)
{
	struct fixture f;
	fixture_open(&f);
	write_one(&f, STR("one"));
	settle(&f);
	uint64_t version = store_version(f.store);
	ck_assert_uint_ne(version, 0);
	for (int i = 0; i < 50; i++) {
		ck_assert_uint_eq(seen_now(&f), version);
		usleep(1000);
		ck_assert_uint_eq(store_version(f.store), version);
	}
	fixture_close(&f);
}
END_TEST

START_TEST(store_version__each_kind_of_write__is_another_one)
{
	struct fixture f;
	fixture_open(&f);
	settle(&f);
	uint64_t before = store_version(f.store), old = seen_now(&f);
	int64_t id = write_one(&f, STR("one"));
	ck_assert_uint_ne(store_version(f.store), before);
	ck_assert_uint_ne(store_version(f.store), old);
	before = store_version(f.store);
	struct write drop = {.op = WRITE_DELETE, .id = id};
	fixture_write(&f, &drop);
	ck_assert_uint_ne(store_version(f.store), before);
	before = store_version(f.store);
	struct actor named = wang;
	named.name = STR("Wang the Second");
	struct knowledge k = {.actors = &named, .n_actors = 1};
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	ck_assert_uint_ne(store_version(f.store), before);
	fixture_close(&f);
}
END_TEST

START_TEST(reader_version__a_write_meanwhile__does_not_hold_any_more)
{
	struct fixture f;
	fixture_open(&f);
	settle(&f);
	struct reader *r = fixture_reader(&f);
	write_one(&f, STR("one"));
	ck_assert_uint_ne(reader_version(r), 0);
	ck_assert_uint_ne(reader_version(r), store_version(f.store));
	reader_return(r);
	fixture_close(&f);
}
END_TEST

START_TEST(reader_version__time_cut_it_short__is_0)
{
	struct fixture f;
	fixture_open(&f);
	struct reader *r = store_reader(f.store, now_monotonic_ns() + 30000000, &f.e);
	ck_assert_uint_ne(reader_version(r), 0);
	usleep(50000);
	struct statement_query q = query_all(10);
	struct statement_list list;
	int64_t next;
	assert_fails(store_statements(r, &q, &f.arena, &list, &next, &f.e), f.e, ERR_DEADLINE);
	ck_assert_uint_eq(reader_version(r), 0);
	reader_return(r);
	f.e = (struct err){0};
	ck_assert_uint_ne(seen_now(&f), 0); /* the next one begins anew */
	fixture_close(&f);
}
END_TEST

START_TEST(store_version__open_for_reading__sees_what_a_writer_elsewhere_commits)
{
	struct fixture f;
	fixture_open(&f);
	struct store_options o = fixture_options(&f);
	struct store *writer = f.store, *reading = store_open_reading(&o, &f.e);
	ck_assert_ptr_nonnull(reading);
	for (int i = 0; i < 20; i++) {
		f.store = reading;
		uint64_t before = store_version(reading);
		ck_assert_uint_ne(before, 0);
		ck_assert_uint_eq(seen_now(&f), before);
		ck_assert_uint_eq(store_version(reading), before);
		f.store = writer;
		char text[20];
		snprintf(text, sizeof text, "text %d", i);
		write_one(&f, str_of(text));
		ck_assert_uint_ne(store_version(reading), before);
	}
	store_close(reading);
	fixture_close(&f);
}
END_TEST

START_TEST(store_statement_ids__pages__are_those_of_the_statements)
{
	struct fixture f;
	fixture_open(&f);
	for (int i = 0; i < 5; i++) {
		char text[20];
		snprintf(text, sizeof text, "text %d", i);
		write_one(&f, str_of(text));
	}
	for (int order = 0; order < 4; order++) {
		struct statement_query q = query_all(2);
		q.oldest_first = order & 1;
		q.by_confidence = order & 2;
		for (int pages = 0;; pages++) {
			struct keys ids;
			int64_t next, next_of_ids;
			struct reader *r = fixture_reader(&f);
			struct statement_list list = fixture_ask(&f, &q, &next);
			assert_ok(store_statement_ids(r, &q, &f.arena, &ids, &next_of_ids, &f.e),
				  f.e);
			reader_return(r);
			ck_assert_uint_eq(ids.n, list.n);
			for (size_t i = 0; i < ids.n; i++)
				ck_assert_int_eq(ids.v[i], list.v[i].id);
			ck_assert_int_eq(next_of_ids, next);
			if (!next) {
				ck_assert_int_eq(pages, 2);
				break;
			}
			q.after = next;
		}
	}
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("version", store_statement_ids__pages__are_those_of_the_statements,
	  store_version__nothing_changes__is_that_of_every_snapshot,
	  store_version__each_kind_of_write__is_another_one,
	  reader_version__a_write_meanwhile__does_not_hold_any_more,
	  reader_version__time_cut_it_short__is_0,
	  store_version__open_for_reading__sees_what_a_writer_elsewhere_commits)
