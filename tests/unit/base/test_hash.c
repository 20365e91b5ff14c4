/* Hashes of texts, and of texts in parts. */
#include "base/hash.h"

#include "tests/unit/unit.h"

START_TEST(hash_bytes__seeds_lengths_and_bytes__tell_texts_apart)
{
	char text[100] = {0};
	uint64_t first = hash_bytes((struct str){text, sizeof text}, 0);
	ck_assert_uint_ne(hash_bytes((struct str){text, sizeof text}, 1), first);
	for (size_t i = 0; i < sizeof text; i++) {
		ck_assert_uint_ne(hash_bytes((struct str){text, i}, 0), first);
		text[i] = 1;
		ck_assert_uint_ne(hash_bytes((struct str){text, sizeof text}, 0), first);
		text[i] = 0;
	}
}
END_TEST

/* As a list is written: "[", parts with commas between, "]". */
static uint64_t digest_of(const char *text, const size_t (*parts)[2], size_t n)
{
	struct digest d = {0};
	for (size_t i = 0; i < n; i++) {
		struct str part = str_sub(str_of(text), parts[i][0], parts[i][1]);
		digest_add(&d, str_sub(str_of(text), 0, parts[i][1]), parts[i][0],
			   hash_bytes(part, 0));
	}
	return digest_end(&d, str_of(text));
}

START_TEST(digest_end__same_text_by_same_parts__is_the_same_and_no_other)
{
	static const size_t parts[][2] = {{1, 4}, {5, 8}};
	uint64_t first = digest_of("[abc,def]", parts, 2);
	ck_assert_uint_eq(digest_of("[abc,def]", parts, 2), first);
	static const char *const others[] = {"[abd,def]", "[abc,deg]", "[def,abc]", "{abc,def]",
					     "[abc;def]", "[abc,def}", "[abc,def",  "[abc,def]]"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		ck_assert_uint_ne(digest_of(others[i], parts, 2), first);
	ck_assert_uint_eq(digest_of("[abc,def]", NULL, 0), hash_bytes(STR("[abc,def]"), 0));
}
END_TEST

UNIT_MAIN("hash", hash_bytes__seeds_lengths_and_bytes__tell_texts_apart,
	  digest_end__same_text_by_same_parts__is_the_same_and_no_other)
