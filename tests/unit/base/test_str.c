/* String views. */
#include "tests/unit/unit.h"

START_TEST(str_of__null__is_empty_view)
{
	struct str s = str_of(NULL);
	ck_assert_ptr_nonnull(s.p);
	ck_assert_uint_eq(s.n, 0);
}
END_TEST

START_TEST(str_sub__bounds_outside__are_clamped)
{
	struct str s = STR("abcdef");
	assert_str(str_sub(s, 1, 3), "bc");
	assert_str(str_sub(s, 0, 6), "abcdef");
	assert_str(str_sub(s, 4, 99), "ef");
	assert_str(str_sub(s, 9, 99), "");
	assert_str(str_sub(s, 4, 2), "");
	ck_assert_ptr_eq(str_sub(s, 9, 99).p, s.p + 6);
	assert_str(str_sub(s, SIZE_MAX, SIZE_MAX), "");
}
END_TEST

START_TEST(str_eq__zero_bytes_and_prefixes__are_told_apart)
{
	ck_assert(str_eq(STR("a\0b"), STR("a\0b")));
	ck_assert(!str_eq(STR("a\0b"), STR("a\0c")));
	ck_assert(!str_eq(STR("a"), STR("ab")));
	ck_assert(str_eq(STR_EMPTY, (struct str){NULL, 0}));
}
END_TEST

START_TEST(str_eq_nocase__only_ascii_letters__fold)
{
	ck_assert(str_eq_nocase(STR("Wang YI"), STR("wANG yi")));
	ck_assert(!str_eq_nocase(STR("\u00c9"), STR("\u00e9")));
	/* Neighbors of the letters differ in bit 5 as well. */
	ck_assert(!str_eq_nocase(STR("@"), STR("`")));
	ck_assert(!str_eq_nocase(STR("["), STR("{")));
	ck_assert(str_eq_nocase(STR("AZaz"), STR("azAZ")));
	ck_assert(!str_eq_nocase(STR("a"), STR("ab")));
}
END_TEST

START_TEST(str_cmp__bytes__order_as_unsigned_and_by_length)
{
	ck_assert_int_lt(str_cmp(STR("a"), STR("b")), 0);
	ck_assert_int_gt(str_cmp(STR("\xff"), STR("a")), 0);
	ck_assert_int_lt(str_cmp(STR("a"), STR("ab")), 0);
	ck_assert_int_gt(str_cmp(STR("ab"), STR("a")), 0);
	ck_assert_int_eq(str_cmp(STR("ab"), STR("ab")), 0);
	ck_assert_int_eq(str_cmp((struct str){NULL, 0}, STR_EMPTY), 0);
	ck_assert_int_lt(str_cmp((struct str){NULL, 0}, STR("a")), 0);
}
END_TEST

START_TEST(str_starts_and_ends__longer_than_the_string__are_false)
{
	ck_assert(str_starts(STR("prefix"), STR("pre")) && str_starts(STR("x"), STR_EMPTY) &&
		  str_starts(STR_EMPTY, STR_EMPTY));
	ck_assert(!str_starts(STR("pre"), STR("prefix")) && !str_starts(STR("xpre"), STR("pre")));
	ck_assert(str_ends(STR("suffix"), STR("fix")) && str_ends(STR("x"), STR_EMPTY));
	ck_assert(!str_ends(STR("fix"), STR("suffix")) && !str_ends(STR("fixes"), STR("fix")));
}
END_TEST

START_TEST(str_is_one_of__words_of_a_list__whole_ones_only)
{
	ck_assert(str_is_one_of(STR("ask"), "say ask tell") &&
		  str_is_one_of(STR("tell"), "say ask tell"));
	ck_assert(!str_is_one_of(STR("as"), "say ask tell") &&
		  !str_is_one_of(STR("say ask"), "say ask tell"));
	ck_assert(!str_is_one_of(STR_EMPTY, "say ask") && !str_is_one_of(STR("say"), ""));
	ck_assert(!str_is_one_of(STR("Ask"), "say ask") &&
		  str_is_one_of_nocase(STR("aSk"), "say Ask"));
}
END_TEST

