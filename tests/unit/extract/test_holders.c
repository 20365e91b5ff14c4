/* The table of office holders: whole, small, and who is found in it by what. */
#include "extract/entity/holders.h"

#include "base/arena.h"
#include "extract/syntax/model_file.h"
#include "extract/tables/key.h"
#include "tests/unit/extract/case_file.h"
#include "tests/unit/unit.h"

enum { FILE_BYTES = 32 << 20, MOST_BYTES = 8000000 };

/* Opening the program does not read the whole file, so that its checksum is looked at here. */
START_TEST(holders_bin__the_file__is_whole_and_small)
{
	struct arena a;
	struct err e = {0};
	struct model_file f = {0};
	struct holders h;
	arena_init(&a, FILE_BYTES);
	struct str file = case_file_read(&a, "data/holders.bin");
	ck_assert_uint_le(file.n, MOST_BYTES);
	assert_ok(model_file_check(&f, file, "holders.bin", HOLDERS_KIND, HOLDERS_VERSION, &e), e);
	assert_ok(holders_view(&h, file, &e), e);
	ck_assert_int_eq(holders_view(&h, str_sub(file, 0, file.n - 1), &e), -1);
	arena_release(&a);
}
END_TEST

/* Every row can be followed: texts, offices, countries, and entries of the lookups. */
START_TEST(holders_open__all_rows__lead_somewhere)
{
	struct err e = {0};
	struct holders h;
	assert_ok(holders_open(&h, &e), e);
	uint32_t offices = 0;
	for (uint32_t i = 0; i < h.head->n_persons; i++) {
		const struct holder_row *p = &h.persons[i];
		ck_assert_uint_gt(holder_name(&h, i).n, 0);
		ck_assert_uint_eq(p->offices, offices);
		ck_assert_uint_gt(p[1].offices, p->offices);
		ck_assert_uint_lt(p->country, h.head->n_countries);
		ck_assert(i == 0 || p->importance <= p[-1].importance);
		offices = p[1].offices;
	}
	ck_assert_uint_eq(offices, h.head->n_offices);
	for (uint32_t i = 0; i < h.head->n_offices; i++) {
		ck_assert_uint_lt(h.offices[i].title, h.head->n_titles);
		ck_assert_uint_lt(h.offices[i].unit, h.head->n_units);
		ck_assert_uint_lt(h.offices[i].country, h.head->n_countries);
	}
	for (uint32_t i = 0; i < h.head->n_bodies; i++)
		ck_assert_uint_gt(body_names(&h, i).n, 0);
}
END_TEST

static uint32_t first_named(const struct holders *h, const char *name)
{
	uint32_t at = 0, person;
	uint64_t key = holder_name_key(str_of(name), NULL);
	while ((person = holders_next(h, LOOKUP_NAMES, key, &at)) != UINT32_MAX) {
		struct str rest = holder_names(h, person), one;
		while (str_split(&rest, ';', &one))
			if (holder_name_key(one, NULL) == key)
				return person;
	}
	return UINT32_MAX;
}

START_TEST(holders_next__ways_to_write_a_name__the_same_person)
{
	static const struct {
		const char *name;
		uint32_t wikidata;
	} cases[] = {
		{"Joe Biden", 6279},
		{"Joseph R. Biden Jr.", 6279},
		{"BIDEN, Joe", 6279},
		{"Recep Tayyip Erdogan", 39259},
		{"Recep Tayyip ERDOĞAN", 39259},
		{"Volodymyr Zelensky", 3874799},
		{"Volodymyr Zelenskyy", 3874799},
		{"Jonas Gahr Store", 467948},
		{"Benjamin \"Bibi\" Netanyahu", 43723},
		{"Benjamin (Bibi) Netanyahu", 43723},
		{"Vladimir V. Putin", 7747},
		{"Nobody Whatsoever Hereabouts", 0},
	};
	struct err e = {0};
	struct holders h;
	assert_ok(holders_open(&h, &e), e);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		uint32_t person = first_named(&h, cases[i].name);
		ck_assert_msg((person == UINT32_MAX ? 0 : h.persons[person].wikidata) ==
				      cases[i].wikidata,
			      "%s", cases[i].name);
	}
}
END_TEST

START_TEST(holders_in_office__titles_and_days__one_or_none)
{
	static const struct {
		const char *title, *country, *day, *want;
	} cases[] = {
		{"finance minister", "SWE", "2020-04-26", "Magdalena Andersson"},
		{"minister for finance", "SWE", "2020-04-26", "Magdalena Andersson"},
		{"finance minister", "SWE", "2025-04-26", ""},	   /* after the sources */
		{"ambassador to israel", "USA", "2024-04-26", ""}, /* the end of a gap */
		{"president", "GHA", "2020-04-26", "Nana Akufo-Addo"},
		{"president of the supreme court", "GHA", "2020-04-26", ""},
		{"astronaut", "USA", "2020-04-26", ""},
	};
	struct err e = {0};
	struct holders h;
	assert_ok(holders_open(&h, &e), e);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		day_t day;
		ck_assert(day_parse(str_of(cases[i].day), &day));
		uint32_t person = holders_in_office(&h, holder_title_key(str_of(cases[i].title)),
						    str_of(cases[i].country), STR_EMPTY, day);
		assert_str(person == UINT32_MAX ? STR_EMPTY : holder_name(&h, person),
			   cases[i].want);
	}
	ck_assert_uint_eq(holders_in_office(&h, holder_title_key(STR("president")), STR("GHA"),
					    STR_EMPTY, DAY_NONE),
			  UINT32_MAX);
}
END_TEST

UNIT_MAIN("holders", holders_bin__the_file__is_whole_and_small,
	  holders_open__all_rows__lead_somewhere,
	  holders_next__ways_to_write_a_name__the_same_person,
	  holders_in_office__titles_and_days__one_or_none)
