/* Content negotiation. */
#include "api/accept.h"

#include "tests/unit/unit.h"

static const char *const offers[] = {"application/json", "text/csv", "application/x-ndjson"};

START_TEST(accept_choose__headers__best_offer)
{
	static const struct {
		const char *header;
		int want;
	} cases[] = {
		{"", 0},
		{"*/*", 0},
		{"text/csv", 1},
		{"TEXT/CSV", 1},
		{"text/csv; charset=utf-8", 1},
		{"text/*", 1},
		{"application/x-ndjson", 2},
		{"application/*", 0},
		{"application/json;q=0.5, text/csv;q=0.8", 1},
		{"text/csv;q=0.5, */*", 0},
		{"application/json;q=0, */*", 1},
		{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 0},
		{" , text/csv , ", 1},
		{"text/html", -1},
		{"text/csv;q=0", -1},
		{"application/problem+json", -1},
		{"garbage", -1},
		{";;;q=1", -1},
		{"*/*;q=0", -1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct err e = {0};
		int got = accept_choose(str_of(cases[i].header), offers, 3, &e);
		ck_assert_msg(got == cases[i].want, "\"%s\" gives %d", cases[i].header, got);
		ck_assert_int_eq(e.kind, got < 0 ? ERR_NOT_ACCEPTABLE : ERR_NONE);
	}
}
END_TEST

START_TEST(accept_choose__none_fits__offers_named)
{
	struct err e = {0};
	ck_assert_int_eq(accept_choose(STR("image/png"), offers, 3, &e), -1);
	ck_assert_str_eq(
		e.message,
		"the Accept header fits none of application/json, text/csv, application/x-ndjson");
}
END_TEST

UNIT_MAIN("accept", accept_choose__headers__best_offer, accept_choose__none_fits__offers_named)
