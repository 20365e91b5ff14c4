/* The count of shared memory: relaxed, since it guards no other data. */
#include "base/memory.h"

#include <stdatomic.h>

bool memory_take(struct memory *m, size_t n)
{
	if (!m)
		return true;
	if (n > INT64_MAX / 2)
		return false;
	int64_t before =
		atomic_fetch_add_explicit(&m->used_bytes, (int64_t)n, memory_order_relaxed);
	if (before + (int64_t)n <= m->max_bytes)
		return true;
	memory_give(m, n);
	return false;
}

void memory_give(struct memory *m, size_t n)
{
	if (m)
		atomic_fetch_sub_explicit(&m->used_bytes, (int64_t)n, memory_order_relaxed);
}

int64_t memory_used(const struct memory *m)
{
	return atomic_load_explicit(&m->used_bytes, memory_order_relaxed);
}
