/* Heads that two parsers could read in two ways are refused (RFC 9112, 3.2, 6.1, 6.3, 11.2). */
#include "server/head.h"

#include "tests/unit/unit.h"

/* A head as head_read leaves it, of one header "Host: a" and what `with` adds. */
static struct head head_with(const char *const with[][2])
{
	struct head h = {.content_length = -1};
	for (int i = 0; i < HEAD_COUNT; i++)
		h.values[i] = STR_EMPTY;
	h.values[HEAD_HOST] = STR("a");
	h.counts[HEAD_HOST] = 1;
	for (; with && (*with)[0]; with++) {
		enum head_name name = strcmp((*with)[0], "host") == 0	? HEAD_HOST
				      : strcmp((*with)[0], "te") == 0	? HEAD_TRANSFER_ENCODING
				      : strcmp((*with)[0], "auth") == 0 ? HEAD_AUTHORIZATION
									: HEAD_CONTENT_LENGTH;
		h.values[name] = str_of((*with)[1]);
		h.counts[name]++;
	}
	return h;
}

START_TEST(head_check__sound_heads__tell_where_the_body_ends)
{
	static const struct {
		const char *with[2][2], *version;
		int64_t length;
		bool is_chunked;
	} rows[] = {
		{{{NULL}}, "HTTP/1.1", -1, false},
		{{{NULL}}, "HTTP/1.0", -1, false},
		{{{"length", "0"}}, "HTTP/1.1", 0, false},
		{{{"length", "0012"}}, "HTTP/1.0", 12, false},
		{{{"length", "999999999999999999"}}, "HTTP/1.1", 999999999999999999, false},
		{{{"te", "Chunked"}}, "HTTP/1.1", -1, true},
		{{{"auth", "Bearer x"}}, "HTTP/1.1", -1, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct head h = head_with(rows[i].with);
		struct err e = {0};
		assert_ok(head_check(&h, rows[i].version, &e), e);
		ck_assert_int_eq(h.content_length, rows[i].length);
		ck_assert_int_eq(h.is_chunked, rows[i].is_chunked);
	}
}
END_TEST

START_TEST(head_check__ambiguous_heads__are_refused)
{
	static const struct {
		const char *with[3][2], *version, *says;
	} rows[] = {
		{{{NULL}}, "HTTP/2.0", "the protocol version"},
		{{{NULL}}, "http/1.1", "the protocol version"},
		{{{"host", "b"}}, "HTTP/1.1", "several \"Host\""},
		{{{"auth", "a"}, {"auth", "a"}}, "HTTP/1.1", "several \"Authorization\""},
		{{{"length", "5"}, {"length", "5"}}, "HTTP/1.1", "several \"Content-Length\""},
		{{{"length", "5,5"}}, "HTTP/1.1", "is not a number"},
		{{{"length", "+5"}}, "HTTP/1.1", "is not a number"},
		{{{"length", "-5"}}, "HTTP/1.1", "is not a number"},
		{{{"length", "0x5"}}, "HTTP/1.1", "is not a number"},
		{{{"length", ""}}, "HTTP/1.1", "is not a number"},
		{{{"length", "9999999999999999999"}}, "HTTP/1.1", "is not a number"},
		{{{"length", "5"}, {"te", "chunked"}}, "HTTP/1.1", "both"},
		{{{"te", "chunked"}, {"te", "chunked"}}, "HTTP/1.1", "the only"},
		{{{"te", "gzip, chunked"}}, "HTTP/1.1", "the only"},
		{{{"te", "chunked "}}, "HTTP/1.1", "the only"},
		{{{"te", ""}}, "HTTP/1.1", "the only"},
		{{{"te", "chunked"}}, "HTTP/1.0", "in HTTP/1.0"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct head h = head_with(rows[i].with);
		struct err e;
		assert_fails(head_check(&h, rows[i].version, &e), e, ERR_REQUEST);
		ck_assert_msg(strstr(e.message, rows[i].says) != NULL, "row %zu: %s", i, e.message);
	}
}
END_TEST

START_TEST(head_check__hosts__are_names_or_addresses)
{
	static const char *const good[] = {"a", "a:80", "[::1]:80", "xn--a.example", ""};
	static const char *const bad[] = {"a b", "a,b", "a/b", "u@a", "a?b", "a#b", "a\\b", "\ta"};
	struct err e = {0};
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct head h = head_with(NULL);
		h.values[HEAD_HOST] = str_of(good[i]);
		assert_ok(head_check(&h, "HTTP/1.1", &e), e);
	}
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct head h = head_with(NULL);
		h.values[HEAD_HOST] = str_of(bad[i]);
		assert_fails(head_check(&h, "HTTP/1.1", &e), e, ERR_REQUEST);
	}
	struct head h = head_with(NULL);
	h.counts[HEAD_HOST] = 0;
	h.values[HEAD_HOST] = STR_EMPTY;
	assert_fails(head_check(&h, "HTTP/1.1", &e), e, ERR_REQUEST);
	e = (struct err){0};
	assert_ok(head_check(&h, "HTTP/1.0", &e), e);
}
END_TEST

START_TEST(head_check__odd_lines__are_refused)
{
	struct err e;
	for (int i = 0; i < 4; i++) {
		struct head h = head_with(NULL);
		h.is_broken = i == 0;
		h.has_bare_lf = i == 1;
		h.has_gap = i == 2;
		h.has_odd_line = i == 3;
		assert_fails(head_check(&h, "HTTP/1.1", &e), e, ERR_REQUEST);
	}
}
END_TEST

UNIT_MAIN("head", head_check__sound_heads__tell_where_the_body_ends,
	  head_check__ambiguous_heads__are_refused, head_check__hosts__are_names_or_addresses,
	  head_check__odd_lines__are_refused)
