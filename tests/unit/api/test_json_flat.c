/* The reader of flat objects: what it reads, as jansson does, and what it leaves to jansson. */
#include "api/format/json_flat.h"

#include <jansson.h>

#include "tests/unit/unit.h"

enum { MEMBERS = 3 };
static struct arena arena;
static struct json_member got[MEMBERS];
static size_t n;

static bool reads(const char *json)
{
	arena_release(&arena);
	arena_init(&arena, 1 << 20);
	return json_flat_read(str_of(json), &arena, got, MEMBERS, &n);
}

START_TEST(json_flat__strings_and_nulls__members_in_order)
{
	ck_assert(reads(" {\t\"b\" :\r\n \"x\", \"a\":null,\"\":\"\"} "));
	ck_assert_uint_eq(n, 3);
	assert_str(got[0].name, "b");
	assert_str(got[0].value, "x");
	assert_str(got[1].name, "a");
	ck_assert(got[1].is_null);
	ck_assert_uint_eq(got[2].name.n, 0);
	ck_assert(!got[2].is_null);
}
END_TEST

START_TEST(json_flat__escapes__read_as_jansson_reads_them)
{
	static const char *const values[] = {
		"\\\"\\\\\\/\\b\\f\\n\\r\\t",
		"ends in \\\\",
		"\\\\\\\"",
		"\\u0001\\u007f\\u0080\\u07FF\\u0800\\uffff",
		"\\ud83d\\ude00 \\uDBFF\\uDFFF",
		"Erdo\u011Fan \\u011f",
		"\x7f",
	};
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		char json[128];
		snprintf(json, sizeof json, "{\"a\":\"%s\"}", values[i]);
		json_t *root = json_loads(json, 0, NULL);
		ck_assert_ptr_nonnull(root);
		ck_assert_msg(reads(json), "%s", json);
		const json_t *value = json_object_get(root, "a");
		ck_assert_uint_eq(got[0].value.n, json_string_length(value));
		assert_str(got[0].value, json_string_value(value));
		json_decref(root);
	}
}
END_TEST

START_TEST(json_flat__anything_else__left_alone)
{
	static const char *const others[] = {
		"",
		"{",
		"[]",
		"null",
		"\"a\"",
		"{}",
		"{\"a\"}",
		"{\"a\":}",
		"{\"a\":1}",
		"{\"a\":true}",
		"{\"a\":nul}",
		"{\"a\":nulls}",
		"{\"a\":{}}",
		"{\"a\":[\"b\"]}",
		"{\"a\":\"b\",}",
		"{\"a\":\"b\"",
		"{\"a\":\"b}",
		"{\"a\":\"b\"}x",
		"{\"a\":\"b\"\"c\":\"d\"}",
		"{a:\"b\"}",
		"{'a':\"b\"}",
		"{\"a\":\"\\\"}",
		"{\"a\":\"\\x\"}",
		"{\"a\":\"\n\"}",
		"{\"a\":\"\x01\"}",
		"{\"a\":\"b\",\"a\":\"c\"}",
		"{\"a\":\"b\",\"\\u0061\":\"c\"}",
		"{\"a\":null,\"b\":null,\"c\":null,\"d\":null}",
		"{\"a\":\"\\u0000\"}",
		"{\"a\":\"\\ud83d\"}",
		"{\"a\":\"\\ude00\"}",
		"{\"a\":\"\\ud83d\\u0041\"}",
		"{\"a\":\"\\ud83dx\\ude00\"}",
		"{\"a\":\"\\u12\"}",
		"{\"a\":\"\\u12g4\"}",
		"{\"a\":\"\\u\"}",
		"{\"a\":\"b\\",
		"\xEF\xBB\xBF{\"a\":\"b\"}",
	};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		ck_assert_msg(!reads(others[i]), "%s", others[i]);
}
END_TEST

START_TEST(json_flat__little_memory__left_alone)
{
	arena_release(&arena);
	arena_init(&arena, 16);
	ck_assert(!json_flat_read(STR("{\"a\":\"more than sixteen bytes\"}"), &arena, got, MEMBERS,
				  &n));
}
END_TEST

UNIT_MAIN("json_flat", json_flat__strings_and_nulls__members_in_order,
	  json_flat__escapes__read_as_jansson_reads_them, json_flat__anything_else__left_alone,
	  json_flat__little_memory__left_alone)
