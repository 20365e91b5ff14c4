/* Statements that are kept: in whose snapshot they hold, and the bound. */
#include "api/statement_cache.h"

#include "tests/conformance/fixture.h"

static int64_t write_one(struct fixture *f, struct str text)
{
	struct statement v[] = {plain_statement(STR("said"), &wang)};
	struct write w = made_article(text, STR("2024-04-26"), v, 1);
	return fixture_write(f, &w);
}

static int64_t only_statement(struct fixture *f)
{
	int64_t next;
	struct statement_query q = query_all(2);
	struct statement_list list = fixture_ask(f, &q, &next);
	ck_assert_uint_eq(list.n, 1);
	return list.v[0].id;
}

/* Does it hold in this snapshot, and is it then what was put? */
static bool holds(struct statement_cache *c, const struct reader *r, int64_t id)
{
	struct buf out;
	buf_init(&out, 1 << 20);
	uint64_t hash = 0;
	bool is_written = statement_cache_write(c, r, id, &out, &hash);
	ck_assert_uint_eq(hash, is_written ? 77 : 0);
	if (is_written)
		assert_str(buf_str(&out), "{text}");
	else
		ck_assert_uint_eq(out.n, 0);
	buf_release(&out);
	return is_written;
}

static bool holds_now(struct fixture *f, struct statement_cache *c, int64_t id)
{
	struct reader *r = fixture_reader(f);
	bool is_held = holds(c, r, id);
	reader_return(r);
	return is_held;
}

static void put_now(struct fixture *f, struct statement_cache *c, int64_t id)
{
	struct reader *r = fixture_reader(f);
	statement_cache_put(c, r, id, STR("{text}"), 77);
	reader_return(r);
}

START_TEST(statement_cache_write__others_are_stored__holds_in_every_snapshot)
{
	struct fixture f;
	struct statement_cache *c = statement_cache_new(1 << 20);
	fixture_open(&f);
	write_one(&f, STR("one"));
	int64_t id = only_statement(&f);
	struct reader *before = fixture_reader(&f);
	put_now(&f, c, id);
	ck_assert(holds_now(&f, c, id));
	ck_assert(!holds_now(&f, c, id + 1));
	write_one(&f, STR("two"));
	ck_assert(holds_now(&f, c, id));
	ck_assert(holds(c, before, id));
	reader_return(before);
	struct statement_cache_stats s = statement_cache_stats(c);
	ck_assert_int_eq(s.statements, 1);
	ck_assert_uint_eq(s.hits, 3);
	ck_assert_uint_eq(s.misses, 1);
	fixture_close(&f);
	statement_cache_free(c);
}
END_TEST

START_TEST(statement_cache_write__statement_or_name_changed__does_not_hold)
{
	struct fixture f;
	struct statement_cache *c = statement_cache_new(1 << 20);
	fixture_open(&f);
	int64_t article = write_one(&f, STR("one"));
	int64_t id = only_statement(&f);
	put_now(&f, c, id);
	struct actor named = wang;
	named.name = STR("Wang the Second");
	struct knowledge k = {.actors = &named, .n_actors = 1};
	assert_ok(store_seed(f.store, &k, &f.e), f.e);
	ck_assert(!holds_now(&f, c, id));
	put_now(&f, c, id);
	ck_assert(holds_now(&f, c, id));
	struct write drop = {.op = WRITE_DELETE, .id = article};
	fixture_write(&f, &drop);
	ck_assert(!holds_now(&f, c, id));
	fixture_close(&f);
	statement_cache_free(c);
}
END_TEST

START_TEST(statement_cache_write__put_from_an_old_snapshot__does_not_hold_after_the_change)
{
	struct fixture f;
	struct statement_cache *c = statement_cache_new(1 << 20);
	fixture_open(&f);
	int64_t article = write_one(&f, STR("one"));
	int64_t id = only_statement(&f);
	struct reader *old = fixture_reader(&f);
	struct write drop = {.op = WRITE_DELETE, .id = article};
	fixture_write(&f, &drop);
	statement_cache_put(c, old, id, STR("{text}"), 77);
	ck_assert(!holds_now(&f, c, id));
	reader_return(old);
	fixture_close(&f);
	statement_cache_free(c);
}
END_TEST

START_TEST(statement_cache_put__more_than_fit__stays_within_its_bound)
{
	enum { BOUND = 64 * 1024 };
	struct fixture f;
	struct statement_cache *c = statement_cache_new(BOUND);
	static const char large[BOUND];
	fixture_open(&f);
	for (int64_t id = 1; id < 5000; id++) {
		put_now(&f, c, id);
		ck_assert_int_le(statement_cache_stats(c).bytes, BOUND);
	}
	ck_assert(holds_now(&f, c, 4999));
	ck_assert(!holds_now(&f, c, 1));
	int64_t bytes = statement_cache_stats(c).bytes;
	struct reader *r = fixture_reader(&f);
	statement_cache_put(c, r, 1, (struct str){large, sizeof large}, 77);
	reader_return(r);
	ck_assert(!holds_now(&f, c, 1));
	ck_assert_int_eq(statement_cache_stats(c).bytes, bytes);
	fixture_close(&f);
	statement_cache_free(c);
}
END_TEST

UNIT_MAIN("statement_cache", statement_cache_write__others_are_stored__holds_in_every_snapshot,
	  statement_cache_write__statement_or_name_changed__does_not_hold,
	  statement_cache_write__put_from_an_old_snapshot__does_not_hold_after_the_change,
	  statement_cache_put__more_than_fit__stays_within_its_bound)
