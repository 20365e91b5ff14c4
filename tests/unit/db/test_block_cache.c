/* Blocks that are kept: what a snapshot is given is what it has, whatever is written meanwhile. */
#include "db/sqlite/block_cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/clock.h"
#include "db/count.h"
#include "db/grid.h"
#include "tests/unit/db/raw.h"

enum { TARGETS = BLOCK_BIT(BLOCK_TARGETS), FLAGS = BLOCK_BIT(BLOCK_FLAGS) };

static struct block_cache *cache;

/* A block whose columns say which one it is, and of which transaction. */
static struct block block_of(char text[32], int64_t first, int64_t commit)
{
	struct block b = {.n = (size_t)first};
	snprintf(text, 32, "%lld of %lld", (long long)first, (long long)commit);
	for (int c = 0; c < BLOCK_COLUMNS; c++)
		b.columns[c] = str_of(text);
	return b;
}

static void keep(int64_t first, int64_t commit, unsigned columns)
{
	char text[32];
	const struct block b = block_of(text, first, commit);
	block_cache_keep(cache, (struct block_snapshot){commit, 1}, first, &b, columns);
}

static void start(void)
{
	static const int64_t firsts[] = {10, 20, 30};
	cache = block_cache_new("/tmp/demarche-test-blocks");
	ck_assert(cache != NULL);
	ck_assert(!block_cache_knows(cache, (struct block_snapshot){1, 1}));
	ck_assert(block_cache_learn(cache, (struct block_snapshot){1, 1}, firsts, 3));
	ck_assert(block_cache_knows(cache, (struct block_snapshot){1, 1}));
}

static void assert_kept(int64_t commit, int64_t first, unsigned columns, const char *want)
{
	struct kept_block k = {0};
	ck_assert(block_cache_find(cache, (struct block_snapshot){commit, 1}, first, true, columns,
				   &k));
	ck_assert_int_eq(k.first, first);
	ck_assert_int_eq(k.is_kept, want != NULL);
	if (want) {
		ck_assert_uint_eq(k.n, (size_t)first);
		for (int c = 0; c < BLOCK_COLUMNS; c++)
			assert_str(k.columns[c], columns >> c & 1 ? want : "");
	}
	block_cache_give_back(cache, &k);
}

START_TEST(block_cache__kept_columns__come_back_until_a_newer_transaction)
{
	start();
	assert_kept(1, 20, TARGETS, NULL);
	keep(20, 1, TARGETS);
	assert_kept(1, 20, TARGETS, "20 of 1");
	assert_kept(9, 20, TARGETS, "20 of 1");
	assert_kept(1, 20, TARGETS | FLAGS, NULL);
	keep(20, 1, TARGETS | FLAGS);
	assert_kept(1, 20, TARGETS | FLAGS, "20 of 1");
	block_cache_note(cache, 20, 2);
	assert_kept(1, 20, TARGETS, NULL);
	assert_kept(2, 20, TARGETS, NULL);
	keep(20, 1, TARGETS); /* by a reader who does not see the second */
	assert_kept(2, 20, TARGETS, NULL);
	keep(20, 2, TARGETS);
	assert_kept(2, 20, TARGETS, "20 of 2");
	assert_kept(1, 20, TARGETS, NULL);
	keep(25, 2, TARGETS); /* of which nobody said that it is there */
	assert_kept(2, 30, TARGETS, NULL);
	block_cache_free(cache);
}
END_TEST

static int64_t find(int64_t at, bool up)
{
	struct kept_block k = {0};
	return block_cache_find(cache, (struct block_snapshot){1, 1}, at, up, 0, &k) ? k.first : -1;
}

START_TEST(block_cache_find__between_blocks__is_the_nearest)
{
	start();
	block_cache_note(cache, 15, 2);
	ck_assert_int_eq(find(0, true), 10);
	ck_assert_int_eq(find(11, true), 15);
	ck_assert_int_eq(find(31, true), -1);
	ck_assert_int_eq(find(9, false), -1);
	ck_assert_int_eq(find(19, false), 15);
	ck_assert_int_eq(find(INT64_MAX - 1, false), 30);
	block_cache_free(cache);
}
END_TEST

START_TEST(block_cache_find__block_that_is_gone__is_none_to_newer_snapshots)
{
	start();
	block_cache_note(cache, 10, 2);
	block_cache_note(cache, 30, 1);
	block_cache_miss(cache, (struct block_snapshot){1, 1}, 30);
	block_cache_miss(cache, (struct block_snapshot){1, 1}, 10); /* made by the second */
	ck_assert_int_eq(find(0, true), 10);
	ck_assert_int_eq(find(21, true), -1);
	ck_assert_int_eq(find(99, false), 20);
	block_cache_miss(cache, (struct block_snapshot){1, 2}, 20);
	ck_assert_int_eq(find(99, false), 20);
	block_cache_note(cache, 30, 1);
	ck_assert_int_eq(find(99, false), 30);
	block_cache_free(cache);
}
END_TEST

