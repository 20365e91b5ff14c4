/* Decoding issues: what is taken, and what every bad body is told. */
#include "api/format/json_issue.h"

#include "base/buf.h"
#include "tests/unit/api/lines.h"

static struct arena arena;
static struct issue got;
static struct err err;

static int decode(struct str body)
{
	arena_release(&arena);
	arena_init(&arena, 1 << 24);
	err = (struct err){0};
	return issue_decode(body, &arena, &got, &err);
}

static void run_bad(const struct line *l)
{
	int rc = decode(l->columns[0]);
	ck_assert_msg(rc != 0, "line %d was taken", l->number);
	ck_assert_msg(err_is_input(err.kind), "line %d: kind %d", l->number, err.kind);
	ck_assert_msg(str_eq(str_of(err.field), l->columns[1]), "line %d: field \"%s\"", l->number,
		      err.field);
	ck_assert_msg(str_find(str_of(err.message), l->columns[2], 0) != SIZE_MAX,
		      "line %d: \"%s\"", l->number, err.message);
}

START_TEST(issue_decode__bad_bodies__each_names_its_fault)
{
	ck_assert_int_ge(each_line("tests/unit/api/bad_issues.tsv", run_bad), 30);
}
END_TEST

START_TEST(issue_decode__all_members__all_taken)
{
	assert_ok(
		decode(STR("{\"label\":\" Rare Earths \",\"kind\":\"Problem\",\"parent\":\"trade\","
			   "\"cap_sub\":1807,"
			   "\"terms\":[\"rare earth\",\"ores & China\"]}")),
		err);
	assert_str(got.id, "rare-earths");
	assert_str(got.label, "Rare Earths");
	assert_str(got.parent, "trade");
	ck_assert_int_eq(got.kind, ISSUE_PROBLEM);
	ck_assert_int_eq(got.cap_major, 18);
	ck_assert_int_eq(got.cap_sub, 1807);
	ck_assert_uint_eq(got.terms.n, 2);
	assert_str(got.terms.v[1], "ores & China");
	assert_ok(
		decode(STR("{\"label\":\"a\",\"parent\":null,\"cap_major\":null,\"terms\":null}")),
		err);
	ck_assert_int_eq(got.kind, ISSUE_MEASURE);
	ck_assert(got.parent.n == 0 && got.cap_major == 0 && got.terms.n == 0);
}
END_TEST

START_TEST(issue_decode__too_much__refused)
{
	struct buf b;
	buf_init(&b, 1 << 20);
	buf_add(&b, STR("{\"label\":\"a\",\"terms\":["));
	for (int i = 0; i <= ISSUE_TERMS_MAX; i++)
		buf_printf(&b, "%s\"t%d\"", i ? "," : "", i);
	buf_add(&b, STR("]}"));
	assert_fails(decode(buf_str(&b)), err, ERR_VALUE);
	buf_clear(&b);
	buf_add(&b, STR("{\"label\":\""));
	for (int i = 0; i <= ISSUE_LABEL_MAX; i++)
		buf_add(&b, STR("\xc3\xa9"));
	buf_add(&b, STR("\"}"));
	ck_assert_int_ne(issue_decode(buf_str(&b), &arena, &got, &(struct err){0}), 0);
	buf_release(&b);
}
END_TEST

UNIT_MAIN("json_issue", issue_decode__bad_bodies__each_names_its_fault,
	  issue_decode__all_members__all_taken, issue_decode__too_much__refused)
