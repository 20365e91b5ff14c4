/* One look at each content, however many lie in each other: a token knows its likeliest one. */
#include "extract/attribution/nesting.h"

/* A sentence of a turn holds what others say in it, which nothing else tells of. */
static bool may_hold(const struct attribution *at)
{
	return !at->is_turn;
}

int attributions_mark_nested(const struct text *t, struct arena *a, struct attributions *all)
{
	uint32_t *likeliest = arena_array(a, t->n_tokens, sizeof *likeliest); /* 1 + its number */
	if (!likeliest)
		return -1;
	for (uint32_t i = 0; i < all->n; i++) {
		const struct attribution *at = &all->v[i];
		if (!budget_allows_step(a->budget, i))
			return -1;
		for (size_t k = 0; k < at->n_parts && may_hold(at); k++)
			for (uint32_t n = at->parts[k].first; n <= at->parts[k].last; n++)
				if (!likeliest[n] || all->v[likeliest[n] - 1].p < at->p)
					likeliest[n] = i + 1;
	}
	for (uint32_t i = 0; i < all->n; i++) {
		struct attribution *at = &all->v[i];
		uint32_t outer = likeliest[at->head];
		at->is_inner = outer && outer - 1 != i && !at->is_carried && !at->is_turn &&
			       all->v[outer - 1].p > at->p &&
			       attribution_holds_all(&all->v[outer - 1], at);
	}
	return 0;
}