START_TEST(block_cache__block_that_is_held__lasts_while_it_is_changed)
{
	struct kept_block k = {0};
	start();
	keep(10, 1, TARGETS);
	ck_assert(block_cache_find(cache, (struct block_snapshot){1, 1}, 10, true, TARGETS, &k));
	ck_assert(k.is_kept);
	for (int64_t commit = 2; commit < 9; commit++) {
		block_cache_note(cache, 10, commit);
		keep(10, commit, TARGETS);
	}
	assert_str(k.columns[BLOCK_TARGETS], "10 of 1");
	block_cache_give_back(cache, &k);
	assert_kept(8, 10, TARGETS, "10 of 8");
	block_cache_free(cache);
}
END_TEST

START_TEST(block_cache__change_by_others__forgets_all)
{
	const struct block_snapshot newer = {1, 2};
	static const int64_t firsts[] = {10, 12};
	struct kept_block k = {0};
	start();
	keep(10, 1, TARGETS);
	ck_assert(!block_cache_knows(cache, newer));
	ck_assert(block_cache_learn(cache, newer, firsts, 2));
	ck_assert(block_cache_find(cache, newer, 10, true, TARGETS, &k));
	ck_assert(!k.is_kept);
	ck_assert(!block_cache_knows(cache, (struct block_snapshot){1, 1}));
	ck_assert(!block_cache_learn(cache, (struct block_snapshot){1, 1}, firsts, 2));
	block_cache_free(cache);
}
END_TEST

/* --- many at once --- */

enum { READERS = 3, COMMITS = 3000, BLOCKS = 3 };
static atomic_int_fast64_t committed;

/* What is kept for a snapshot is of the last transaction that changed it: of this one, since each
 * changes all. */
static void *read_on(void *unused)
{
	(void)unused;
	for (int64_t commit = 1; commit < COMMITS;) {
		struct kept_block k = {0};
		commit = atomic_load(&committed);
		for (int64_t first = 10; first <= 10 * BLOCKS; first += 10) {
			char text[32];
			block_of(text, first, commit);
			block_cache_find(cache, (struct block_snapshot){commit, 1}, first, true,
					 TARGETS, &k);
			if (!k.is_kept)
				keep(first, commit, TARGETS);
			else
				assert_str(k.columns[BLOCK_TARGETS], text);
		}
		block_cache_give_back(cache, &k);
	}
	return NULL;
}

START_TEST(block_cache__readers_beside_a_writer__see_their_snapshots)
{
	pthread_t threads[READERS];
	start();
	atomic_store(&committed, 1);
	for (int i = 0; i < READERS; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, read_on, NULL), 0);
	for (int64_t commit = 2; commit <= COMMITS; commit++) {
		for (int64_t first = 10; first <= 10 * BLOCKS; first += 10)
			block_cache_note(cache, first, commit);
		atomic_store(&committed, commit);
	}
	for (int i = 0; i < READERS; i++)
		pthread_join(threads[i], NULL);
	block_cache_free(cache);
}
END_TEST

/* --- a store --- */

enum { WRITES = 240, HELD = 3, STATEMENTS_EACH = 40, ASKED = 5 };

static struct fixture f;
static struct store *beside; /* keeps no blocks: what others write nobody notes */

/* splitmix64 (Steele, Lea, Flood 2014). */
static size_t roll(size_t sides)
{
	static uint64_t dice = 23;
	uint64_t z = (dice += UINT64_C(0x9e3779b97f4a7c15));
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (size_t)((z ^ (z >> 31)) % sides);
}

static void delete_some(int64_t *ids, size_t *n)
{
	const size_t at = roll(*n);
	struct write w = {.op = WRITE_DELETE, .id = ids[at]};
	fixture_write(&f, &w);
	ids[at] = ids[--*n];
}

static int64_t write_some(int number)
{
	static const struct actor *const actors[] = {&wang, &china, &usa, NULL};
	static struct statement v[STATEMENTS_EACH];
	static struct issue_hit hits[2];
	hits[0] = (struct issue_hit){.issue = &core, .position = (enum position)roll(3)};
	hits[1] = (struct issue_hit){.issue = &trade};
	for (size_t i = 0; i < STATEMENTS_EACH; i++) {
		v[i] = plain_statement(arena_printf(&f.arena, "word%zu said", i), actors[roll(4)]);
		v[i].stance.target = actors[roll(4)];
		v[i].issues = hits;
		v[i].n_issues = roll(3);
	}
	struct str day = arena_printf(&f.arena, "2024-%02zu-%02zu", 1 + roll(12), 1 + roll(28));
	struct write w = made_article(arena_printf(&f.arena, "text %d", number), day, v,
				      1 + roll(STATEMENTS_EACH));
	return fixture_write(&f, &w);
}

