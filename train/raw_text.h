/* The raw text of a CoNLL-U file, put together again, with where its words and sentences lie. For
 * the programs of train/: errors end the process. */
#ifndef DEMARCHE_TRAIN_RAW_TEXT_H
#define DEMARCHE_TRAIN_RAW_TEXT_H

#include "base/arena.h"
#include "base/buf.h"

/* Counted in bytes that are no white space, from the start of the text; half-open. */
struct cut {
	uint32_t start, end;
};

struct cuts {
	struct cut *v;
	size_t n, cap;
};

/* "# text" of every sentence, with blank lines where documents and paragraphs start, and a space
 * between sentences unless the last word says SpaceAfter=No. */
struct raw_text {
	struct arena a;
	struct str file;
	struct buf bytes;
	struct cuts tokens, sentences;
	uint32_t chars;
};

void raw_text_read(struct raw_text *r, const char *path);
void raw_text_release(struct raw_text *r);

void cuts_add(struct cuts *c, struct arena *a, uint32_t start, uint32_t end);
/* White space at byte `at`? The next code point is at *next. */
bool raw_is_blank(struct str text, size_t at, size_t *next);
/* Bytes that are no white space. */
uint32_t raw_chars(struct str text);

#endif
