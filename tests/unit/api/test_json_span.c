/* Spans by offsets and by their text. */
#include "api/format/json_span.h"

#include "tests/unit/unit.h"

static const char text[] = "😀 he said, he said, and 𝔘 said so";

static struct arena arena;

static int decode(const char *json, struct spans *out, struct err *e)
{
	json_t *v = json_loads(json, JSON_DECODE_ANY, NULL);
	ck_assert_ptr_nonnull(v);
	*e = (struct err){0};
	int rc = spans_decode(v, "spans", str_of(text), 3, &arena, out, e);
	json_decref(v);
	return rc;
}

START_TEST(spans_decode__each_form__is_in_code_points)
{
	static const struct {
		const char *json;
		size_t n;
		struct span first;
	} rows[] = {
		{"null", 0, {0, 0}},
		{"[]", 0, {0, 0}},
		{"[2, 4]", 1, {2, 4}},
		{"[[24, 30], [2, 4]]", 2, {2, 4}},
		{"\"and 𝔘\"", 1, {20, 25}},
		{"[\"😀\"]", 1, {0, 1}},
		{"{\"exact\": \"he said\", \"prefix\": \", \"}", 1, {11, 18}},
		{"{\"exact\": \"he said\", \"suffix\": \", he\"}", 1, {2, 9}},
		{"{\"exact\": \"he said\", \"start\": 11}", 1, {11, 18}},
		{"[{\"exact\": \"he said\", \"start\": 11}, [2, 4]]", 2, {2, 4}},
	};
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct spans s;
		struct err e;
		assert_ok(decode(rows[i].json, &s, &e), e);
		ck_assert_msg(s.n == rows[i].n, "%s", rows[i].json);
		if (s.n)
			ck_assert_msg(s.v[0].start == rows[i].first.start &&
					      s.v[0].end == rows[i].first.end,
				      "%s: [%u, %u]", rows[i].json, s.v[0].start, s.v[0].end);
	}
	arena_release(&arena);
}
END_TEST

START_TEST(spans_decode__what_fits_nowhere_or_twice__is_an_error_that_says_so)
{
	static const struct {
		const char *json, *says;
	} rows[] = {
		{"\"he said\"", "stands 2 times"},
		{"\"she said\"", "does not stand in the text"},
		{"{\"exact\": \"he said\", \"start\": 3}", "in that place"},
		{"{\"exact\": \"\"}", "without exact text"},
		{"{\"prefix\": \"a\"}", "without exact text"},
		{"{\"exact\": \"said\", \"after\": 2}", "a span is"},
		{"[3, 3]", "is empty"},
		{"[3, 99]", "leaves the text"},
		{"[-1, 3]", "is empty"},
		{"[1, 2, 3]", "a span is"},
		{"7", "a span is"},
		{"[[2, 9], [4, 12]]", "overlap"},
		{"[[1, 2], [2, 3], [3, 4], [4, 5]]", "more than 3"},
	};
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct spans s;
		struct err e;
		assert_fails(decode(rows[i].json, &s, &e), e, ERR_VALUE);
		ck_assert_msg(strstr(e.message, rows[i].says) != NULL, "%s: %s", rows[i].json,
			      e.message);
		ck_assert_str_eq(e.field, "spans");
	}
	arena_release(&arena);
}
END_TEST

UNIT_MAIN("json span", spans_decode__each_form__is_in_code_points,
	  spans_decode__what_fits_nowhere_or_twice__is_an_error_that_says_so)
