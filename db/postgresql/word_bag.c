/* Open addressing; places of a word are chained backwards. */
#include "db/postgresql/word_bag.h"

#include <stdlib.h>
#include <string.h>

enum { TEXT_BYTES_MAX = 256 * 1024 * 1024, SLOTS_MIN = 4096 };

void word_bag_init(struct word_bag *b)
{
	*b = (struct word_bag){0};
	buf_init(&b->text, TEXT_BYTES_MAX);
}

void word_bag_clear(struct word_bag *b)
{
	buf_clear(&b->text);
	b->n_words = b->n_places = 0;
	if (b->n_slots)
		memset(b->slots, 0, b->n_slots * sizeof *b->slots);
}

void word_bag_release(struct word_bag *b)
{
	buf_release(&b->text);
	free(b->words);
	free(b->places);
	free(b->slots);
	word_bag_init(b);
}

struct str word_bag_text(const struct word_bag *b, const struct bag_word *w)
{
	return (struct str){b->text.p + w->at, w->n};
}

/* Where the word is, or would be. */
static uint32_t *slot_of(const struct word_bag *b, struct str word)
{
	size_t at = str_hash(word) & (b->n_slots - 1);
	while (b->slots[at] && !str_eq(word_bag_text(b, &b->words[b->slots[at] - 1]), word))
		at = (at + 1) & (b->n_slots - 1);
	return &b->slots[at];
}

static int grow(void **v, size_t *cap, size_t size)
{
	size_t now = *cap ? 2 * *cap : 1024;
	void *p = realloc(*v, now * size);
	if (!p)
		return -1;
	*v = p;
	*cap = now;
	return 0;
}

static int grow_slots(struct word_bag *b)
{
	size_t n = b->n_slots ? 2 * b->n_slots : SLOTS_MIN;
	uint32_t *slots = calloc(n, sizeof *slots);
	if (!slots)
		return -1;
	free(b->slots);
	b->slots = slots;
	b->n_slots = n;
	for (uint32_t i = 0; i < b->n_words; i++)
		*slot_of(b, word_bag_text(b, &b->words[i])) = i + 1;
	return 0;
}

static int add_word(struct word_bag *b, struct str word, uint32_t *slot)
{
	if (b->n_words == b->cap_words && grow((void **)&b->words, &b->cap_words, sizeof *b->words))
		return -1;
	b->words[b->n_words++] = (struct bag_word){b->text.n, (uint32_t)word.n, 0};
	buf_add(&b->text, word);
	*slot = (uint32_t)b->n_words;
	return b->text.failed ? -1 : 0;
}

int word_bag_add(struct word_bag *b, struct str word, int64_t statement, uint32_t place)
{
	if (2 * b->n_words >= b->n_slots && grow_slots(b))
		return -1;
	if (b->n_places == b->cap_places &&
	    grow((void **)&b->places, &b->cap_places, sizeof *b->places))
		return -1;
	uint32_t *slot = slot_of(b, word);
	if (!*slot && add_word(b, word, slot))
		return -1;
	struct bag_word *w = &b->words[*slot - 1];
	b->places[b->n_places++] = (struct bag_place){statement, place, w->last};
	w->last = (uint32_t)b->n_places;
	return 0;
}

const struct bag_word *word_bag_find(const struct word_bag *b, struct str word)
{
	uint32_t at = b->n_slots ? *slot_of(b, word) : 0;
	return at ? &b->words[at - 1] : NULL;
}

static int by_bytes(const void *va, const void *vb, void *bag)
{
	return str_cmp(word_bag_text(bag, va), word_bag_text(bag, vb));
}

void word_bag_sort(struct word_bag *b)
{
	if (b->n_words)
		qsort_r(b->words, b->n_words, sizeof *b->words, by_bytes, b);
}
