/* Problem documents. */
#include "api/problem.h"

#include "tests/unit/unit.h"

static struct response rs;

static void write_problem(const struct err *e)
{
	buf_release(&rs.body);
	buf_init(&rs.body, 1 << 16);
	buf_add(&rs.body, STR("half an answer"));
	rs.is_cacheable = true;
	problem_write(&rs, e);
}

START_TEST(problem_write__input_error__detail_and_field)
{
	struct err e = {0};
	err_set(&e, ERR_INPUT, "speaker", "\"speaker\" is \"%s\"", "a\tb");
	write_problem(&e);
	ck_assert_int_eq(rs.status, 400);
	ck_assert_str_eq(rs.content_type, "application/problem+json");
	ck_assert(!rs.is_cacheable);
	assert_str(buf_str(&rs.body),
		   "{\"type\":\"about:blank\",\"title\":\"invalid input\",\"status\":400,"
		   "\"detail\":\"\\\"speaker\\\" is \\\"a\\tb\\\"\",\"field\":\"speaker\"}\n");
}
END_TEST

START_TEST(problem_write__server_errors__title_alone)
{
	static const enum err_kind kinds[] = {ERR_DB, ERR_INTERNAL, ERR_BUSY, ERR_DEADLINE};
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		struct err e = {0};
		err_set(&e, kinds[i], "secret", "disk image /var/lib/demarche.db is malformed");
		write_problem(&e);
		ck_assert_int_eq(rs.status, err_status(kinds[i]));
		ck_assert(str_find(buf_str(&rs.body), STR("demarche.db"), 0) == SIZE_MAX);
		ck_assert(str_find(buf_str(&rs.body), STR("secret"), 0) == SIZE_MAX);
		ck_assert(str_find(buf_str(&rs.body), str_of(err_title(kinds[i])), 0) != SIZE_MAX);
	}
}
END_TEST

UNIT_MAIN("problem", problem_write__input_error__detail_and_field,
	  problem_write__server_errors__title_alone)
