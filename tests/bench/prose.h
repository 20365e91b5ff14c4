/* Articles to post: news-like English made of our own sentences, different for each number, about 4
 * kB with eight statements or so. The same number always gives the same article. */
#ifndef DEMARCHE_TESTS_BENCH_PROSE_H
#define DEMARCHE_TESTS_BENCH_PROSE_H

#include "base/buf.h"

/* Appends the text of article `n`, about `bytes` long. Well-formed UTF-8 with curly quotation
 * marks, paragraphs split by newlines. */
void prose_text(struct buf *out, uint64_t n, size_t bytes);
/* Appends the article as the JSON object that POST /v1/articles takes: text, title, outlet,
 * published_at. */
void prose_json(struct buf *out, uint64_t n, size_t bytes);
/* Words as `wc -w` counts them. */
size_t prose_words(struct str text);

#endif
