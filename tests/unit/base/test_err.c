/* The error type: first wins, cut at characters, the table of statuses. */
#include "base/utf8.h"
#include "tests/unit/unit.h"

START_TEST(err_set__second_error__first_is_kept)
{
	struct err e = {0};
	ck_assert_int_eq(err_set(&e, ERR_INPUT, "limit", "\"%s\" is not a number", "x"), -1);
	ck_assert_int_eq(err_set(&e, ERR_DB, NULL, "disk is full"), -1);
	ck_assert_int_eq(e.kind, ERR_INPUT);
	ck_assert_str_eq(e.field, "limit");
	ck_assert_str_eq(e.message, "\"x\" is not a number");
}
END_TEST

START_TEST(err_set__no_field__is_empty)
{
	struct err e = {.field = "left over"};
	err_set(&e, ERR_NOT_FOUND, NULL, "no such article");
	ck_assert_str_eq(e.field, "");
}
END_TEST

/* Whatever the length before it, a character of two to four bytes at the cut is there as a whole or
 * not at all. */
START_TEST(err_set__message_cut_in_a_character__drops_its_bytes)
{
	static const char *const characters[] = {"\u00e9", "\u4e2d", "\U0001f600"};
	char text[2 * sizeof((struct err){0}.message)];
	for (size_t k = 0; k < 3; k++)
		for (size_t before = 500; before < 516; before++) {
			struct err e = {0};
			memset(text, 'a', before);
			memcpy(text + before, characters[k], strlen(characters[k]) + 1);
			err_set(&e, ERR_INPUT, text, "%s", text);
			struct str message = str_of(e.message), field = str_of(e.field);
			size_t whole = before + strlen(characters[k]), room = sizeof e.message - 1;
			ck_assert_uint_eq(message.n, whole <= room   ? whole
						     : before < room ? before
								     : room);
			ck_assert_uint_eq(utf8_valid_prefix(message), message.n);
			ck_assert_uint_eq(field.n, sizeof e.field - 1);
		}
}
END_TEST

START_TEST(err_set__field_cut_in_a_character__drops_its_bytes)
{
	char text[128];
	for (size_t before = 58; before < 66; before++) {
		struct err e = {0};
		memset(text, 'a', before);
		memcpy(text + before, "\u4e2d\u6587", sizeof "\u4e2d\u6587");
		err_set(&e, ERR_INPUT, text, "x");
		struct str field = str_of(e.field);
		ck_assert_uint_eq(utf8_valid_prefix(field), field.n);
		ck_assert_uint_ge(field.n, sizeof e.field - 1 - 2);
	}
}
END_TEST

/* A message that quotes bytes which are no UTF-8 stays valid up to there. */
START_TEST(err_set__bytes_that_are_no_utf8__message_stays_valid)
{
	struct err e = {0};
	err_set(&e, ERR_INPUT, NULL, "\"%s\" is unknown",
		"ab\xff"
		"cd");
	ck_assert_uint_eq(utf8_valid_prefix(str_of(e.message)), strlen(e.message));
	ck_assert(str_starts(str_of(e.message), STR("\"ab")));
}
END_TEST

START_TEST(err_status__every_kind__has_status_and_title)
{
	for (int k = ERR_NONE; k < ERR_KIND_COUNT; k++) {
		int status = err_status((enum err_kind)k);
		ck_assert_msg(k == ERR_NONE ? status == 200 : status >= 400 && status < 600,
			      "kind %d: %d", k, status);
		ck_assert_uint_gt(strlen(err_title((enum err_kind)k)), 0);
	}
	ck_assert_int_eq(err_status(ERR_INPUT), 400);
	ck_assert_int_eq(err_status(ERR_DEADLINE), 503);
	ck_assert_int_eq(err_status(ERR_DB), 500);
}
END_TEST

UNIT_MAIN("err", err_set__second_error__first_is_kept, err_set__no_field__is_empty,
	  err_set__message_cut_in_a_character__drops_its_bytes,
	  err_set__field_cut_in_a_character__drops_its_bytes,
	  err_set__bytes_that_are_no_utf8__message_stays_valid,
	  err_status__every_kind__has_status_and_title)
