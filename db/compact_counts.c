/* Growing, which is seldom. */
#include "db/compact_counts.h"

enum { FIRST_BITS = 8, KEY_BITS = 64 };

int compact_counts_grow(struct compact_counts *c, struct err *e)
{
	struct compact_counts larger = {.a = c->a,
					.n = c->n,
					.cap = c->cap ? c->cap * 2 : (size_t)1 << FIRST_BITS,
					.shift = c->cap ? c->shift - 1 : KEY_BITS - FIRST_BITS};
	larger.slots = arena_array(c->a, larger.cap, sizeof *larger.slots);
	if (!larger.slots)
		return arena_full(e);
	for (size_t i = 0; i < c->cap; i++)
		if (c->slots[i].count)
			*compact_counts_find(&larger, c->slots[i].key) = c->slots[i];
	*c = larger;
	return 0;
}
