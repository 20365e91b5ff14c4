/* The closed vocabularies. */
#include "base/terms.h"
#include "tests/unit/unit.h"

static const struct terms *const all[] = {
	&terms_statement_kind, &terms_actor_kind, &terms_issue_kind, &terms_position,
	&terms_polarity,       &terms_modality,	  &terms_status,     &terms_speaker_via,
	&terms_precision,      &terms_act,
};

START_TEST(terms_find__every_word__comes_back_in_any_case)
{
	for (size_t v = 0; v < sizeof all / sizeof all[0]; v++) {
		ck_assert_int_gt(all[v]->count, 1);
		ck_assert_uint_gt(strlen(all[v]->noun), 0);
		for (int i = 0; i < all[v]->count; i++) {
			struct str word = terms_word(all[v], i);
			char other[64];
			ck_assert_uint_gt(word.n, 0);
			ck_assert_int_eq(terms_find(all[v], word), i);
			for (size_t k = 0; k <= word.n; k++) {
				char c = word.p[k];
				bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
				other[k] = is_letter ? (char)(c ^ 0x20) : c;
			}
			ck_assert_int_eq(terms_find(all[v], str_of(other)), i);
		}
	}
}
END_TEST

START_TEST(terms_word__outside_the_range__is_empty)
{
	for (size_t v = 0; v < sizeof all / sizeof all[0]; v++) {
		assert_str(terms_word(all[v], -1), "");
		assert_str(terms_word(all[v], all[v]->count), "");
		ck_assert_int_eq(terms_find(all[v], STR("no such word")), -1);
		ck_assert_int_eq(terms_find(all[v], STR_EMPTY), -1);
	}
}
END_TEST

/* Numbers are stored: these must never move. */
START_TEST(terms_word__stored_numbers__stay)
{
	ck_assert_int_eq(KIND_DIRECT, 0);
	ck_assert_int_eq(KIND_MIXED, 2);
	ck_assert_int_eq(POSITION_OPPOSE, 2);
	ck_assert_int_eq(POSITION_NONE, 5);
	ck_assert_int_eq(ISSUE_DOMAIN, 7);
	ck_assert_int_eq(ACT_STATE, 0);
	ck_assert_int_eq(ACT_DECLINE_COMMENT, 12);
	ck_assert_int_eq(ACT_ASSAULT, 18);
	ck_assert_int_eq(ACTOR_COUNTRY, 1);
	ck_assert_int_eq(terms_act.count, ACT_COUNT);
	ck_assert_int_eq(terms_position.count, POSITION_COUNT);
	ck_assert_int_eq(terms_speaker_via.count, VIA_COUNT);
	assert_str(terms_word(&terms_act, ACT_THREATEN), "THREATEN");
	assert_str(terms_word(&terms_speaker_via, VIA_TITLE_SURNAME), "title+surname");
}
END_TEST

START_TEST(terms_list__words__as_a_message_has_them)
{
	char space[TERMS_LIST_ROOM];
	assert_str(terms_list(&terms_statement_kind, space), "direct, indirect or mixed");
	for (size_t v = 0; v < sizeof all / sizeof all[0]; v++) {
		struct str last = terms_word(all[v], all[v]->count - 1);
		ck_assert(str_ends(terms_list(all[v], space), last));
	}
}
END_TEST

START_TEST(terms_nearest__slips_of_the_pen__are_near)
{
	assert_str(terms_nearest(&terms_position, STR("suport")), "support");
	assert_str(terms_nearest(&terms_position, STR("opose")), "oppose");
	assert_str(terms_nearest(&terms_statement_kind, STR("driect")), "direct");
	assert_str(terms_nearest(&terms_act, STR("DECLINE_COMENT")), "DECLINE_COMMENT");
	assert_str(terms_nearest(&terms_position, STR("purple")), "");
	assert_str(terms_nearest(&terms_position, STR("completely different words")), "");
}
END_TEST

/* Letter case is no edit, as terms_find has it. */
START_TEST(terms_nearest__other_letter_case__is_near)
{
	assert_str(terms_nearest(&terms_act, STR("threatn")), "THREATEN");
	assert_str(terms_nearest(&terms_position, STR("SUPORT")), "support");
}
END_TEST

START_TEST(terms_nearest__exact_word__is_itself)
{
	for (size_t v = 0; v < sizeof all / sizeof all[0]; v++)
		for (int i = 0; i < all[v]->count; i++)
			ck_assert(str_eq(terms_nearest(all[v], terms_word(all[v], i)),
					 terms_word(all[v], i)));
}
END_TEST

/* A word of one or two letters is within two edits of every short word: that is no nearness. */
START_TEST(terms_nearest__hardly_a_letter__is_near_nothing)
{
	assert_str(terms_nearest(&terms_precision, STR_EMPTY), "");
	assert_str(terms_nearest(&terms_precision, STR("x")), "");
	assert_str(terms_nearest(&terms_act, STR("zz")), "");
}
END_TEST

START_TEST(terms_nearest__very_long_word__is_near_nothing)
{
	char text[4096];
	memset(text, 'a', sizeof text);
	assert_str(terms_nearest(&terms_act, (struct str){text, sizeof text}), "");
}
END_TEST

UNIT_MAIN("terms", terms_find__every_word__comes_back_in_any_case,
	  terms_word__outside_the_range__is_empty, terms_word__stored_numbers__stay,
	  terms_list__words__as_a_message_has_them, terms_nearest__slips_of_the_pen__are_near,
	  terms_nearest__other_letter_case__is_near, terms_nearest__exact_word__is_itself,
	  terms_nearest__hardly_a_letter__is_near_nothing,
	  terms_nearest__very_long_word__is_near_nothing)
