/* Columns of statements, made and read. */
#include "db/statement_block.h"

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

static struct block make(void)
{
	struct block b;
	arena_init(&a, 1 << 20);
	assert_ok(block_make(entries, N, &a, &b, &e), e);
	return b;
}

START_TEST(block_entries__what_was_made__is_the_same)
{
	struct block b = make();
	struct block_entry *v;
	assert_ok(block_open(&b, (1U << BLOCK_COLUMNS) - 1, &e), e);
	ck_assert_uint_eq(b.n, N);
	assert_ok(block_entries(&b, &a, &v, &e), e);
	for (size_t i = 0; i < N; i++) {
		ck_assert(v[i].id == entries[i].id && v[i].fields == entries[i].fields &&
			  v[i].article == entries[i].article && v[i].said == entries[i].said &&
			  v[i].speaker == entries[i].speaker && v[i].target == entries[i].target &&
			  v[i].member_of == entries[i].member_of &&
			  v[i].outlet == entries[i].outlet);
		ck_assert_uint_eq(v[i].n_pairs, entries[i].n_pairs);
		for (size_t k = 0; k < v[i].n_pairs; k++)
			ck_assert(v[i].pairs[k].issue == entries[i].pairs[k].issue &&
				  v[i].pairs[k].position == entries[i].pairs[k].position);
		for (size_t near = 0; near < N; near++) {
			ck_assert_uint_eq(block_find(&b, entries[i].id, near), i);
			ck_assert_uint_eq(block_find(&b, 7 + (int64_t)near, near), N);
		}
	}
	arena_release(&a);
}
END_TEST

START_TEST(block_open__a_column_of_another_length__is_damage)
{
	for (int c = 0; c < BLOCK_COLUMNS; c++)
		for (size_t cut = 1; cut < 20; cut++) {
			struct block b = make();
			if (cut == 8 && c == BLOCK_FIELDS)
				cut++;
			b.columns[c].n -= cut <= b.columns[c].n ? cut : b.columns[c].n;
			e = (struct err){0};
			assert_fails(block_open(&b, (1U << BLOCK_COLUMNS) - 1, &e), e, ERR_DB);
			arena_release(&a);
		}
}
END_TEST

/* More pairs than the column has. */
START_TEST(block_open__counts_of_pairs_that_lie__are_damage)
{
	struct block b = make();
	e = (struct err){0};
	memset((char *)b.columns[BLOCK_PAIRS].p, 0xFF, N * sizeof(uint16_t));
	assert_fails(block_open(&b, 1U << BLOCK_FIELDS | 1U << BLOCK_PAIRS, &e), e, ERR_DB);
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
	  block_open__a_column_of_another_length__is_damage,
	  block_open__counts_of_pairs_that_lie__are_damage,
	  block_pair_fields__of_a_pair__its_position_and_confidence)
