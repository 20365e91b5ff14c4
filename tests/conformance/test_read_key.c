/* Read keys: made, found by their digest, revoked once and by whom it may be, listed. */
#include "db/read_key.h"

#include "tests/conformance/fixture.h"

static enum err_kind submit(struct fixture *f, struct read_key_write *w)
{
	struct write *v = &w->write;
	struct err e = {0};
	w->write = (struct write){.op = WRITE_READ_KEY};
	int rc = store_write_all(f->store, &v, 1, &e);
	ck_assert_int_eq(rc, e.kind == ERR_NONE ? 0 : -1);
	return e.kind;
}

static int64_t make(struct fixture *f, const char *who, const char *secret)
{
	struct read_key_write w = {
		.who = str_of(who), .name = str_of(secret), .sites = STR("https://a.example")};
	digest_text(str_of(secret), w.digest);
	ck_assert_int_eq(submit(f, &w), ERR_NONE);
	ck_assert_int_gt(w.id, 0);
	return w.id;
}

static enum err_kind end(struct fixture *f, const char *who, int64_t id, bool of_anyone)
{
	struct read_key_write w = {.who = str_of(who), .revokes = id, .of_anyone = of_anyone};
	return submit(f, &w);
}

static struct read_key find(struct fixture *f, const char *secret)
{
	unsigned char digest[DIGEST_BYTES];
	struct read_key k;
	digest_text(str_of(secret), digest);
	struct reader *r = fixture_reader(f);
	assert_ok(store_read_key(r, digest, &f->arena, &k, &f->e), f->e);
	reader_return(r);
	return k;
}

START_TEST(key__made__found_by_its_digest_alone)
{
	struct fixture f;
	fixture_open(&f);
	int64_t id = make(&f, "Ann", "one");
	struct read_key k = find(&f, "one");
	ck_assert_int_eq(k.id, id);
	assert_str(k.name, "one");
	assert_str(k.who, "Ann");
	assert_str(k.sites, "https://a.example");
	ck_assert_int_gt(k.made_ms, 0);
	ck_assert_int_eq(k.revoked_ms, 0);
	ck_assert_int_eq(find(&f, "two").id, 0);
	/* The same twice is a fault of who makes it; the store goes on. */
	struct read_key_write again = {.who = STR("Ann"), .name = STR("one"), .sites = STR_EMPTY};
	digest_text(STR("one"), again.digest);
	ck_assert_int_ne(submit(&f, &again), ERR_NONE);
	make(&f, "Ann", "three");
	fixture_close(&f);
}
END_TEST

START_TEST(key__revoked__once_and_by_its_maker_or_for_anyone)
{
	struct fixture f;
	fixture_open(&f);
	int64_t one = make(&f, "Ann", "one"), two = make(&f, "Ann", "two");
	ck_assert_int_eq(end(&f, "Bob", one, false), ERR_NOT_FOUND);
	ck_assert_int_eq(end(&f, "Ann", 999, true), ERR_NOT_FOUND);
	ck_assert_int_eq(find(&f, "one").revoked_ms, 0);
	ck_assert_int_eq(end(&f, "Ann", one, false), ERR_NONE);
	ck_assert_int_eq(end(&f, "Ann", one, false), ERR_CONFLICT);
	ck_assert_int_eq(end(&f, "Chief", two, true), ERR_NONE);
	assert_str(find(&f, "one").revoked_by, "Ann");
	assert_str(find(&f, "two").revoked_by, "Chief");
	ck_assert_int_gt(find(&f, "two").revoked_ms, 0);
	fixture_close(&f);
}
END_TEST

START_TEST(keys__listed_by_pages__newest_first_each_once)
{
	struct fixture f;
	char name[16];
	fixture_open(&f);
	for (int i = 0; i < 9; i++) {
		snprintf(name, sizeof name, "key %d", i);
		make(&f, i % 3 ? "Ann" : "Bob", name);
	}
	static const struct {
		const char *who;
		size_t n;
	} rows[] = {{"Ann", 6}, {"Bob", 3}, {"", 9}, {"Eve", 0}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct read_key_query q = {.who = str_of(rows[i].who), .limit = 2};
		size_t n = 0;
		int64_t last = INT64_MAX;
		do {
			struct read_key_list list;
			struct reader *r = fixture_reader(&f);
			assert_ok(store_read_keys(r, &q, &f.arena, &list, &q.after, &f.e), f.e);
			reader_return(r);
			ck_assert_uint_le(list.n, 2);
			for (size_t k = 0; k < list.n; k++, n++) {
				ck_assert_int_lt(list.v[k].id, last);
				last = list.v[k].id;
			}
		} while (q.after);
		ck_assert_uint_eq(n, rows[i].n);
	}
	fixture_close(&f);
}
END_TEST

START_TEST(keys__beyond_the_bound__are_refused_until_one_is_revoked)
{
	struct fixture f;
	char secret[16];
	int64_t first = 0;
	fixture_open(&f);
	for (int i = 0; i < READ_KEYS_MAX; i++) {
		snprintf(secret, sizeof secret, "%d", i);
		int64_t id = make(&f, "Ann", secret);
		first = first ? first : id;
	}
	struct read_key_write more = {.who = STR("Ann"), .name = STR("more"), .sites = STR_EMPTY};
	digest_text(STR("more"), more.digest);
	ck_assert_int_eq(submit(&f, &more), ERR_CONFLICT);
	make(&f, "Bob", "of another");
	ck_assert_int_eq(end(&f, "Ann", first, false), ERR_NONE);
	ck_assert_int_eq(submit(&f, &more), ERR_NONE);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("read key", key__made__found_by_its_digest_alone,
	  key__revoked__once_and_by_its_maker_or_for_anyone,
	  keys__listed_by_pages__newest_first_each_once,
	  keys__beyond_the_bound__are_refused_until_one_is_revoked)
