/* Bytes as an article's JSON: decoded or refused; what is decoded keeps its limits, and comes back
 * the same when it is written as JSON and decoded again. What the reader of flat objects takes,
 * jansson reads as the same. */
#include <jansson.h>

#include "api/format/json_article.h"
#include "api/format/json_flat.h"
#include "api/format/json_write.h"
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
	FUZZ_CHECK(a->published_at.n == 0 ||
		   (day_parse(a->published_at, &day) && instant_parse(a->published_at, &instant)));
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

static void check_flat(struct str json, struct arena *a)
{
	enum { MEMBERS = 8 };
	struct json_member v[MEMBERS];
	size_t n;
	if (utf8_valid_prefix(json) != json.n || !json_flat_read(json, a, v, MEMBERS, &n))
		return;
	json_t *root = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	FUZZ_CHECK(root && json_object_size(root) == n);
	for (size_t i = 0; i < n; i++) {
		struct str name = arena_str(a, v[i].name);
		const json_t *value = json_object_get(root, name.p);
		FUZZ_CHECK(v[i].is_null ? json_is_null(value) : json_is_string(value));
		FUZZ_CHECK(v[i].is_null ||
			   str_eq(v[i].value, (struct str){json_string_value(value),
							   json_string_length(value)}));
	}
	json_decref(root);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	arena_init(&arena, ARENA_MAX);
	struct article a = {0}, b = {0};
	struct err e = {0};
	check_flat(fuzz_input(data, size), &arena);
	if (article_decode(fuzz_input(data, size), &arena, &a, &e) == 0) {
		check_limits(&a);
		struct buf json;
		buf_init(&json, JSON_MAX);
		encode(&json, &a);
		FUZZ_CHECK(article_decode(buf_str(&json), &arena, &b, &e) == 0);
		FUZZ_CHECK(str_eq(a.text, b.text) && str_eq(a.title, b.title) &&
			   str_eq(a.url, b.url));
		FUZZ_CHECK(str_eq(a.outlet, b.outlet) && str_eq(a.author, b.author));
		FUZZ_CHECK(str_eq(a.published_at, b.published_at) &&
			   str_eq(a.language, b.language));
		buf_release(&json);
	} else {
		fuzz_check_refusal(&e);
	}
	arena_release(&arena);
	return 0;
}
