/* UTF-8 against Unicode 15, table 3-7: exhaustively where the table has its boundaries. */
#include "base/utf8.h"
#include "tests/unit/unit.h"

/* Table 3-7 the other way round, by the numbers of the standard: encode a scalar value. */
static size_t encode(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

static bool is_surrogate(uint32_t c)
{
	return c >= 0xD800 && c <= 0xDFFF;
}

START_TEST(utf8_decode__every_scalar_value__comes_back)
{
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		char bytes[4];
		struct str s = {bytes, encode(c, bytes)};
		if (is_surrogate(c)) {
			ck_assert_uint_eq(utf8_valid_prefix(s), 0);
			continue;
		}
		size_t next = 0;
		if (utf8_valid_prefix(s) != s.n || utf8_count(s) != 1 ||
		    utf8_decode(s, 0, &next) != c || next != s.n)
			ck_abort_msg("U+%04X", c);
	}
}
END_TEST

/* Scalar values of all one-, two- and three-byte sequences that the gate lets through, counted:
 * none is let through twice, so none is an overlong form or a surrogate. */
START_TEST(utf8_valid_prefix__all_sequences_to_three_bytes__are_exactly_the_scalar_values)
{
	size_t one = 0, two = 0, three = 0;
	for (uint32_t v = 0; v < 1u << 24; v++) {
		char b[3] = {(char)(v >> 16), (char)(v >> 8), (char)v};
		three += utf8_count((struct str){b, 3}) == 1 &&
			 utf8_valid_prefix((struct str){b, 3}) == 3;
		if ((v & 0xFF) == 0)
			two += utf8_count((struct str){b, 2}) == 1 &&
			       utf8_valid_prefix((struct str){b, 2}) == 2;
		if ((v & 0xFFFF) == 0)
			one += utf8_valid_prefix((struct str){b, 1}) == 1;
	}
	ck_assert_uint_eq(one, 0x80);
	ck_assert_uint_eq(two, 0x800 - 0x80);
	ck_assert_uint_eq(three, 0x10000 - 0x800 - (0xE000 - 0xD800));
}
END_TEST

/* Four bytes: every lead, every second byte, and the boundaries of the third and fourth. */
START_TEST(utf8_valid_prefix__four_byte_boundaries__follow_the_table)
{
	static const unsigned char tails[] = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};
	for (unsigned lead = 0xF0; lead <= 0xFF; lead++)
		for (unsigned second = 0; second <= 0xFF; second++)
			for (unsigned t = 0; t < sizeof tails * sizeof tails; t++) {
				unsigned char third = tails[t / sizeof tails],
					      fourth = tails[t % sizeof tails];
				bool tails_ok = third >= 0x80 && third <= 0xBF && fourth >= 0x80 &&
						fourth <= 0xBF;
				bool second_ok = lead == 0xF0	? second >= 0x90 && second <= 0xBF
						 : lead <= 0xF3 ? second >= 0x80 && second <= 0xBF
						 : lead == 0xF4 ? second >= 0x80 && second <= 0x8F
								: false;
				char b[4] = {(char)lead, (char)second, (char)third, (char)fourth};
				size_t want = second_ok && tails_ok ? 4 : 0;
				ck_assert_uint_eq(utf8_valid_prefix((struct str){b, 4}), want);
			}
}
END_TEST

START_TEST(utf8_valid_prefix__cut_sequences__end_before_the_character)
{
	static const char *const characters[] = {"\u00e9", "\u4e2d", "\xed\x9f\xbf", "\U0001f600"};
	for (size_t k = 0; k < 4; k++)
		for (size_t n = 1; n < strlen(characters[k]); n++) {
			/* From the heap, of exactly this size: a read past the end is seen by the
			 * sanitizer. */
			char *p = malloc(2 + n);
			p[0] = 'a';
			p[1] = 'b';
			memcpy(p + 2, characters[k], n);
			ck_assert_uint_eq(utf8_valid_prefix((struct str){p, 2 + n}), 2);
			free(p);
		}
}
END_TEST

/* Eight bytes go at a time where all are ASCII: a fault at every place of a word and behind it. */
START_TEST(utf8_valid_prefix__fault_at_each_offset__is_found_there)
{
	char text[40];
	for (size_t at = 0; at < sizeof text; at++) {
		memset(text, 'x', sizeof text);
		text[at] = (char)0x80;
		ck_assert_uint_eq(utf8_valid_prefix((struct str){text, sizeof text}), at);
	}
	ck_assert_uint_eq(utf8_valid_prefix(STR_EMPTY), 0);
	ck_assert_uint_eq(utf8_valid_prefix((struct str){NULL, 0}), 0);
	ck_assert_uint_eq(utf8_valid_prefix(STR("a\0b")), 3);
}
END_TEST

START_TEST(utf8_count__mixed_text__counts_code_points)
{
	ck_assert_uint_eq(utf8_count(STR("Erdo\u011fan \u4e2d\u6587 \U0001f600")), 12);
	ck_assert_uint_eq(utf8_count(STR_EMPTY), 0);
}
END_TEST

START_TEST(utf8_point_at__rising_and_falling_offsets__agree_with_counting)
{
	struct str s = STR("a\u00e9\u4e2d\U0001f600z \u2018quote\u2019");
	struct utf8_cursor c = {.text = s};
	for (size_t byte = 0; byte <= s.n; byte++)
		ck_assert_uint_eq(utf8_point_at(&c, byte), utf8_count(str_sub(s, 0, byte)));
	for (size_t byte = s.n + 1; byte-- > 0;)
		ck_assert_uint_eq(utf8_point_at(&c, byte), utf8_count(str_sub(s, 0, byte)));
	ck_assert_uint_eq(utf8_point_at(&c, s.n + 100), utf8_count(s));
}
END_TEST

UNIT_MAIN("utf8", utf8_decode__every_scalar_value__comes_back,
	  utf8_valid_prefix__all_sequences_to_three_bytes__are_exactly_the_scalar_values,
	  utf8_valid_prefix__four_byte_boundaries__follow_the_table,
	  utf8_valid_prefix__cut_sequences__end_before_the_character,
	  utf8_valid_prefix__fault_at_each_offset__is_found_there,
	  utf8_count__mixed_text__counts_code_points,
	  utf8_point_at__rising_and_falling_offsets__agree_with_counting)
