/* The table and its order. */
#include "base/lru.h"

#include "tests/unit/unit.h"

struct thing {
	struct lru_node node;
	int number;
};

static struct thing *thing_of(struct lru_node *node)
{
	return (struct thing *)(void *)node;
}

START_TEST(lru_first__nodes_of_one_hash__are_all_found)
{
	struct lru t;
	struct thing v[40];
	ck_assert_int_eq(lru_init(&t, 4), 0);
	for (int i = 0; i < 40; i++) {
		v[i] = (struct thing){.node.hash = (uint64_t)i % 20, .number = i};
		lru_add(&t, &v[i].node);
	}
	ck_assert_uint_eq(t.n, 40);
	for (uint64_t i = 0; i < 64; i++) { /* of buckets with and without nodes */
		lru_expect(&t, i);
		lru_expect_node(&t, i, 2);
	}
	for (int i = 0; i < 20; i++) {
		struct lru_node *first = lru_first(&t, (uint64_t)i), *second = lru_next(first);
		ck_assert_int_eq(thing_of(first)->number + thing_of(second)->number, 2 * i + 20);
		ck_assert_ptr_null(lru_next(second));
	}
	ck_assert_ptr_null(lru_first(&t, 20));
	lru_release(&t);
}
END_TEST

START_TEST(lru_use__the_oldest__is_the_newest_then)
{
	struct lru t;
	struct thing v[3];
	ck_assert_int_eq(lru_init(&t, 4), 0);
	for (int i = 0; i < 3; i++) {
		v[i] = (struct thing){.node.hash = (uint64_t)i, .number = i};
		lru_add(&t, &v[i].node);
	}
	ck_assert_ptr_eq(t.oldest, &v[0].node);
	lru_use(&t, &v[0].node);
	ck_assert_ptr_eq(t.oldest, &v[1].node);
	ck_assert_ptr_eq(t.newest, &v[0].node);
	lru_use(&t, &v[0].node);
	lru_remove(&t, &v[1].node);
	ck_assert_ptr_eq(t.oldest, &v[2].node);
	lru_remove(&t, &v[0].node);
	lru_remove(&t, &v[0].node); /* is none of it any more */
	ck_assert_uint_eq(t.n, 1);
	lru_remove(&t, &v[2].node);
	ck_assert_ptr_null(t.oldest);
	ck_assert_ptr_null(t.newest);
	lru_release(&t);
}
END_TEST

UNIT_MAIN("lru", lru_first__nodes_of_one_hash__are_all_found,
	  lru_use__the_oldest__is_the_newest_then)
