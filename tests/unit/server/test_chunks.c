/* Lines between the chunks of a body, as they lie in the library's buffer. */
#include "server/chunks.h"

#include "tests/unit/unit.h"

START_TEST(chunks__lines_between_pieces__are_looked_at)
{
	static const struct {
		const char *buffer;
		size_t at, n;
		bool has_bare_lf;
	} rows[] = {
		{"5\r\nhello\r\n", 3, 5, false}, {"5\nhello\r\n", 2, 5, true},
		{"5;a\nhello", 4, 5, true},	 {"hello\r\n", 0, 5, false},
		{"\r\n5\r\nhello", 5, 5, false}, {"\n5\r\nhello", 4, 5, true},
		{"a\nb\nc", 0, 5, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct chunks c = {.start = rows[i].buffer};
		struct str piece = {rows[i].buffer + rows[i].at, rows[i].n};
		ck_assert_msg(chunks_have_bare_lf(&c, piece, 32768) == rows[i].has_bare_lf, "%s",
			      rows[i].buffer);
	}
	static const char two[] = "3\r\na\nb\r\n2\r\nxy\n1\r\nz";
	struct chunks c = {.start = two};
	ck_assert(!chunks_have_bare_lf(&c, (struct str){two + 3, 3}, 32768));
	ck_assert(!chunks_have_bare_lf(&c, (struct str){two + 11, 2}, 32768));
	ck_assert(chunks_have_bare_lf(&c, (struct str){two + 17, 1}, 32768));
}
END_TEST

UNIT_MAIN("chunks", chunks__lines_between_pieces__are_looked_at)
