/* Columns of statements, made and read. */
#include "db/statement_block.h"

#include "tests/unit/db/block_entry.h"
#include "tests/unit/unit.h"

static struct arena a;
static struct err e;

static const struct block_pair pairs[] = {{7, 3}, {300000, 8 * 999 + 2}, {9, 0}};
static const struct block_entry entries[] = {
	{.id = 5, .article = 4, .fields = 77, .speaker = 9, .member_of = 4, .said = DAY_NONE},
	{.id = 6,
	 .article = 4,
	 .fields = (int64_t)1 << 55,
	 .target = BLOCK_KEY_MAX,
	 .outlet = 3,
	 .said = -4,
	 .n_pairs = 3,
	 .pairs = pairs},
	{.id = (int64_t)1 << 52, .article = 8, .n_pairs = 1, .pairs = pairs + 1},
};
enum { N = sizeof entries / sizeof entries[0] };

static struct block make_of(const struct block_entry *v, size_t n)
{
	struct block b = {0};
	arena_init(&a, 1 << 26);
	assert_ok(block_make(v, n, &a, &b, &e), e);
	return b;
}

static struct block make(void)
{
	return make_of(entries, N);
}

static uint64_t sum_of(uint32_t issue, unsigned position)
{
	return (issue * UINT64_C(8) + position + 1) * UINT64_C(0x9E3779B97F4A7C15);
}

/* The same pairs of each statement, those of an issue in the order of their statements. */
static void assert_by_issue(const struct block *b)
{
	static uint64_t sums[BLOCK_STATEMENTS_MAX];
	const struct block_by_issue *by = &b->by_issue;
	size_t at = 0;
	memset(sums, 0, sizeof sums);
	for (size_t i = 0; i < by->n; i++)
		for (const size_t first = at; at < block_by_issue_end(by, i); at++) {
			const size_t place = block_by_issue_place(by, at);
			ck_assert(at == first || block_by_issue_place(by, at - 1) <= place);
			sums[place] += sum_of(block_by_issue_value(by, i), by->positions[at]);
		}
	ck_assert_uint_eq(at, b->n_pairs);
	for (size_t i = 0; i < b->n; i++) {
		for (size_t pair = b->pairs[i]; pair < b->pairs[i + 1]; pair++)
			sums[i] -= sum_of(block_pair(b, pair).issue, b->positions[pair]);
		ck_assert_uint_eq(sums[i], 0);
	}
}

static void assert_read_back(const struct block_entry *expected, size_t n)
{
	struct block b = make_of(expected, n);
	struct block_entry *v;
	assert_ok(block_open(&b, BLOCK_ALL, &e), e);
	assert_ok(block_entries(&b, &a, &v, &e), e);
	ck_assert_uint_eq(b.n, n);
	for (size_t i = 0; i < n; i++)
		assert_same_entry(&v[i], &expected[i]);
	assert_by_issue(&b);
	arena_release(&a);
}

START_TEST(block_entries__what_was_made__is_the_same)
{
	assert_read_back(entries, 0);
	assert_read_back(entries, 1);
	assert_read_back(entries, N);
}
END_TEST

/* Values that are all the same, some, hundreds, and all others. */
START_TEST(block_entries__of_many_values__are_the_same)
{
	static struct block_entry v[BLOCK_STATEMENTS_MAX];
	static struct block_pair many[300 * BLOCK_STATEMENTS_MAX];
	for (uint32_t values = 1; values <= 100000; values *= 10) {
		for (uint32_t i = 0; i < BLOCK_STATEMENTS_MAX; i++) {
			const uint32_t x = i * 2654435761U % values;
			struct block_pair *on = many + (size_t)i * 300;
			v[i] = (struct block_entry){.id = (int64_t)(i / 50 % values) << 31 |
							  (i + 1),
						    .article = (int64_t)x << 40,
						    .fields = (int64_t)x << 20 ^ (int64_t)x << 40,
						    .speaker = x,
						    .member_of = x / 3,
						    .target = x / 2,
						    .outlet = x / 5,
						    .said = (day_t)x - 7,
						    .n_pairs = x % 300,
						    .pairs = on};
			for (uint32_t k = 0; k < x % 300; k++)
				on[k] = (struct block_pair){(x + k * 7919) % values,
							    (uint16_t)(x % 8000)};
		}
		assert_read_back(v, BLOCK_STATEMENTS_MAX);
	}
}
END_TEST

