/* Pieces of an area: where they lie, and that none lies in another. */
#include "base/area.h"

#include <stdbool.h>
#include <string.h>

#include "tests/unit/unit.h"

enum { UNIT = 64 };

START_TEST(area_take__until_full__all_of_it_and_no_more)
{
	struct area a;
	ck_assert_int_eq(area_init(&a, 10 * UNIT + 5, UNIT), 0);
	char *first = area_take(&a, 1), *second = area_take(&a, 4 * UNIT);
	ck_assert_ptr_nonnull(first);
	ck_assert_ptr_eq(second, first + UNIT);
	ck_assert_ptr_null(area_take(&a, 5 * UNIT + 1));
	ck_assert_ptr_eq(area_take(&a, 5 * UNIT), first + 5 * UNIT);
	ck_assert_ptr_null(area_take(&a, 1));
	area_release(&a);
}
END_TEST

START_TEST(area_give__a_hole__is_taken_again_with_what_is_free_beside_it)
{
	struct area a;
	ck_assert_int_eq(area_init(&a, 300 * UNIT, UNIT), 0);
	char *v[3];
	for (int i = 0; i < 3; i++)
		v[i] = area_take(&a, 100 * UNIT);
	area_give(&a, v[1], 100 * UNIT);
	ck_assert_ptr_null(area_take(&a, 101 * UNIT));
	area_give(&a, v[0], 100 * UNIT);
	ck_assert_ptr_eq(area_take(&a, 150 * UNIT), v[0]);
	ck_assert_ptr_eq(area_take(&a, 50 * UNIT), v[0] + 150 * UNIT);
	ck_assert_ptr_null(area_take(&a, 1));
	area_release(&a);
}
END_TEST

START_TEST(area_init__no_bytes__has_no_pieces)
{
	struct area a;
	ck_assert_int_eq(area_init(&a, 0, UNIT), 0);
	ck_assert_ptr_null(area_take(&a, 1));
	area_release(&a);
}
END_TEST

START_TEST(area_bytes__any_size__whole_units)
{
	struct area a = {.unit = UNIT};
	ck_assert_uint_eq(area_bytes(&a, 1), UNIT);
	ck_assert_uint_eq(area_bytes(&a, UNIT), UNIT);
	ck_assert_uint_eq(area_bytes(&a, UNIT + 1), 2 * UNIT);
}
END_TEST

struct piece {
	char *p;
	size_t n;
	char fill;
};

static void check_and_give(struct area *a, struct piece *piece)
{
	bool is_whole = true; /* one assertion: each is a message to the parent process */
	for (size_t i = 0; i < piece->n; i++)
		is_whole &= piece->p[i] == piece->fill;
	ck_assert(is_whole);
	area_give(a, piece->p, piece->n);
	piece->p = NULL;
}

START_TEST(area_take__at_random__no_piece_lies_in_another)
{
	enum { PIECES = 40, TURNS = 20000, MOST = 6000 };
	struct piece pieces[PIECES] = {0};
	struct area a;
	uint32_t random = 1;
	size_t taken = 0;
	ck_assert_int_eq(area_init(&a, PIECES * MOST / 3, UNIT), 0);
	for (int i = 0; i < TURNS; i++) {
		random = random * 1664525u + 1013904223u;
		struct piece *piece = &pieces[random >> 8 & 31];
		if (piece->p)
			check_and_give(&a, piece);
		*piece = (struct piece){.n = 1 + (random >> 13) % MOST, .fill = (char)i};
		piece->p = area_take(&a, piece->n);
		if (piece->p)
			memset(piece->p, piece->fill, piece->n);
		taken += piece->p != NULL;
	}
	ck_assert_uint_gt(taken, TURNS / 2);
	for (int i = 0; i < PIECES; i++)
		if (pieces[i].p)
			check_and_give(&a, &pieces[i]);
	ck_assert_ptr_nonnull(area_take(&a, PIECES * MOST / 3 / UNIT * UNIT));
	area_release(&a);
}
END_TEST

UNIT_MAIN("area", area_take__until_full__all_of_it_and_no_more,
	  area_give__a_hole__is_taken_again_with_what_is_free_beside_it,
	  area_init__no_bytes__has_no_pieces, area_bytes__any_size__whole_units,
	  area_take__at_random__no_piece_lies_in_another)
