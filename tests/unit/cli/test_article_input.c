/* Files as articles: what counts as text, what as JSON, what is said of the rest. */
#include "cli/article_input.h"

#include "tests/unit/unit.h"

static struct arena arena;

static int decode(const char *bytes, const char *path, struct options *o, struct article *out,
		  struct err *e)
{
	*e = (struct err){0};
	*out = (struct article){0};
	return article_input_decode(str_of(bytes), path, o, &arena, out, e);
}

/* The options without a title and a date. */
static struct options plain(void)
{
	return (struct options){.title = "", .published_at = ""};
}

START_TEST(article_input_decode__texts__are_taken_as_they_are)
{
	static const struct {
		const char *bytes, *text;
	} rows[] = {
		{"China said so.\n", "China said so.\n"},
		{"\xef\xbb\xbfWith a mark", "With a mark"},
		{"[Editor's note] Text", "[Editor's note] Text"},
		{"  \n{not quite}", NULL},
		{"\"quoted\" at first", "\"quoted\" at first"},
	};
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct options o = plain();
		struct article a;
		struct err e;
		if (!rows[i].text) {
			assert_fails(decode(rows[i].bytes, "a.txt", &o, &a, &e), e, ERR_JSON);
			continue;
		}
		assert_ok(decode(rows[i].bytes, "a.txt", &o, &a, &e), e);
		assert_str(a.text, rows[i].text);
	}
	arena_release(&arena);
}
END_TEST

START_TEST(article_input_decode__a_text__gets_the_options_title_and_date)
{
	struct options o = {.title = "A headline", .published_at = "2024-04-26"};
	struct article a;
	struct err e;
	arena_init(&arena, 1 << 20);
	assert_ok(decode("Text.", "-", &o, &a, &e), e);
	assert_str(a.title, "A headline");
	assert_str(a.published_at, "2024-04-26");
	o.published_at = "yesterday";
	assert_fails(decode("Text.", "-", &o, &a, &e), e, ERR_INPUT);
	ck_assert_ptr_nonnull(strstr(e.message, "--published-at is \"yesterday\""));
	arena_release(&arena);
}
END_TEST

START_TEST(article_input_decode__an_object__is_an_article)
{
	struct options o = {.title = "not this", .published_at = ""};
	struct article a;
	struct err e;
	arena_init(&arena, 1 << 20);
	assert_ok(decode("\n {\"text\":\"T\\u00e9xt\",\n\"title\":\"this\"}\n", "-", &o, &a, &e),
		  e);
	assert_str(a.text, "T\xc3\xa9xt");
	assert_str(a.title, "this");
	arena_release(&arena);
}
END_TEST

START_TEST(article_input_decode__what_is_no_article__is_refused_with_a_word_on_it)
{
	static const struct {
		const char *bytes, *path, *says;
	} rows[] = {
		{"[{\"text\":\"a\"}]", "-", "it is a JSON list"},
		{"[ ]", "-", "it is a JSON list"},
		{"{\"text\":\"a\"}\n{\"text\":\"b\"}\n", "-", "give --format jsonl"},
		{"{\"text\":7}", "-", "\"text\""},
		{"just text", "a.json", "JSON"},
		{"", "-", "the text is empty"},
		{" \n\t", "-", "the text is empty"},
		{"abc\xff", "-", "not UTF-8 from byte 3 on"},
	};
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct options o = plain();
		struct article a;
		struct err e = {0};
		ck_assert(decode(rows[i].bytes, rows[i].path, &o, &a, &e) != 0);
		ck_assert_msg(err_is_input(e.kind), "%s", e.message);
		ck_assert_msg(strstr(e.message, rows[i].says) != NULL, "row %zu: %s: %s", i,
			      e.field, e.message);
	}
	arena_release(&arena);
}
END_TEST

UNIT_MAIN("article_input", article_input_decode__texts__are_taken_as_they_are,
	  article_input_decode__a_text__gets_the_options_title_and_date,
	  article_input_decode__an_object__is_an_article,
	  article_input_decode__what_is_no_article__is_refused_with_a_word_on_it)
