/* Bodies in pieces: how large a piece is, how it is taken, how it ends. */
#include "server/stream.h"

#include "tests/unit/unit.h"

/* So many times 10,000 bytes; then it ends, or fails. */
struct source {
	int left;
	bool fails;
};

static int more(void *state, struct buf *out, struct err *e)
{
	struct source *s = state;
	if (s->left == 0 && s->fails) {
		err_set(e, ERR_DB, NULL, "broken off");
		return -1;
	}
	for (int i = 0; i < 10000; i++)
		buf_add_char(out, 'x');
	return --s->left > 0 || s->fails;
}

START_TEST(stream_fill__small_parts__become_a_piece_worth_sending)
{
	struct source s = {.left = 5};
	struct body_stream from = {more, NULL, &s};
	struct stream t = {0};
	struct err e = {0};
	assert_ok(stream_start(&t, &from, NULL, &e), e);
	ck_assert(t.is_active && !t.is_done);
	ck_assert_uint_eq(t.piece.n, 20000); /* the first size from a half of a piece on */
	stream_fill(&t, &from, &e);
	ck_assert_uint_eq(t.piece.n, 20000);
	ck_assert(!t.is_done);
	stream_fill(&t, &from, &e);
	ck_assert_uint_eq(t.piece.n, 10000);
	ck_assert(t.is_done && !t.has_failed);
	stream_release(&t);
}
END_TEST

START_TEST(stream_take__little_by_little__gives_the_piece_once)
{
	struct source s = {.left = 2};
	struct body_stream from = {more, NULL, &s};
	struct stream t = {0};
	struct err e = {0};
	static char out[20001];
	assert_ok(stream_start(&t, &from, NULL, &e), e);
	ck_assert_uint_eq(stream_take(&t, out, 7), 7);
	ck_assert_uint_eq(stream_take(&t, out + 7, 10000), 10000);
	ck_assert_uint_eq(stream_take(&t, out + 10007, sizeof out - 10007), 9993);
	ck_assert_uint_eq(stream_take(&t, out, sizeof out), 0);
	ck_assert_uint_eq(strspn(out, "x"), 20000);
	stream_release(&t);
}
END_TEST

START_TEST(stream_start__a_first_piece_that_fails__is_an_error)
{
	struct source s = {.fails = true};
	struct body_stream from = {more, NULL, &s};
	struct stream t = {0};
	struct err e;
	assert_fails(stream_start(&t, &from, NULL, &e), e, ERR_DB);
	ck_assert(!t.is_active && t.has_failed);
	stream_release(&t);
}
END_TEST

START_TEST(stream_fill__a_later_failure__shows)
{
	struct source s = {.left = 2, .fails = true};
	struct body_stream from = {more, NULL, &s};
	struct stream t = {0};
	struct err e = {0};
	assert_ok(stream_start(&t, &from, NULL, &e), e);
	stream_fill(&t, &from, &e);
	ck_assert(t.has_failed && !t.is_done);
	ck_assert_int_eq(e.kind, ERR_DB);
	stream_release(&t);
}
END_TEST

START_TEST(stream_fill__without_memory__fails)
{
	struct memory memory = {.max_bytes = 1000};
	struct budget budget = {.memory = &memory};
	struct source s = {.left = 2};
	struct body_stream from = {more, NULL, &s};
	struct stream t = {0};
	struct err e = {0};
	ck_assert_int_eq(stream_start(&t, &from, &budget, &e), -1);
	ck_assert(t.has_failed);
	stream_release(&t);
	ck_assert_int_eq(memory_used(&memory), 0);
}
END_TEST

UNIT_MAIN("stream", stream_fill__small_parts__become_a_piece_worth_sending,
	  stream_take__little_by_little__gives_the_piece_once,
	  stream_start__a_first_piece_that_fails__is_an_error, stream_fill__a_later_failure__shows,
	  stream_fill__without_memory__fails)
