/* Texts told by their signatures: what is alike, and what is not. */
#include "db/signature.h"

#include <stdio.h>
#include <string.h>

#include "tests/unit/unit.h"

enum { ROOM = 16384 };

/* `n` words that begin with a number of their own, from the `from`th on. */
static struct str words(char space[ROOM], int from, int n)
{
	size_t used = 0;
	for (int i = from; i < from + n; i++)
		used += (size_t)snprintf(space + used, ROOM - used, "w%dx ", i);
	return (struct str){space, used};
}

static int common(struct str a, struct str b)
{
	struct signature x, y;
	signature_of(a, &x);
	signature_of(b, &y);
	return signature_common(&x, &y);
}

START_TEST(signature__texts_that_share_a_part__have_that_share_in_common)
{
	char a[ROOM], b[ROOM];
	struct str whole = words(a, 0, 400);
	ck_assert_int_eq(common(whole, whole), SIGNATURE_LENGTH);
	/* 297 of 400 shingles, 197 of 597, and none. */
	int cut = common(whole, words(b, 0, 300)), half = common(whole, words(b, 200, 400)),
	    other = common(whole, words(b, 1000, 400));
	ck_assert_msg(cut > 60 && cut < 84, "%d of 96, want about 72", cut);
	ck_assert_msg(half > 20 && half < 44, "%d of 96, want about 32", half);
	ck_assert_int_le(other, 2);
	ck_assert_int_ge(cut, SIGNATURE_ALIKE);
	ck_assert_int_lt(half, SIGNATURE_ALIKE);
}
END_TEST

static uint32_t mixed(uint32_t h)
{
	h ^= h >> 16;
	h *= 0x85EBCA6BU;
	h ^= h >> 13;
	h *= 0xC2B2AE35U;
	return h ^ h >> 16;
}

/* One number after another, of lower-case words with one space after each. */
static uint16_t number_of(struct str text, uint32_t order)
{
	uint32_t hash[1000], least = UINT32_MAX;
	size_t n = 0;
	for (struct str word; str_split(&text, ' ', &word); n++) {
		hash[n] = 2166136261U;
		for (size_t i = 0; i < word.n; i++)
			hash[n] = (hash[n] ^ (unsigned char)word.p[i]) * 16777619U;
	}
	for (size_t at = 0; at + SIGNATURE_SHINGLE <= n; at++) {
		uint32_t shingle = 0;
		for (uint32_t i = 0; i < SIGNATURE_SHINGLE; i++)
			shingle = mixed(shingle ^ hash[at + i]) + i + 1;
		uint32_t h = mixed(shingle ^ order * 0x9E3779B9U);
		least = h < least ? h : least;
	}
	return (uint16_t)(least & 0xFFFF);
}

/* Whatever the processor has: what is stored is compared with what comes. */
START_TEST(signature_of__many_numbers_at_once__are_those_of_one_after_another)
{
	static const int lengths[] = {50, 51, 66, 67, 68, 130, 131, 400};
	char a[ROOM];
	for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
		struct str text = words(a, 7, lengths[k]);
		struct signature s;
		signature_of(text, &s);
		for (uint32_t i = 0; i < SIGNATURE_LENGTH; i++)
			ck_assert_uint_eq(s.v[i], number_of(text, i));
	}
}
END_TEST

START_TEST(signature__case_marks_and_spaces__are_no_difference)
{
	char a[ROOM], b[ROOM];
	struct str plain = words(a, 0, 200), marked = words(b, 0, 200);
	for (size_t i = 0; i < marked.n; i++)
		b[i] = b[i] == 'w' ? 'W' : b[i] == ' ' ? (i % 3 ? ',' : '\n') : b[i];
	ck_assert_int_eq(common(plain, marked), SIGNATURE_LENGTH);
}
END_TEST

START_TEST(signature__few_words__is_not_given)
{
	char a[ROOM];
	struct signature s;
	signature_of(words(a, 0, SIGNATURE_WORDS_MIN - 1), &s);
	ck_assert(!s.is_given);
	ck_assert_int_eq(signature_common(&s, &s), 0);
	signature_of(words(a, 0, SIGNATURE_WORDS_MIN), &s);
	ck_assert(s.is_given);
	signature_of(STR_EMPTY, &s);
	ck_assert(!s.is_given);
}
END_TEST

START_TEST(signature_write__read_again__is_the_same)
{
	char a[ROOM];
	unsigned char bytes[SIGNATURE_BYTES];
	struct signature s, again;
	signature_of(words(a, 7, 100), &s);
	signature_write(&s, bytes);
	ck_assert(signature_read((struct str){(const char *)bytes, sizeof bytes}, &again));
	ck_assert_int_eq(memcmp(s.v, again.v, sizeof s.v), 0);
	for (int band = 0; band < SIGNATURE_BANDS; band++) {
		ck_assert_int_ge(signature_band(&s, band), 0);
		ck_assert_int_eq(signature_band(&s, band) >> 48, band);
	}
	ck_assert(!signature_read((struct str){(const char *)bytes, sizeof bytes - 1}, &again));
	ck_assert(!again.is_given);
}
END_TEST

START_TEST(sketch_common__any_two__is_no_less_than_what_the_signatures_have)
{
	uint32_t random = 1;
	for (int turn = 0; turn < 1000; turn++) {
		struct signature a = {.is_given = true}, b = {.is_given = true};
		for (int i = 0; i < SIGNATURE_LENGTH; i++) {
			random = random * 1664525U + 1013904223U;
			a.v[i] = (uint16_t)(random >> 16);
			b.v[i] = random >> 8 & 7 ? (uint16_t)(random >> 4) : a.v[i];
		}
		struct sketch of_a = signature_sketch(&a), of_b = signature_sketch(&b);
		ck_assert_int_ge(sketch_common(&of_a, &of_b), signature_common(&a, &b));
		ck_assert_int_lt(sketch_common(&of_a, &of_b), SIGNATURE_LENGTH);
		ck_assert_int_eq(sketch_common(&of_a, &of_a), SIGNATURE_LENGTH);
	}
}
END_TEST

UNIT_MAIN("signature", sketch_common__any_two__is_no_less_than_what_the_signatures_have,
	  signature__texts_that_share_a_part__have_that_share_in_common,
	  signature_of__many_numbers_at_once__are_those_of_one_after_another,
	  signature__case_marks_and_spaces__are_no_difference, signature__few_words__is_not_given,
	  signature_write__read_again__is_the_same)