START_TEST(str_find__places__are_offsets_or_none)
{
	struct str s = STR("abcabc");
	ck_assert_uint_eq(str_find(s, STR("abc"), 0), 0);
	ck_assert_uint_eq(str_find(s, STR("abc"), 1), 3);
	ck_assert_uint_eq(str_find(s, STR("abc"), 4), SIZE_MAX);
	ck_assert_uint_eq(str_find(s, STR("c"), 5), 5);
	ck_assert_uint_eq(str_find(s, STR_EMPTY, 6), 6);
	ck_assert_uint_eq(str_find(s, STR_EMPTY, 7), SIZE_MAX);
	ck_assert_uint_eq(str_find(s, STR("a"), SIZE_MAX), SIZE_MAX);
	ck_assert_uint_eq(str_find(STR_EMPTY, STR("a"), 0), SIZE_MAX);
	ck_assert_uint_eq(str_find(STR("a\0b"), STR("\0b"), 0), 1);
}
END_TEST

START_TEST(str_trim__ascii_space__goes_at_both_ends)
{
	assert_str(str_trim(STR(" \t\r\n\v\f a b \n")), "a b");
	assert_str(str_trim(STR(" \n ")), "");
	assert_str(str_trim(STR_EMPTY), "");
	/* A no-break space is not ASCII; its first byte must stay too. */
	assert_str(str_trim(STR("\u00a0a\u00a0")), "\u00a0a\u00a0");
}
END_TEST

START_TEST(str_has_word__parts_of_words__are_none)
{
	ck_assert(str_has_word(STR("ann lee"), STR("ann")) &&
		  str_has_word(STR("ann  lee"), STR("lee")));
	ck_assert(!str_has_word(STR("anna lee"), STR("ann")) &&
		  !str_has_word(STR("ann lee"), STR("ann lee")) &&
		  !str_has_word(STR_EMPTY, STR("ann")));
}
END_TEST

static void expect_parts(const char *text, const char *const *want, size_t n)
{
	struct str rest = str_of(text), part;
	for (size_t i = 0; i < n; i++) {
		ck_assert_msg(str_split(&rest, ',', &part), "\"%s\": part %zu is missing", text, i);
		assert_str(part, want[i]);
	}
	ck_assert_msg(!str_split(&rest, ',', &part), "\"%s\": a part too many: \"%.*s\"", text,
		      STR_ARG(part));
}

START_TEST(str_split__separators__cut_into_all_parts)
{
	expect_parts("", NULL, 0);
	expect_parts("a", (const char *const[]){"a"}, 1);
	expect_parts("a,,b", (const char *const[]){"a", "", "b"}, 3);
	expect_parts(",a", (const char *const[]){"", "a"}, 2);
	/* A separator at the very end ends the last part and begins none: the lines of a text. */
	expect_parts("a,", (const char *const[]){"a"}, 1);
	expect_parts(",", (const char *const[]){""}, 1);
	expect_parts("a,,", (const char *const[]){"a", ""}, 2);
}
END_TEST

START_TEST(str_hash__published_vectors__match)
{
	/* From the test vectors of FNV's authors, 64 bits, variant 1a. */
	ck_assert_uint_eq(str_hash(STR_EMPTY), 0xcbf29ce484222325u);
	ck_assert_uint_eq(str_hash(STR("a")), 0xaf63dc4c8601ec8cu);
	ck_assert_uint_eq(str_hash(STR("foobar")), 0x85944171f73967e8u);
}
END_TEST

