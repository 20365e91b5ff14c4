/* Decoding articles: what is taken, and what every bad body is told. */
#include "api/format/json_article.h"

#include "base/buf.h"
#include "tests/unit/api/lines.h"

static struct arena arena;
static struct article got;
static struct err err;

static int decode(struct str body)
{
	arena_release(&arena);
	arena_init(&arena, 1 << 24);
	err = (struct err){0};
	return article_decode(body, &arena, &got, &err);
}

static void run_bad(const struct line *l)
{
	char body[4096];
	int rc = decode(unescaped(l->columns[0], body));
	ck_assert_msg(rc != 0, "line %d was taken", l->number);
	ck_assert_msg(err_is_input(err.kind), "line %d: kind %d", l->number, err.kind);
	ck_assert_msg(str_eq(str_of(err.field), l->columns[1]), "line %d: field \"%s\"", l->number,
		      err.field);
	ck_assert_msg(str_find(str_of(err.message), l->columns[2], 0) != SIZE_MAX,
		      "line %d: \"%s\"", l->number, err.message);
}

START_TEST(article_decode__bad_bodies__each_names_its_fault)
{
	ck_assert_int_ge(each_line("tests/unit/api/bad_articles.tsv", run_bad), 55);
}
END_TEST

START_TEST(article_decode__all_fields__all_taken)
{
	assert_ok(decode(STR("{\"text\":\"Hello.\",\"title\":\"T\",\"url\":\"HTTPS://example.com/"
			     "a?b=c#d\",\"outlet\":\"O\","
			     "\"author\":\"A\",\"published_at\":\"2024-04-26T09:30:00+08:00\","
			     "\"language\":\"en-GB\"}")),
		  err);
	assert_str(got.text, "Hello.");
	assert_str(got.title, "T");
	assert_str(got.url, "HTTPS://example.com/a?b=c#d");
	assert_str(got.outlet, "O");
	assert_str(got.author, "A");
	assert_str(got.published_at, "2024-04-26T09:30:00+08:00");
	ck_assert_int_eq(got.published_on, day_from_civil((struct civil){2024, 4, 26}));
	assert_str(got.language, "en-GB");
}
END_TEST

START_TEST(article_decode__null_fields__not_given)
{
	assert_ok(decode(STR("{\"title\":null,\"text\":\"a\",\"url\":\"\"}")), err);
	ck_assert_uint_eq(got.title.n, 0);
	ck_assert_uint_eq(got.url.n, 0);
}
END_TEST

START_TEST(article_decode__text__byte_for_byte)
{
	assert_ok(decode(STR("{\"text\":\" a\\r\\n\\u0000\\ud83d\\ude00\\u202e \xEF\xBB\xBF\"}")),
		  err);
	struct str want = STR(" a\r\n\0\xF0\x9F\x98\x80\xE2\x80\xAE \xEF\xBB\xBF");
	ck_assert_uint_eq(got.text.n, want.n);
	ck_assert_int_eq(memcmp(got.text.p, want.p, want.n), 0);
}
END_TEST

START_TEST(article_decode__brackets_in_strings__no_depth)
{
	assert_ok(
		decode(STR(
			"{\"text\":\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[ \\\" [[[[[\"}")),
		err);
}
END_TEST

START_TEST(article_decode__title_at_limit__taken_and_one_more_refused)
{
	for (int extra = 0; extra < 2; extra++) {
		struct buf b;
		buf_init(&b, 1 << 16);
		buf_add(&b, STR("{\"text\":\"a\",\"title\":\""));
		for (int i = 0; i < ARTICLE_LINE_MAX + extra; i++)
			buf_add(&b, STR("\u00E9"));
		buf_add(&b, STR("\"}"));
		int rc = decode(buf_str(&b));
		ck_assert_int_eq(rc, extra ? -1 : 0);
		if (extra)
			ck_assert_str_eq(err.field, "title");
		buf_release(&b);
	}
}
END_TEST

START_TEST(article_decode__deep_and_long_body__refused_before_parsing)
{
	char body[100000];
	memset(body, '[', sizeof body);
	ck_assert_int_ne(decode((struct str){body, sizeof body}), 0);
	ck_assert_ptr_nonnull(strstr(err.message, "nested deeper"));
}
END_TEST

START_TEST(article_decode__full_arena__too_large)
{
	arena_release(&arena);
	arena_init(&arena, 32);
	err = (struct err){0};
	ck_assert_int_ne(
		article_decode(STR("{\"text\":\"0123456789012345678901234567890123456789\"}"),
			       &arena, &got, &err),
		0);
	ck_assert_int_eq(err.kind, ERR_TOO_LARGE);
}
END_TEST

START_TEST(article_decode__very_many_values__is_refused_before_they_are_parsed)
{
	struct buf b;
	struct arena a;
	struct article article;
	struct err e = {0};
	buf_init(&b, 1 << 20);
	buf_add(&b, STR("{\"text\":\"one, two\",\"x\":[1"));
	for (int i = 0; i < 30000; i++)
		buf_add(&b, STR(",1"));
	buf_add(&b, STR("]}"));
	arena_init(&a, 1 << 20);
	ck_assert_int_eq(article_decode(buf_str(&b), &a, &article, &e), -1);
	ck_assert_int_eq(e.kind, ERR_JSON);
	ck_assert_ptr_nonnull(strstr(e.message, "values"));
	arena_release(&a);
	buf_release(&b);
}
END_TEST

UNIT_MAIN("json_article", article_decode__bad_bodies__each_names_its_fault,
	  article_decode__all_fields__all_taken, article_decode__null_fields__not_given,
	  article_decode__text__byte_for_byte, article_decode__brackets_in_strings__no_depth,
	  article_decode__title_at_limit__taken_and_one_more_refused,
	  article_decode__deep_and_long_body__refused_before_parsing,
	  article_decode__full_arena__too_large,
	  article_decode__very_many_values__is_refused_before_they_are_parsed)
