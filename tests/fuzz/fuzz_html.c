/* Bytes as a page or, where they start as XML, as a feed: read or refused; what is read has the
 * limits of an article. */
#include "api/format/article_field.h"
#include "api/format/charset.h"
#include "api/format/feed.h"
#include "api/format/webpage.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_MAX = 64 << 20 };

static void check_article(const struct article *a)
{
	struct article copy = {0};
	struct err e = {0};
	for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
		struct str value = article_field_get(a, (enum article_field)i);
		FUZZ_CHECK(fuzz_is_utf8(value));
		FUZZ_CHECK(value.n == 0 ||
			   article_field_set(&copy, (enum article_field)i, value, &e) == 0);
	}
	FUZZ_CHECK(str_trim(a->text).n > 0);
}

static void check_feed(struct str bytes, struct arena *a)
{
	struct feed feed;
	struct err e = {0};
	if (feed_read(bytes, a, &feed, &e)) {
		fuzz_check_refusal(&e);
		return;
	}
	for (size_t i = 0; i < feed.n; i++) {
		if (feed.entries[i].err.kind != ERR_NONE)
			fuzz_check_refusal(&feed.entries[i].err);
		else
			check_article(&feed.entries[i].article);
	}
}

static void check_page(struct str bytes, struct arena *a)
{
	struct article article = {0};
	struct err e = {0};
	struct str html;
	FUZZ_CHECK(charset_to_utf8(bytes, a, &html, &e) == 0);
	FUZZ_CHECK(fuzz_is_utf8(html));
	if (webpage_read(html, a, &article, &e))
		fuzz_check_refusal(&e);
	else
		check_article(&article);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct str bytes = fuzz_input(data, size);
	arena_init(&arena, ARENA_MAX);
	if (feed_is_xml(bytes))
		check_feed(bytes, &arena);
	else
		check_page(bytes, &arena);
	arena_release(&arena);
	return 0;
}
