/* Bytes as an article's JSON: decoded or refused; what is decoded keeps its limits, and comes back the same when it is written
 * as JSON and decoded again. */
#include "api/json_article.h"
#include "api/json_write.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_MAX = 64 << 20, JSON_MAX = 64 << 20 };

static void check_line(struct str s, size_t max_points)
{
	FUZZ_CHECK(fuzz_is_utf8(s));
	FUZZ_CHECK(utf8_count(s) <= max_points);
	for (size_t i = 0; i < s.n; i++)
		FUZZ_CHECK((unsigned char)s.p[i] >= ' ');
}

static void check_limits(const struct article *a)
{
	FUZZ_CHECK(a->text.n > 0 && fuzz_is_utf8(a->text));
	check_line(a->url, ARTICLE_URL_MAX);
	check_line(a->title, ARTICLE_LINE_MAX);
	check_line(a->outlet, ARTICLE_NAME_MAX);
	check_line(a->author, ARTICLE_NAME_MAX);
	check_line(a->language, ARTICLE_LANGUAGE_MAX);
	day_t day;
	int64_t instant;
	FUZZ_CHECK(a->published_at.n == 0 || (day_parse(a->published_at, &day) && instant_parse(a->published_at, &instant)));
}

static void encode(struct buf *out, const struct article *a)
{
	struct jw j = jw_into(out);
	jw_open_object(&j);
	JW_MEMBER(&j, "text", a->text);
	JW_MEMBER(&j, "title", a->title);
	JW_MEMBER(&j, "url", a->url);
	JW_MEMBER(&j, "outlet", a->outlet);
	JW_MEMBER(&j, "author", a->author);
	JW_MEMBER(&j, "published_at", a->published_at);
	JW_MEMBER(&j, "language", a->language);
	jw_close_object(&j);
	FUZZ_CHECK(!out->failed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	arena_init(&arena, ARENA_MAX);
	struct article a = {0}, b = {0};
	struct err e = {0};
	if (article_decode(fuzz_input(data, size), &arena, &a, &e) == 0) {
		check_limits(&a);
		struct buf json;
		buf_init(&json, JSON_MAX);
		encode(&json, &a);
		FUZZ_CHECK(article_decode(buf_str(&json), &arena, &b, &e) == 0);
		FUZZ_CHECK(str_eq(a.text, b.text) && str_eq(a.title, b.title) && str_eq(a.url, b.url));
		FUZZ_CHECK(str_eq(a.outlet, b.outlet) && str_eq(a.author, b.author));
		FUZZ_CHECK(str_eq(a.published_at, b.published_at) && str_eq(a.language, b.language));
		buf_release(&json);
	} else {
		fuzz_check_refusal(&e);
	}
	arena_release(&arena);
	return 0;
}
