/* The words of some statements, each once, with all places where it stands. */
#ifndef DEMARCHE_DB_POSTGRESQL_WORD_BAG_H
#define DEMARCHE_DB_POSTGRESQL_WORD_BAG_H

#include "base/buf.h"

struct bag_place {
	int64_t statement;
	uint32_t place;
	uint32_t before; /* this word's place that was added before, 0 for none: an index + 1 */
};

struct bag_word {
	size_t at; /* in `text` */
	uint32_t n;
	uint32_t last; /* its place that was added last: an index + 1 */
};

struct word_bag {
	struct buf text;
	struct bag_word *words;
	struct bag_place *places;
	size_t n_words, cap_words, n_places, cap_places;
	uint32_t *slots; /* by hash: an index of words + 1 */
	size_t n_slots;
};

void word_bag_init(struct word_bag *b);
void word_bag_clear(struct word_bag *b); /* keeps the memory */
void word_bag_release(struct word_bag *b);
/* 0, or -1 when out of memory. */
int word_bag_add(struct word_bag *b, struct str word, int64_t statement, uint32_t place);
/* NULL where it was not added. */
const struct bag_word *word_bag_find(const struct word_bag *b, struct str word);
struct str word_bag_text(const struct word_bag *b, const struct bag_word *w);
/* Puts the words in the order of their bytes; nothing is found or added after it but by a clear. */
void word_bag_sort(struct word_bag *b);

#endif
