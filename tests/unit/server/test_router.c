/* From paths to rows: segments, methods, the numbers that rows have over all tables. */
#include "server/router.h"

#include "tests/unit/unit.h"

static enum api_result nothing(struct request *rq, struct response *rs, struct err *e)
{
	(void)rq, (void)rs, (void)e;
	return API_DONE;
}

static const struct route own[] = {
	{METHOD_GET, "/healthz", nothing, SCOPE_NONE, NULL, true, NULL},
	{METHOD_GET, "/metrics", nothing, SCOPE_NONE, NULL, true, NULL},
};
static const struct route rows[] = {
	{METHOD_GET, "/", nothing, SCOPE_NONE, NULL, true, NULL},
	{METHOD_GET, "/v1/a", nothing, SCOPE_NONE, NULL, false, NULL},
	{METHOD_POST, "/v1/a", nothing, SCOPE_NONE, NULL, false, NULL},
	{METHOD_POST, "/v1/a/batch", nothing, SCOPE_NONE, NULL, false, NULL},
	{METHOD_GET, "/v1/a/{id}", nothing, SCOPE_NONE, NULL, false, NULL},
	{METHOD_DELETE, "/v1/a/{id}", nothing, SCOPE_NONE, NULL, false, NULL},
	{METHOD_GET, "/v1/a/{id}/b/{n}", nothing, SCOPE_NONE, NULL, false, NULL},
};
enum { N_OWN = sizeof own / sizeof own[0], N_ROWS = sizeof rows / sizeof rows[0] };

static const struct router router = {.tables = {{own, N_OWN}, {rows, N_ROWS}}};

/* What router_find takes of a target; the segments live in `raw`. */
static struct target target_of(const char *path)
{
	static char raw[256];
	struct target t;
	struct err e = {0};
	size_t n = strlen(path);
	memcpy(raw, path, n + 1);
	assert_ok(target_parse(&t, raw, n, STR_EMPTY, &e), e);
	return t;
}

static struct route_match find(const char *method, const char *path)
{
	struct target t = target_of(path);
	return router_find(&router, &t, method_find(method));
}

START_TEST(router_find__known_paths__give_the_row_of_their_method)
{
	static const struct {
		const char *method, *path;
		const struct route *row;
	} cases[] = {
		{"GET", "/healthz", &own[0]},	  {"GET", "/", &rows[0]},
		{"GET", "/v1/a", &rows[1]},	  {"HEAD", "/v1/a", &rows[1]},
		{"POST", "/v1/a", &rows[2]},	  {"POST", "/v1/a/batch", &rows[3]},
		{"GET", "/v1/a/batch", &rows[4]}, /* the next row that the path and method fit */
		{"DELETE", "/v1/a/7", &rows[5]},  {"GET", "/v1/a/7/b/8", &rows[6]},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct route_match f = find(cases[i].method, cases[i].path);
		ck_assert_msg(f.row == cases[i].row, "%s %s", cases[i].method, cases[i].path);
		ck_assert(f.has_path);
		ck_assert_ptr_eq(router_row(&router, f.index), cases[i].row);
	}
}
END_TEST

START_TEST(router_find__other_paths__are_unknown)
{
	static const char *const paths[] = {
		"/v1",
		"/v1/",
		"/v1/a/",
		"//v1/a",
		"/v1//a",
		"/healthz/",
		"/v1/a/7/b",
		"/v1/a/7/b/",
		"/v1/a/7/b/8/c",
		"/v1/{id}",
		"/V1/a",
		"/v1/a/7/8",
		"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17",
	};
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		struct route_match f = find("GET", paths[i]);
		ck_assert_msg(!f.has_path && !f.row, "%s", paths[i]);
	}
}
END_TEST

START_TEST(router_find__other_methods__know_the_path)
{
	static const struct {
		const char *method, *path;
	} cases[] = {{"PUT", "/v1/a"},	     {"get", "/v1/a"},	   {"TRACE", "/v1/a"},
		     {"DELETE", "/healthz"}, {"PATCH", "/v1/a/7"}, {"POST", "/v1/a/7/b/8"}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct route_match f = find(cases[i].method, cases[i].path);
		ck_assert_msg(f.has_path && !f.row, "%s %s", cases[i].method, cases[i].path);
	}
}
END_TEST

START_TEST(router_find__parts_in_braces__are_handed_over_decoded)
{
	struct route_match f = find("GET", "/v1/a/x%2Fy/b/%C3%A9");
	assert_str(f.args[0], "x/y");
	assert_str(f.args[1], "\xc3\xa9");
	f = find("GET", "/v1/a/7");
	assert_str(f.args[0], "7");
	assert_str(f.args[1], "");
	f = find("POST", "/v1/a");
	assert_str(f.args[0], "");
}
END_TEST

START_TEST(router_row__numbers__go_through_all_tables)
{
	ck_assert_uint_eq(router_count(&router), N_OWN + N_ROWS);
	ck_assert_ptr_eq(router_row(&router, 0), &own[0]);
	ck_assert_ptr_eq(router_row(&router, N_OWN), &rows[0]);
	ck_assert_ptr_eq(router_row(&router, N_OWN + N_ROWS - 1), &rows[N_ROWS - 1]);
	ck_assert_ptr_null(router_row(&router, N_OWN + N_ROWS));
}
END_TEST

START_TEST(router_allow__paths__list_their_methods)
{
	static const struct {
		const char *path, *allow;
	} cases[] = {
		{"/", "GET, HEAD, OPTIONS"},
		{"/v1/a", "GET, HEAD, POST, OPTIONS"},
		{"/v1/a/batch", "GET, HEAD, POST, DELETE, OPTIONS"},
		{"/v1/a/7", "GET, HEAD, DELETE, OPTIONS"},
		{"/nothing", "OPTIONS"},
	};
	struct arena a;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct target t = target_of(cases[i].path);
		assert_str(router_allow(&router, &t, &a), cases[i].allow);
	}
	arena_release(&a);
}
END_TEST

START_TEST(method_find__names__are_exact)
{
	for (int m = 0; m < METHOD_COUNT; m++)
		ck_assert_int_eq(method_find(method_name((enum method)m)), m);
	ck_assert_int_eq(method_find("HEAD"), METHOD_GET);
	static const char *const others[] = {"", "get", "GETS", "OPTIONS", "CONNECT"};
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		ck_assert_int_eq(method_find(others[i]), -1);
}
END_TEST

UNIT_MAIN("router", router_find__known_paths__give_the_row_of_their_method,
	  router_find__other_paths__are_unknown, router_find__other_methods__know_the_path,
	  router_find__parts_in_braces__are_handed_over_decoded,
	  router_row__numbers__go_through_all_tables, router_allow__paths__list_their_methods,
	  method_find__names__are_exact)
