/* Memory that many pieces of work share: a bound, and how much of it is taken. It only counts; who
 * takes some allocates it. Any thread. */
#ifndef DEMARCHE_BASE_MEMORY_H
#define DEMARCHE_BASE_MEMORY_H

#include "base/err.h"

struct memory {
	int64_t max_bytes;
	_Atomic int64_t used_bytes;
};

/* False, and nothing is taken, when it would go over the bound. NULL has no bound. */
bool memory_take(struct memory *m, size_t n) MUST_CHECK;
void memory_give(struct memory *m, size_t n);
int64_t memory_used(const struct memory *m);

#endif
