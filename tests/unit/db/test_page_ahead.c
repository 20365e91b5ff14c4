/* Pages whose rows are fetched ahead of SQLite (db/sqlite/page_ahead.h): the same as without, and
 * no harm where the file is damaged. */
#include <fcntl.h>

#include "tests/conformance/fixture.h"

enum { ARTICLES = 60, EACH = 8, PAGE_BYTES = 4096, ROUNDS = 40 };

static void fill(struct fixture *f)
{
	struct statement v[EACH];
	for (int i = 0; i < ARTICLES; i++) {
		for (int k = 0; k < EACH; k++)
			v[k] = plain_statement(arena_printf(&f->arena, "%0*d", 40 * k + 300, k),
					       k % 2 ? &wang : &usa);
		struct write w = made_article(arena_printf(&f->arena, "text %d", i),
					      STR("2024-04-26"), v, EACH);
		fixture_write(f, &w);
	}
}

/* By whose statements the pages are: all of those of one, newest first. */
static int read_pages(struct store *s, const struct statement_query *whole, struct arena *a,
		      size_t *n, struct err *e)
{
	struct statement_query q = *whole;
	struct statement_list list;
	struct keys ids;
	int64_t next, same;
	struct reader *r = store_reader(s, now_monotonic_ns() + LONG_NS, e);
	int rc = r ? 0 : -1;
	for (*n = 0; rc == 0; q.after = next, *n += list.n) {
		rc = store_statement_ids(r, &q, a, &ids, &same, e) ||
				     store_statements(r, &q, a, &list, &next, e)
			     ? -1
			     : 0;
		if (rc)
			break;
		ck_assert_int_eq(next, same);
		ck_assert_uint_eq(list.n, ids.n);
		for (size_t i = 0; i < ids.n; i++)
			ck_assert_int_eq(list.v[i].id, ids.v[i]);
		if (!next)
			break;
	}
	*n += rc ? 0 : list.n;
	reader_return(r);
	return rc;
}

static void swap_page(const char *path, int64_t number, unsigned char page[PAGE_BYTES], bool is_in)
{
	int fd = open(path, O_RDWR);
	ssize_t n = is_in ? pread(fd, page, PAGE_BYTES, (number - 1) * PAGE_BYTES)
			  : pwrite(fd, page, PAGE_BYTES, (number - 1) * PAGE_BYTES);
	ck_assert_int_eq(n, PAGE_BYTES);
	close(fd);
}

START_TEST(store_statements__file_mapped__is_the_page_and_bears_damage)
{
	struct fixture f;
	size_t n;
	uint64_t random = 1;
	unsigned char page[PAGE_BYTES], bad[PAGE_BYTES];
	fixture_open(&f);
	fill(&f);
	struct store_options o = fixture_options(&f);
	o.reader_map_mb = 64;
	store_close(f.store);
	f.store = store_open(&o, &f.e);
	int64_t key = speaker_key(fixture_actor(&f, wang.id).key, false);
	struct statement_query q = query_all(70);
	q.speakers = (struct keys){&key, 1};
	assert_ok(read_pages(f.store, &q, &f.arena, &n, &f.e), f.e);
	ck_assert_uint_eq(n, ARTICLES * EACH / 2);
	int64_t pages = store_stats(f.store).file_bytes / PAGE_BYTES;
	store_close(f.store);
	for (int i = 0; i < ROUNDS; i++) {
		int64_t number = 2 + (int64_t)((random = random * 6364136223846793005U + 1) >> 34) %
					     (pages - 1);
		swap_page(f.path, number, page, true);
		memcpy(bad, page, PAGE_BYTES);
		for (size_t k = 0; k < 60; k++) { /* its head, and anywhere */
			random = random * 6364136223846793005U + 1;
			bad[k < 30 ? k : (size_t)(random >> 40) % PAGE_BYTES] ^=
				(unsigned char)(random >> 33);
		}
		swap_page(f.path, number, bad, false);
		struct err e = {0};
		struct store *s = store_open_reading(&o, &e);
		if (s)
			(void)!read_pages(s, &q, &f.arena, &n, &e);
		store_close(s);
		swap_page(f.path, number, page, false);
	}
	f.store = store_open(&o, &f.e);
	assert_ok(read_pages(f.store, &q, &f.arena, &n, &f.e), f.e);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("page ahead", store_statements__file_mapped__is_the_page_and_bears_damage)
