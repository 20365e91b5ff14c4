/* Pages whose rows are read from the mapped file (db/sqlite/page_ahead.h): the same as SQLite
 * reads, whatever is written meanwhile, and no harm where the file is damaged. */
#include <fcntl.h>

#include "base/clock.h"
#include "db/reread.h"
#include "tests/unit/db/raw.h"

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

/* --- beside writes --- */

enum { HELD = 3, STEPS = 24, FEW = 30, DAYS = 9 };

struct changing {
	struct fixture f;
	struct reader *held[HELD];
	int64_t articles[FEW + STEPS];
	size_t n;
	uint64_t random;
};

static size_t roll(struct changing *c, size_t sides)
{
	c->random = c->random * 6364136223846793005U + 1;
	return (size_t)(c->random >> 40) % sides;
}

static const struct issue_hit on_core = {
	.issue = &core, .score = 0.7F, .position = POSITION_SUPPORT};

static struct statement *some_statements(struct changing *c)
{
	struct statement *v = arena_array(&c->f.arena, EACH, sizeof *v);
	struct span *sources = arena_array(&c->f.arena, EACH, sizeof *sources);
	ck_assert(v && sources);
	for (int k = 0; k < EACH; k++) {
		const int width = k ? 200 + 40 * k : 5000; /* which goes on elsewhere */
		v[k] = full_statement(&on_core, 1);
		sources[k] = (struct span){100 * (uint32_t)k, 100 * (uint32_t)k + 9};
		v[k].spans.source = (struct spans){&sources[k], 1};
		v[k].content = arena_printf(&c->f.arena, "%0*d", width, (int)roll(c, 1000));
		v[k].speaker = k % 5 ? &wang : &usa;
	}
	return v;
}

static void add_article(struct changing *c, int number)
{
	struct str day = arena_printf(&c->f.arena, "2024-04-%02d", 1 + (int)roll(c, DAYS));
	struct write w = made_article(arena_printf(&c->f.arena, "text %d", number), day,
				      some_statements(c), EACH);
	c->articles[c->n++] = fixture_write(&c->f, &w);
}

/* Rows of another program, each as long as it was: no page above them changes. */
static void change_in_place(struct changing *c)
{
	raw_sql(c->f.path,
		arena_printf(&c->f.arena,
			     "UPDATE statement SET content = replace(content, '%d', '%d')"
			     " WHERE id %% 7 = %d",
			     (int)roll(c, 9), (int)roll(c, 9), (int)roll(c, 7))
			.p);
}

static void change(struct changing *c, int step)
{
	const size_t what = roll(c, 3), at = roll(c, c->n);
	struct reread_write rw = {.write = {.op = WRITE_REREAD, .id = c->articles[at]}};
	if (what == 0) {
		struct write w = {.op = WRITE_DELETE, .id = c->articles[at]};
		fixture_write(&c->f, &w);
		c->articles[at] = c->articles[--c->n];
	} else if (what == 1) {
		add_article(c, FEW + step);
	} else {
		rw.write.edition = store_stats(c->f.store).reread.edition;
		rw.write.extraction = (struct extraction){some_statements(c), EACH};
		fixture_write(&c->f, &rw.write);
		ck_assert(rw.is_taken);
	}
}

/* What a snapshot has by one speaker, of whom most is: each page as its rows are one by one. */
static size_t compare(struct changing *c, struct reader *r)
{
	struct statement_query q = query_all(40);
	struct statement_list list;
	struct statement one;
	struct actor_match who;
	size_t n = 0;
	assert_ok(store_actor(r, wang.id, &c->f.arena, &who, &c->f.e), c->f.e);
	int64_t next, key = speaker_key(who.key, false);
	q.speakers = (struct keys){&key, 1};
	do {
		assert_ok(store_statements(r, &q, &c->f.arena, &list, &next, &c->f.e), c->f.e);
		for (size_t i = 0; i < list.n; i++) {
			assert_ok(store_statement(r, list.v[i].id, &c->f.arena, &one, &c->f.e),
				  c->f.e);
			same_statement(&list.v[i], &one);
			ck_assert_int_eq(list.v[i].article_id, one.article_id);
			ck_assert_int_eq(list.v[i].version, one.version);
			ck_assert(str_eq(list.v[i].outlet, one.outlet));
			ck_assert(str_eq(list.v[i].published_at, one.published_at));
		}
		n += list.n;
		q.after = next;
	} while (next);
	return n;
}

START_TEST(store_statements__among_writes_and_copies_of_the_log__is_what_its_snapshot_has)
{
	struct changing c = {.random = 7};
	fixture_make(&c.f);
	struct store_options o = fixture_options(&c.f);
	o.reader_map_mb = 64;
	o.readers = HELD + 2;
	o.checkpoint_frames = 60;
	fixture_reopen(&c.f);
	for (int i = 0; i < FEW; i++)
		add_article(&c, i);
	store_close(c.f.store);
	c.f.store = store_open(&o, &c.f.e);
	ck_assert_msg(c.f.store != NULL, "%s", c.f.e.message);
	for (int step = 0; step < STEPS; step++) {
		const size_t at = roll(&c, HELD);
		if (step < STEPS / 2 || step % 2)
			change_in_place(&c);
		else
			change(&c, step);
		reader_return(c.held[at]);
		c.held[at] = step % 3 ? fixture_reader(&c.f) : NULL;
		for (size_t i = 0; i < HELD; i++)
			ck_assert(!c.held[i] || compare(&c, c.held[i]) > 0);
	}
	for (size_t i = 0; i < HELD; i++)
		reader_return(c.held[i]);
	fixture_close(&c.f); /* its index has other words than its rows */
}
END_TEST

UNIT_MAIN("page ahead", store_statements__file_mapped__is_the_page_and_bears_damage,
	  store_statements__among_writes_and_copies_of_the_log__is_what_its_snapshot_has)
