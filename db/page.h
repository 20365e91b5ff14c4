/* One page by keyset out of several ranges of ids: the best of all of them, each once, in the order
 * of the page. */
#ifndef DEMARCHE_DB_PAGE_H
#define DEMARCHE_DB_PAGE_H

#include "base/arena.h"

struct page {
	int64_t *ids;
	size_t n, most; /* one more than the page shows: it tells whether there is a next one */
	bool oldest_first;
};

/* 0, or -1 with *e. `limit` is at least 1. */
int page_init(struct page *p, struct arena *a, int limit, bool oldest_first,
	      struct err *e) MUST_CHECK;
void page_add(struct page *p, int64_t id);
/* What lies beyond the worst of a full page need not be read: ids between these, both exclusive. */
void page_narrow(const struct page *p, int64_t *above, int64_t *below);
/* How many of the ids to show; *next is the cursor of the next page, 0 on the last. */
size_t page_end(const struct page *p, int64_t *next);

#endif
