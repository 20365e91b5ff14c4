/* Tags of bodies, and the lists of them that clients send. */
#include "server/etag.h"

#include "base/hash.h"
#include "tests/unit/unit.h"

START_TEST(etag_of__bodies__differ_in_every_byte)
{
	char body[100], first[ETAG_ROOM], tag[ETAG_ROOM];
	memset(body, 'a', sizeof body);
	etag_of(hash_bytes((struct str){body, sizeof body}, 0), 0, first);
	ck_assert_uint_eq(strlen(first), strlen("W/\"0123456789abcdef\""));
	for (size_t i = 0; i < sizeof body; i++) {
		body[i] = 'b';
		etag_of(hash_bytes((struct str){body, sizeof body}, 0), 0, tag);
		ck_assert_msg(strcmp(tag, first) != 0, "byte %zu", i);
		body[i] = 'a';
		etag_of(hash_bytes((struct str){body, i}, 0), 0, tag);
		ck_assert_msg(strcmp(tag, first) != 0, "%zu bytes", i);
	}
	etag_of(hash_bytes((struct str){body, sizeof body}, 0), 0, tag);
	ck_assert_str_eq(tag, first);
}
END_TEST

START_TEST(etag_is_listed__lists__are_compared_weakly)
{
	static const struct {
		const char *list, *tag;
		bool is_listed;
	} rows[] = {
		{"W/\"a\"", "W/\"a\"", true},  {"\"a\"", "W/\"a\"", true},
		{"W/\"a\"", "\"a\"", true},    {"\"x\" , W/\"a\"", "W/\"a\"", true},
		{"*", "W/\"a\"", true},	       {" * ", "W/\"a\"", true},
		{"\"b\"", "W/\"a\"", false},   {"a", "W/\"a\"", false},
		{"\"a\"x", "W/\"a\"", false},  {"\"x\", *", "W/\"a\"", false},
		{"w/\"a\"", "W/\"a\"", false}, {"", "W/\"a\"", false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		ck_assert_msg(etag_is_listed(str_of(rows[i].list), str_of(rows[i].tag)) ==
				      rows[i].is_listed,
			      "%s in %s", rows[i].tag, rows[i].list);
}
END_TEST

UNIT_MAIN("etag", etag_of__bodies__differ_in_every_byte, etag_is_listed__lists__are_compared_weakly)
