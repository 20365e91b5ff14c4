/* Problem documents. */
#include "api/problem.h"

#include <stdio.h>

#include "tests/unit/unit.h"

static struct response rs;

static void write_problem(const struct err *e)
{
	buf_release(&rs.body);
	buf_init(&rs.body, 1 << 16);
	buf_add(&rs.body, STR("half an answer"));
	rs.is_cacheable = true;
	problem_write(&rs, e, STR("id7"));
}

START_TEST(problem_write__input_error__detail_and_field)
{
	struct err e = {0};
	err_set(&e, ERR_VALUE, "speaker", "\"speaker\" is \"%s\"", "a\tb");
	write_problem(&e);
	ck_assert_int_eq(rs.status, 400);
	ck_assert_str_eq(rs.content_type, "application/problem+json");
	ck_assert(!rs.is_cacheable);
	assert_str(buf_str(&rs.body),
		   "{\"type\":\"urn:demarche:problem:invalid-value\",\"title\":\"value not "
		   "taken\",\"status\":400,"
		   "\"detail\":\"\\\"speaker\\\" is "
		   "\\\"a\\tb\\\"\",\"field\":\"speaker\",\"request_id\":\"id7\"}\n");
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

/* Does a file of the tree have the line? */
static bool has_line(const char *path, const char *line)
{
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "cannot open %s", path);
	char *text = NULL;
	size_t cap = 0;
	bool found = false;
	for (ssize_t n; !found && (n = getline(&text, &cap, f)) >= 0;)
		found = str_eq(str_trim((struct str){text, (size_t)n}), str_of(line));
	free(text);
	fclose(f);
	return found;
}

START_TEST(problem_codes__each__in_the_documents_and_once)
{
	for (int k = ERR_NONE + 1; k < ERR_KIND_COUNT; k++) {
		char line[128];
		const char *code = err_code((enum err_kind)k);
		snprintf(line, sizeof line, "## %s", code);
		ck_assert_msg(has_line("docs/problems.md", line), "docs/problems.md: no %s", code);
		snprintf(line, sizeof line, "- " PROBLEM_TYPE "%s", code);
		ck_assert_msg(has_line("openapi.yaml", line), "openapi.yaml: no %s", code);
		for (int other = ERR_NONE; other < k; other++)
			ck_assert_str_ne(err_code((enum err_kind)other), code);
	}
}
END_TEST

UNIT_MAIN("problem", problem_codes__each__in_the_documents_and_once,
	  problem_write__input_error__detail_and_field, problem_write__server_errors__title_alone)
