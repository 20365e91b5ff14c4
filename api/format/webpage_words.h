/* data/pages.tsv: what elements, classes, names of metadata and starts of lines mean in a page. */
#ifndef DEMARCHE_API_FORMAT_WEBPAGE_WORDS_H
#define DEMARCHE_API_FORMAT_WEBPAGE_WORDS_H

#include "base/arena.h"

/* A table in an arena; made for each page, which takes some ten microseconds. */
struct webpage_words {
	struct page_word *slots;
	size_t mask;
};

/* 0, or -1 when the arena is full. */
int webpage_words_open(struct webpage_words *w, struct arena *a) MUST_CHECK;
/* What a table ("tag", "meta") says of a word, whose letter case does not count; p is NULL where it
 * says nothing. */
struct str webpage_words_get(const struct webpage_words *w, struct str table, struct str word);
/* Does a text start as those of table "line"? */
bool webpage_words_starts_line(const struct webpage_words *w, struct str text);

#endif
