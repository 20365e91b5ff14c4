/* The engine alone, on one core: words a second over articles as they are posted. */
#include "base/clock.h"
#include "extract/extract.h"
#include "tests/bench/bench.h"
#include "tests/bench/prose.h"

enum { ARTICLES = 256, ARTICLE_BYTES = 4096, ARENA_MAX = 64 << 20 };

static int extract_all(const struct engine *en, const struct str *texts, size_t *statements,
		       struct err *e)
{
	*statements = 0;
	for (size_t i = 0; i < ARTICLES; i++) {
		struct article article = article_of(texts[i], STR("2024-04-26"));
		struct extraction x;
		struct arena arena;
		arena_init(&arena, ARENA_MAX);
		int rc = engine_extract(en, &article, &arena, &x, e);
		*statements += rc == 0 ? x.n_statements : 0;
		arena_release(&arena);
		if (rc)
			return -1;
	}
	return 0;
}

int bench_extract(struct bench *b, struct err *e)
{
	struct buf bufs[ARTICLES];
	struct str texts[ARTICLES];
	size_t words = 0, bytes = 0, statements = 0;
	struct engine *en = engine_open(e);
	int rc = -1;
	for (size_t i = 0; i < ARTICLES; i++) {
		buf_init(&bufs[i], 1 << 20);
		prose_text(&bufs[i], i, ARTICLE_BYTES);
		texts[i] = buf_str(&bufs[i]);
		words += prose_words(texts[i]);
		bytes += texts[i].n;
	}
	if (!en || extract_all(en, texts, &statements, e))
		goto out;
	double spent = 0;
	int turns = 0;
	for (; spent < 2 * b->seconds; turns++) {
		int64_t began = now_thread_ns();
		if (extract_all(en, texts, &statements, e))
			goto out;
		spent += (double)(now_thread_ns() - began) / 1e9;
	}
	double rate = b->words_a_second = (double)words * turns / spent;
	report_line(&b->report, "extractor on one core, thousand words a second", JUST_SAID, 0,
		    rate / 1000, " k",
		    "%.0f articles/s of %zu bytes and %.1f statements; %.1f MB/s",
		    ARTICLES * turns / spent, bytes / ARTICLES, (double)statements / ARTICLES,
		    (double)bytes * turns / spent / 1e6);
	rc = 0;
out:
	for (size_t i = 0; i < ARTICLES; i++)
		buf_release(&bufs[i]);
	engine_close(en);
	return rc;
}
