/* A sorted list that keeps the best. */
#include "db/page.h"

#include <string.h>

int page_init(struct page *p, struct arena *a, int limit, bool oldest_first, struct err *e)
{
	*p = (struct page){.most = (size_t)limit + 1, .oldest_first = oldest_first};
	p->ids = arena_array(a, p->most + 1, sizeof *p->ids);
	return p->ids ? 0 : arena_full(e);
}

static bool comes_before(const struct page *p, int64_t a, int64_t b)
{
	return p->oldest_first ? a < b : a > b;
}

void page_add(struct page *p, int64_t id)
{
	size_t from = p->n, to = p->n;
	if (p->n && !comes_before(p, p->ids[p->n - 1], id)) /* a range gives them in order */
		from = 0;
	while (from < to) {
		size_t mid = (from + to) / 2;
		if (comes_before(p, p->ids[mid], id))
			from = mid + 1;
		else
			to = mid;
	}
	if (from == p->most || (from < p->n && p->ids[from] == id))
		return;
	memmove(p->ids + from + 1, p->ids + from, (p->n - from) * sizeof *p->ids);
	p->ids[from] = id;
	p->n += p->n < p->most;
}

void page_narrow(const struct page *p, int64_t *above, int64_t *below)
{
	if (p->n < p->most)
		return;
	int64_t worst = p->ids[p->n - 1];
	if (p->oldest_first && worst < *below)
		*below = worst;
	if (!p->oldest_first && worst > *above)
		*above = worst;
}

size_t page_end(const struct page *p, int64_t *next)
{
	size_t n = p->n < p->most ? p->n : p->most - 1;
	*next = p->n == p->most ? p->ids[n - 1] : 0;
	return n;
}
