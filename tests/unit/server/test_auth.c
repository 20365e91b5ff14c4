/* Bearer tokens and their scopes. */
#include "server/auth.h"

#include "tests/unit/unit.h"

static unsigned scopes(const struct auth *t, struct str authorization)
{
	unsigned all;
	const struct bearer_token *token = auth_find(t, authorization, &all);
	ck_assert((token != NULL) == (all != 0));
	return all;
}

START_TEST(auth_find__lines_with_names__tell_who_it_is)
{
	static struct auth t;
	struct err e = {0};
	unsigned all;
	struct str lines = STR("curate Ann Smith first-token-of-16+\n"
			       "write+curate\tben second-token-of-16\n"
			       "read 0123456789abcdef, read first-token-of-16+\n");
	assert_ok(auth_add(&t, "test", lines, &e), e);
	ck_assert_str_eq(auth_find(&t, STR("Bearer first-token-of-16+"), &all)->name, "Ann Smith");
	ck_assert_uint_eq(all, SCOPE_READ | SCOPE_CURATE);
	ck_assert_str_eq(auth_find(&t, STR("Bearer second-token-of-16"), &all)->name, "ben");
	ck_assert_uint_eq(all, SCOPE_READ | SCOPE_WRITE | SCOPE_CURATE);
	ck_assert_str_eq(auth_find(&t, STR("Bearer 0123456789abcdef"), &all)->name,
			 "token 9f9f5111");
}
END_TEST

START_TEST(auth_scope__known_tokens__by_their_line)
{
	static struct auth t;
	struct err e = {0};
	/* The digest is that of "0123456789abcdef". */
	struct str lines = STR("read first-token-of-16+,write second-token-of-16 # a comment\n"
			       "\n"
			       "#whole line\n"
			       "admin sha256:9F9F5111F7B27A781F1F1DDDE5EBC2DD"
			       "2B796BFC7365C9C28B548E564176929F\n");
	assert_ok(auth_add(&t, "test", lines, &e), e);
	ck_assert_uint_eq(t.n, 3);
	ck_assert_int_eq(scopes(&t, STR("Bearer first-token-of-16+")), SCOPE_READ);
	ck_assert_int_eq(scopes(&t, STR("bearer   second-token-of-16")), SCOPE_READ | SCOPE_WRITE);
	ck_assert_int_eq(scopes(&t, STR("Bearer 0123456789abcdef")), 15);
	static const char *const none[] = {"",
					   "Bearer",
					   "Bearer ",
					   "Bearer first-token-of-16",
					   "first-token-of-16+",
					   "Basic first-token-of-16+",
					   "Bearer FIRST-TOKEN-OF-16+"};
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
		ck_assert_int_eq(scopes(&t, str_of(none[i])), SCOPE_NONE);
}
END_TEST

START_TEST(auth_add__bad_lines__are_named_without_the_token)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{"read a-long-enough-token\nroot a-long-enough-token",
		 "test line 2: starts with none of the scopes"},
		{"read secret-short", "at least 16"},
		{"read secret token with spaces", "at least 16"},
		{"read", "at least 16"},
		{"read+root a-long-enough-token", "none of the scopes"},
		{"write sha256:secret", "64 hexadecimal digits"},
	};
	static struct auth t;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct err e;
		assert_fails(auth_add(&t, "test", str_of(rows[i].text), &e), e, ERR_INPUT);
		ck_assert_msg(strstr(e.message, rows[i].says) != NULL, "%s", e.message);
		ck_assert_ptr_null(strstr(e.message, "secret"));
	}
}
END_TEST

UNIT_MAIN("auth", auth_find__lines_with_names__tell_who_it_is,
	  auth_scope__known_tokens__by_their_line, auth_add__bad_lines__are_named_without_the_token)