START_TEST(block_find__each_id_from_each_place__is_found)
{
	struct block b = make();
	assert_ok(block_open(&b, BLOCK_ALL, &e), e);
	for (size_t i = 0; i < N; i++)
		for (size_t near = 0; near < N; near++) {
			ck_assert_uint_eq(block_find(&b, entries[i].id, near), i);
			ck_assert_uint_eq(block_find(&b, 7 + (int64_t)near, near), N);
		}
	arena_release(&a);
}
END_TEST

START_TEST(block_open__a_column_of_another_length__is_damage)
{
	for (int c = 0; c < BLOCK_COLUMNS; c++)
		for (size_t cut = 1; cut < 20; cut++) {
			struct block b = make();
			b.columns[c].n -= cut <= b.columns[c].n ? cut : b.columns[c].n;
			e = (struct err){0};
			assert_fails(block_open(&b, BLOCK_ALL, &e), e, ERR_DB);
			arena_release(&a);
		}
}
END_TEST

/* Any byte another one: what is read of it stays in the columns, which the sanitizers watch. */
START_TEST(block_open__a_byte_that_lies__is_damage_or_reads_in_bounds)
{
	struct block_entry *v;
	for (int c = 0; c < BLOCK_COLUMNS; c++)
		for (size_t at = 0;; at++) {
			struct block b = make();
			const bool is_over = at == b.columns[c].n;
			if (!is_over)
				((char *)b.columns[c].p)[at] = (char)0xFF;
			e = (struct err){0};
			if (!block_open(&b, BLOCK_ALL, &e))
				assert_ok(block_entries(&b, &a, &v, &e), e);
			arena_release(&a);
			if (is_over)
				break;
		}
}
END_TEST

/* More statements than there may be, and more pairs than the column has. */
START_TEST(block_open__counts_that_lie__are_damage)
{
	struct block b = make();
	e = (struct err){0};
	b.n = BLOCK_STATEMENTS_MAX + 1;
	assert_fails(block_open(&b, BLOCK_BIT(BLOCK_FLAGS), &e), e, ERR_DB);
	b.n = N;
	e = (struct err){0};
	memset((char *)b.columns[BLOCK_PAIRS].p, 0xFF, sizeof(uint32_t));
	assert_fails(block_open(&b, BLOCK_BIT(BLOCK_PAIRS), &e), e, ERR_DB);
	arena_release(&a);
}
END_TEST

START_TEST(block_pair_fields__of_a_pair__its_position_and_confidence)
{
	const int64_t own = INT64_C(0x00FFFFFFFFFFFFFF);
	struct issue_hit hit = {.position = POSITION_OPPOSE, .position_confidence = 0.25F};
	int64_t fields = fields_on_issue(own, &hit);
	ck_assert_int_eq(block_pair_fields(own, block_position(fields)), fields);
	ck_assert_int_eq(block_pair_fields(0, block_position(fields)), fields_on_issue(0, &hit));
}
END_TEST

UNIT_MAIN("statement_block", block_entries__what_was_made__is_the_same,
	  block_entries__of_many_values__are_the_same,
	  block_find__each_id_from_each_place__is_found,
	  block_open__a_column_of_another_length__is_damage,
	  block_open__a_byte_that_lies__is_damage_or_reads_in_bounds,
	  block_open__counts_that_lie__are_damage,
	  block_pair_fields__of_a_pair__its_position_and_confidence)
