/* Cursors: round trips, and everything that is none. */
#include "api/query/cursor.h"

#include "tests/unit/unit.h"

static struct arena arena;
static struct err err;

static int decode_id(struct str text, uint64_t question, int64_t *id)
{
	err = (struct err){0};
	return cursor_decode_id(text, question, &arena, id, &err);
}

static void setup(void)
{
	arena_release(&arena);
	arena_init(&arena, 1 << 20);
}

START_TEST(cursor_decode__its_own__same_key)
{
	static const int64_t ids[] = {1, 255, 256, 1588000000000000, INT64_MAX};
	setup();
	for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
		int64_t id;
		assert_ok(decode_id(cursor_encode_id(&arena, ids[i], 77), 77, &id), err);
		ck_assert_int_eq(id, ids[i]);
	}
	for (size_t n = 0; n <= CURSOR_KEY_MAX; n++) {
		char key[CURSOR_KEY_MAX];
		struct str back;
		setup();
		memset(key, 'k', sizeof key);
		err = (struct err){0};
		struct str text = cursor_encode(&arena, (struct str){key, n}, 5);
		assert_ok(cursor_decode(text, 5, &arena, &back, &err), err);
		ck_assert(str_eq(back, (struct str){key, n}));
	}
}
END_TEST

START_TEST(cursor_decode__another_question__refused)
{
	int64_t id;
	setup();
	ck_assert_int_ne(decode_id(cursor_encode_id(&arena, 17, 1), 2, &id), 0);
	ck_assert_int_eq(err.kind, ERR_CURSOR);
	ck_assert_str_eq(err.field, "cursor");
}
END_TEST

START_TEST(cursor_decode__any_letter_changed__refused)
{
	setup();
	struct str good = cursor_encode_id(&arena, 1588000000000000, 9);
	for (size_t i = 0; i + 1 < good.n; i++) { /* the last letter has spare bits */
		int64_t id;
		struct str bad = arena_str(&arena, good);
		((char *)(uintptr_t)bad.p)[i] = bad.p[i] == 'A' ? 'B' : 'A';
		ck_assert_msg(decode_id(bad, 9, &id) != 0, "letter %zu", i);
		ck_assert_str_eq(err.field, "cursor");
	}
	for (size_t n = 0; n < good.n; n++) {
		int64_t id;
		ck_assert_int_ne(decode_id(str_sub(good, 0, n), 9, &id), 0);
	}
}
END_TEST

START_TEST(cursor_decode__hostile__refused)
{
	static const struct str texts[] = {{"", 0},
					   {"A", 1},
					   {"====", 4},
					   {"\0\0\0\0", 4},
					   {"../../etc/passwd", 16},
					   {"\xFF\xFE", 2},
					   {"AAAAAAAAAAAAAAAAAAAAAAAA", 24}};
	setup();
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		int64_t id;
		ck_assert_int_ne(decode_id(texts[i], 9, &id), 0);
		ck_assert_int_eq(err.kind, ERR_CURSOR);
	}
	static char large[100000];
	int64_t id;
	memset(large, 'A', sizeof large);
	ck_assert_int_ne(decode_id((struct str){large, sizeof large}, 9, &id), 0);
}
END_TEST

START_TEST(cursor_decode__negative_id__refused)
{
	int64_t id;
	setup();
	ck_assert_int_ne(decode_id(cursor_encode_id(&arena, -1, 3), 3, &id), 0);
	ck_assert_int_ne(decode_id(cursor_encode(&arena, STR("slug"), 3), 3, &id), 0);
}
END_TEST

UNIT_MAIN("cursor", cursor_decode__its_own__same_key, cursor_decode__another_question__refused,
	  cursor_decode__any_letter_changed__refused, cursor_decode__hostile__refused,
	  cursor_decode__negative_id__refused)