static const struct {
	const char *text;
	bool is_number;
	int64_t number;
} numbers[] = {
	{"0", true, 0},
	{"-0", true, 0},
	{"+7", true, 7},
	{"007", true, 7},
	{"9223372036854775807", true, INT64_MAX},
	{"-9223372036854775808", true, INT64_MIN},
	{"9223372036854775808", false, 0},
	{"-9223372036854775809", false, 0},
	{"99999999999999999999", false, 0},
	{"", false, 0},
	{"+", false, 0},
	{"-", false, 0},
	{"--1", false, 0},
	{"+-1", false, 0},
	{"1 ", false, 0},
	{" 1", false, 0},
	{"1.0", false, 0},
	{"0x1", false, 0},
	{"1e3", false, 0},
	{"\u0661", false, 0},
};

START_TEST(str_to_i64__table__is_read_or_refused)
{
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		int64_t got = 42;
		bool is_number = str_to_i64(str_of(numbers[i].text), &got);
		ck_assert_msg(is_number == numbers[i].is_number, "\"%s\"", numbers[i].text);
		ck_assert_msg(got == (is_number ? numbers[i].number : 42), "\"%s\" gave %lld",
			      numbers[i].text, (long long)got);
	}
	ck_assert(!str_to_i64(STR("1\0"), &(int64_t){0}));
}
END_TEST

START_TEST(str_distance__edits__are_counted)
{
	static const struct {
		const char *a, *b;
		size_t want;
	} cases[] = {
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"kitten", "sitting", 3},
		{"speaker", "speakr", 1},
		{"issue", "isuse", 1},
		{"ca", "abc", 3},
		{"ab", "ba", 1},
		{"abcd", "badc", 2},
		{"flaw", "lawn", 2},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		ck_assert_uint_eq(str_distance(str_of(cases[i].a), str_of(cases[i].b)),
				  cases[i].want);
		ck_assert_uint_eq(str_distance(str_of(cases[i].b), str_of(cases[i].a)),
				  cases[i].want);
	}
}
END_TEST

START_TEST(str_distance__over_63_bytes__is_never_near)
{
	char long_text[64];
	memset(long_text, 'a', sizeof long_text);
	struct str at_limit = {long_text, 63}, over = {long_text, 64};
	ck_assert_uint_eq(str_distance(at_limit, at_limit), 0);
	ck_assert_uint_eq(str_distance(at_limit, STR_EMPTY), 63);
	ck_assert_uint_eq(str_distance(over, over), SIZE_MAX);
	ck_assert_uint_eq(str_distance(STR_EMPTY, over), SIZE_MAX);
}
END_TEST

/* All words of up to five letters over two. */
START_TEST(str_distance__all_short_words__is_symmetric_and_zero_on_itself)
{
	char words[126][6];
	size_t count = 0;
	for (unsigned n = 1; n <= 5; n++)
		for (unsigned bits = 0; bits < 1u << n; bits++, count++)
			for (unsigned i = 0; i < 6; i++)
				words[count][i] = i < n ? "ab"[bits >> i & 1] : '\0';
	for (size_t i = 0; i < count && i < 62; i++)
		for (size_t j = 0; j < count && j < 62; j++) {
			size_t there = str_distance(str_of(words[i]), str_of(words[j]));
			ck_assert_uint_eq(there, str_distance(str_of(words[j]), str_of(words[i])));
			ck_assert((there == 0) == (i == j));
		}
}
END_TEST

UNIT_MAIN("str", str_of__null__is_empty_view, str_sub__bounds_outside__are_clamped,
	  str_eq__zero_bytes_and_prefixes__are_told_apart, str_eq_nocase__only_ascii_letters__fold,
	  str_cmp__bytes__order_as_unsigned_and_by_length,
	  str_starts_and_ends__longer_than_the_string__are_false,
	  str_is_one_of__words_of_a_list__whole_ones_only, str_find__places__are_offsets_or_none,
	  str_trim__ascii_space__goes_at_both_ends, str_has_word__parts_of_words__are_none,
	  str_split__separators__cut_into_all_parts, str_hash__published_vectors__match,
	  str_to_i64__table__is_read_or_refused, str_distance__edits__are_counted,
	  str_distance__over_63_bytes__is_never_near,
	  str_distance__all_short_words__is_symmetric_and_zero_on_itself)