static struct str grid_answer(struct reader *r, struct str text)
{
	const struct grid_query q = {.sides = {speaker_key(fixture_actor(&f, china.id).key, true),
					       speaker_key(fixture_actor(&f, usa.id).key, true)},
				     .published_after = DAY_NONE,
				     .published_before = DAY_NONE,
				     .with_open = true,
				     .limit = 9};
	struct grid g;
	assert_ok(store_grid(r, &q, &f.arena, &g, &f.e), f.e);
	text = arena_printf(&f.arena, "%.*s | %lld %lld", STR_ARG(text), (long long)g.statements[0],
			    (long long)g.statements[1]);
	for (size_t i = 0; i < 2 * g.n; i++) {
		const struct grid_cell *c = &g.v[i / 2].sides[i % 2];
		text = arena_printf(&f.arena, "%.*s %lld:%lld:%lld:%lld", STR_ARG(text),
				    (long long)c->count, (long long)c->first, (long long)c->latest,
				    (long long)c->latest_sided);
	}
	return text;
}

/* What a snapshot answers, as one text. */
static struct str answers(struct reader *r)
{
	const int64_t key = fixture_issue(&f, core.id).key;
	struct statement_query all = query_all(1), of_issue = all;
	of_issue.issues = (struct keys){&key, key > 0};
	const struct count_query asked[ASKED] = {
		{.q = &all, .by = 1 << COUNTED_TARGET, .limit = 99},
		{.q = &all, .by = 1 << COUNTED_COUNTRY, .interval = INTERVAL_MONTH, .limit = 99},
		{.q = &all,
		 .by = 1 << COUNTED_SPEAKER | 1 << COUNTED_POSITION,
		 .interval = INTERVAL_YEAR,
		 .limit = 99},
		{.q = &of_issue, .by = 1 << COUNTED_TARGET, .limit = 99},
		{.q = &all, .by = 1 << COUNTED_ISSUE | 1 << COUNTED_TARGET, .limit = 99},
	};
	struct str text = STR_EMPTY;
	for (int i = 0; i < ASKED; i++) {
		struct counts c;
		f.e = (struct err){0};
		assert_ok(store_count(r, &asked[i], &f.arena, &c, &f.e), f.e);
		for (size_t k = 0; k < c.n; k++)
			text = arena_printf(&f.arena, "%.*s %d:%lld:%lld", STR_ARG(text), i,
					    (long long)c.v[k].from, (long long)c.v[k].count);
	}
	return grid_answer(r, text);
}

/* The same as without what is kept, then and later. */
START_TEST(blocks_walk__snapshots_held_beside_writes__count_what_they_have)
{
	static int64_t ids[WRITES];
	struct reader *held[HELD] = {0};
	struct str want[HELD];
	size_t n_ids = 0;
	fixture_open(&f);
	struct store_options o = fixture_options(&f);
	o.readers = HELD + 1;
	store_close(f.store);
	f.store = store_open(&o, &f.e);
	beside = store_open_reading(&o, &f.e);
	ck_assert_msg(f.store && beside, "%s", f.e.message);
	for (int i = 0; i < WRITES; i++) {
		/* Blocks come first, and then go. */
		if (n_ids && roll(6) < (i < WRITES / 2 ? 1 : 5))
			delete_some(ids, &n_ids);
		else
			ids[n_ids++] = write_some(i);
		const size_t at = roll(HELD);
		if (held[at])
			ck_assert(str_eq(answers(held[at]), want[at]));
		if (roll(2))
			continue;
		reader_return(held[at]);
		held[at] = fixture_reader(&f);
		struct reader *plain = store_reader(beside, now_monotonic_ns() + LONG_NS, &f.e);
		want[at] = answers(plain);
		reader_return(plain);
		ck_assert(str_eq(answers(held[at]), want[at]));
	}
	for (int i = 0; i < HELD; i++)
		reader_return(held[i]);
	store_close(beside);
	fixture_check(&f);
	fixture_close(&f);
}
END_TEST

UNIT_MAIN("block_cache", block_cache__kept_columns__come_back_until_a_newer_transaction,
	  block_cache_find__between_blocks__is_the_nearest,
	  block_cache_find__block_that_is_gone__is_none_to_newer_snapshots,
	  block_cache__block_that_is_held__lasts_while_it_is_changed,
	  block_cache__change_by_others__forgets_all,
	  block_cache__readers_beside_a_writer__see_their_snapshots,
	  blocks_walk__snapshots_held_beside_writes__count_what_they_have)
