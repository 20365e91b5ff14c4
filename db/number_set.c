/* Pages of 8 kB. */
#include "db/number_set.h"

enum { PAGE_SHIFT = 16, WORD_SHIFT = 6, PAGE_WORDS = 1 << (PAGE_SHIFT - WORD_SHIFT) };

int number_set_add(struct number_set *s, uint64_t number, struct arena *a, struct err *e)
{
	size_t page = (size_t)(number >> PAGE_SHIFT);
	/* What grows is zeroed: no page. */
	if (page >= s->cap &&
	    arena_grow(a, (void **)&s->pages, &s->cap, page + 1, sizeof *s->pages))
		return arena_full(e);
	if (!s->pages[page])
		s->pages[page] = arena_array(a, PAGE_WORDS, sizeof *s->pages[page]);
	if (!s->pages[page])
		return arena_full(e);
	uint64_t *word = &s->pages[page][number >> WORD_SHIFT & (PAGE_WORDS - 1)];
	uint64_t bit = UINT64_C(1) << (number & ((1 << WORD_SHIFT) - 1));
	bool is_new = !(*word & bit);
	*word |= bit;
	return is_new;
}
