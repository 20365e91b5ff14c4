/* Request targets: paths, escapes, base paths, parameters. */
#include "server/target.h"

#include "tests/unit/unit.h"

static char raw[4096];

static int parse(struct target *t, const char *text, const char *base, struct err *e)
{
	*e = (struct err){0};
	size_t n = strlen(text);
	memcpy(raw, text, n + 1);
	return target_parse(t, raw, n, str_of(base), e);
}

START_TEST(target_parse__paths__are_split_and_decoded)
{
	static const struct {
		const char *text, *path;
		size_t n;
		const char *last, *to_root;
	} rows[] = {
		{"/", "/", 1, "", ""},
		{"/version", "/version", 1, "version", ""},
		{"/v1/articles/12", "/v1/articles/12", 3, "12", "../../"},
		{"/v1/articles/", "/v1/articles/", 3, "", "../../"},
		{"/a%2Fb/%C3%A9", "/a/b/\xc3\xa9", 2, "\xc3\xa9", "../"},
		{"/a+b", "/a+b", 1, "a+b", ""},
		{"http://h:1/x/y?q", "/x/y", 2, "y", "../"},
		{"http://h", "/", 1, "", ""},
		{"/x?u=http://h/y", "/x", 1, "x", ""},
		{"/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17",
		 "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17", 0, NULL, ""},
	};
	struct target t;
	struct err e;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_ok(parse(&t, rows[i].text, "", &e), e);
		assert_str(t.path, rows[i].path);
		ck_assert_uint_eq(t.n_segments, rows[i].n);
		if (rows[i].last)
			assert_str(t.segments[t.n_segments - 1], rows[i].last);
		assert_str(target_to_root(&t), rows[i].to_root);
	}
}
END_TEST

START_TEST(target_parse__hostile_paths__are_refused)
{
	static const char *const rows[] = {"",	      "x",    "/%",	    "/%1",  "/%zz",
					   "/a%00",   "/%ff", "/%ed%a0%80", "/a b", "/a\tb",
					   "/a?\x01", "?a",   "h:80"};
	struct target t;
	struct err e;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_fails(parse(&t, rows[i], "", &e), e, ERR_REQUEST);
}
END_TEST

START_TEST(target_parse__base_path__is_taken_off)
{
	struct target t;
	struct err e;
	assert_ok(parse(&t, "/b/ase/v1/x?q=1", "/b/ase", &e), e);
	assert_str(t.path, "/v1/x");
	assert_str(t.query, "q=1");
	assert_ok(parse(&t, "/b/ase/", "/b/ase", &e), e);
	assert_str(t.path, "/");
	ck_assert(!t.is_outside && !t.is_bare_base);
	assert_ok(parse(&t, "/b/ase", "/b/ase", &e), e);
	ck_assert(t.is_bare_base);
	assert_ok(parse(&t, "/b/aser", "/b/ase", &e), e);
	ck_assert(t.is_outside);
	assert_ok(parse(&t, "/v1", "/b/ase", &e), e);
	ck_assert(t.is_outside);
}
END_TEST

START_TEST(target_params__are_decoded__in_order)
{
	struct target t;
	struct err e;
	struct arena a;
	const struct param *v;
	size_t n;
	arena_init(&a, 1 << 20);
	assert_ok(parse(&t, "/x?a=1&b=%26%3D+%C3%A9&a=&c&&d=x=y&e=%00z", "", &e), e);
	assert_ok(target_params(&t, &a, &v, &n, &e), e);
	static const char *const want[][2] = {
		{"a", "1"}, {"b", "&= \xc3\xa9"}, {"a", ""}, {"c", ""}, {"d", "x=y"}};
	ck_assert_uint_eq(n, 6);
	for (size_t i = 0; i < 5; i++) {
		assert_str(v[i].name, want[i][0]);
		assert_str(v[i].value, want[i][1]);
	}
	ck_assert_uint_eq(v[5].value.n, 2);
	ck_assert_int_eq(v[5].value.p[0], 0);
	assert_ok(parse(&t, "/x", "", &e), e);
	assert_ok(target_params(&t, &a, &v, &n, &e), e);
	ck_assert_uint_eq(n, 0);
	static const char *const bad[] = {"/x?a=%",   "/x?a=%f",   "/x?%zz=1",	 "/x?a=%ff",
					  "/x?%ff=1", "/x?a%00=1", "/x?a=%c0%80"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		assert_ok(parse(&t, bad[i], "", &e), e);
		assert_fails(target_params(&t, &a, &v, &n, &e), e, ERR_REQUEST);
		assert_str(str_of(e.field), "query");
	}
	raw[0] = '/';
	raw[1] = '?';
	memset(raw + 2, '&', 600);
	assert_ok(target_parse(&t, raw, 602, STR_EMPTY, &e), e);
	e = (struct err){0};
	assert_fails(target_params(&t, &a, &v, &n, &e), e, ERR_REQUEST);
	arena_release(&a);
}
END_TEST

UNIT_MAIN("target", target_parse__paths__are_split_and_decoded,
	  target_parse__hostile_paths__are_refused, target_parse__base_path__is_taken_off,
	  target_params__are_decoded__in_order)
