/* The JSON writer, read back by jansson. */
#include "api/format/json_write.h"

#include <jansson.h>

#include "tests/unit/unit.h"

static struct buf buf;

static struct str written(void)
{
	return buf_str(&buf);
}

static struct jw start(void)
{
	buf_release(&buf);
	buf_init(&buf, 1 << 20);
	return jw_into(&buf);
}

START_TEST(json_write__nested_containers__commas_in_place)
{
	struct jw j = start();
	jw_open_object(&j);
	JW_NAME(&j, "a");
	jw_open_array(&j);
	jw_int(&j, 1);
	jw_open_object(&j);
	jw_close_object(&j);
	jw_open_array(&j);
	jw_close_array(&j);
	jw_null(&j);
	jw_close_array(&j);
	JW_NAME(&j, "b");
	jw_bool(&j, true);
	JW_MEMBER(&j, "c", STR_EMPTY);
	JW_MEMBER(&j, "d", STR("x"));
	jw_close_object(&j);
	assert_str(written(), "{\"a\":[1,{},[],null],\"b\":true,\"c\":null,\"d\":\"x\"}");
}
END_TEST

START_TEST(json_write__every_byte__read_back_same)
{
	char all[128];
	for (int i = 0; i < 128; i++)
		all[i] = (char)i;
	struct jw j = start();
	jw_string(&j, (struct str){all, sizeof all});
	json_t *back = json_loadb(buf.p, buf.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	ck_assert_ptr_nonnull(back);
	ck_assert_uint_eq(json_string_length(back), sizeof all);
	ck_assert_int_eq(memcmp(json_string_value(back), all, sizeof all), 0);
	json_decref(back);
}
END_TEST

START_TEST(json_write__bytes_that_are_no_utf8__one_replacement_each)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{"\xff", "\"\xEF\xBF\xBD\""},
		{"a\xe4\xbfz", "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\""},
		{"women\xe4\"an", "\"women\xEF\xBF\xBD\\\"an\""},
		{"\xc3\xa9\xc3", "\"\xC3\xA9\xEF\xBF\xBD\""},
		{"\xed\xa0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct jw j = start();
		jw_string(&j, str_of(cases[i].in));
		assert_str(written(), cases[i].out);
	}
}
END_TEST

/* Strings are copied in steps of several lengths: a byte to escape may lie at any place in any of
 * them. */
START_TEST(json_write__every_length_and_place__only_what_must_be_is_escaped)
{
	enum { LONGEST = 70 };
	static const char hard[] = {'"', '\\', '\x01', '\x1f', '\n'};
	char text[LONGEST], expected[LONGEST + 8];
	for (size_t n = 0; n <= LONGEST; n++) {
		for (size_t at = 0; at <= n;
		     at++) { /* at n: nothing to escape, but what lies next to it is plain */
			static const char neighbours[] = " !#[]~\x7f";
			for (size_t i = 0; i < n; i++)
				text[i] = neighbours[(i + n) % (sizeof neighbours - 1)];
			if (at < n)
				text[at] = hard[(n + at) % sizeof hard];
			struct jw j = start();
			jw_string(&j, (struct str){text, n});
			const char *escape = at == n		? ""
					     : text[at] == '"'	? "\\\""
					     : text[at] == '\\' ? "\\\\"
					     : text[at] == '\n' ? "\\n"
					     : text[at] == 1	? "\\u0001"
								: "\\u001f";
			int length = snprintf(expected, sizeof expected, "\"%.*s%s%.*s\"", (int)at,
					      text, escape, at < n ? (int)(n - at - 1) : 0,
					      at < n ? text + at + 1 : "");
			ck_assert_uint_eq(buf.n, (size_t)length);
			ck_assert_int_eq(memcmp(buf.p, expected, (size_t)length), 0);
		}
	}
}
END_TEST

START_TEST(json_write__beyond_ascii__kept_as_it_is)
{
	struct jw j = start();
	jw_string(&j, STR("Erdo\u011Fan \U0001F600 \u2028"));
	assert_str(written(), "\"Erdo\u011Fan \U0001F600 \u2028\"");
}
END_TEST

START_TEST(json_write__integers__all_digits)
{
	struct jw j = start();
	jw_open_array(&j);
	jw_int(&j, 0);
	jw_int(&j, -7);
	jw_int(&j, INT64_MAX);
	jw_int(&j, INT64_MIN);
	for (int64_t power = 10; power <= 1000; power *= 10) {
		jw_int(&j, power - 1);
		jw_int(&j, power);
	}
	jw_close_array(&j);
	assert_str(written(),
		   "[0,-7,9223372036854775807,-9223372036854775808,9,10,99,100,999,1000]");
}
END_TEST

START_TEST(json_write__numbers__three_decimals_at_most)
{
	struct jw j = start();
	jw_open_array(&j);
	jw_number(&j, 0.0);
	jw_number(&j, 1.0);
	jw_number(&j, 0.85);
	jw_number(&j, -0.5);
	jw_number(&j, 0.0004);
	jw_number(&j, 0.1 + 0.2);
	jw_number(&j, -0.0004);
	jw_number(&j, 0.0995);
	jw_number(&j, -12.03);
	jw_number(&j, 999.9996);
	jw_number(&j, 0.0 / 0.0);
	jw_number(&j, 1e300);
	jw_close_array(&j);
	assert_str(written(), "[0,1,0.85,-0.5,0,0.3,0,0.1,-12.03,1000,null,null]");
}
END_TEST

START_TEST(json_write__small_buffer__fails_and_stays_within)
{
	buf_release(&buf);
	buf_init(&buf, 8);
	struct jw j = jw_into(&buf);
	jw_string(&j, STR("more than eight bytes"));
	ck_assert(buf.failed);
	ck_assert_uint_le(buf.n, 8);
}
END_TEST

START_TEST(json_write__spans__lists_of_pairs)
{
	const struct span v[] = {{1, 5}, {9, 4294967295u}};
	struct jw j = start();
	jw_spans(&j, (struct spans){v, 2});
	assert_str(written(), "[[1,5],[9,4294967295]]");
}
END_TEST

UNIT_MAIN("json_write", json_write__nested_containers__commas_in_place,
	  json_write__every_byte__read_back_same,
	  json_write__bytes_that_are_no_utf8__one_replacement_each,
	  json_write__every_length_and_place__only_what_must_be_is_escaped,
	  json_write__beyond_ascii__kept_as_it_is, json_write__integers__all_digits,
	  json_write__numbers__three_decimals_at_most,
	  json_write__small_buffer__fails_and_stays_within, json_write__spans__lists_of_pairs)
