/* An arena: memory for one request or one article, given back at once.
 * One thread at a time. Memory is zeroed and aligned for any type. */
#ifndef DEMARCHE_BASE_ARENA_H
#define DEMARCHE_BASE_ARENA_H

#include "base/budget.h"
#include "base/err.h"
#include "base/str.h"

struct arena_block;
struct arena_deferred;

struct arena {
	struct arena_block *blocks;
	struct arena_deferred *deferred;
	size_t used, max_bytes;
	/* Of the work that the arena is for: charged for its blocks. NULL unless set between
	 * arena_init and the first allocation; outlives the arena; arena_release keeps it. */
	struct budget *budget;
	size_t charged; /* bytes, to the budget */
};

/* Once, before any thread, in a program whose arenas follow each other: up to 8 MB that a thread
 * gives back stay with the program. Every page takes some 100 kB and gives it back, every
 * extraction some 6 MB. Left alone, glibc returns it to the kernel each time and takes page faults
 * for it the next time: a tenth of the time of either, and more where faults are dear. */
void arena_keep_memory(void);
/* No memory is taken before the first allocation. `max_bytes` bounds the sum of all that is asked
 * for. */
void arena_init(struct arena *a, size_t max_bytes);
/* A second arena for what a step does not keep, to be released before the step ends: under the same
 * budget, and bounded by what is left of `a`. */
static inline void arena_init_beside(struct arena *scratch, const struct arena *a)
{
	*scratch = (struct arena){.max_bytes = a->max_bytes - a->used, .budget = a->budget};
}
/* Runs what was deferred, last first, and frees everything; the arena may be used again. */
void arena_release(struct arena *a);

/* NULL when the bound is reached or memory is out; the caller reports it, by budget_fail, or by
 * arena_full where there is no budget. n == 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t n);
void *arena_array(struct arena *a, size_t count, size_t size); /* overflow-checked */
/* The same, but not zeroed: for what is written before it is read. */
void *arena_room(struct arena *a, size_t count, size_t size);
/* Grows an array that has room for `*cap` elements to at least `need`, by doubling; 0, or -1 when
 * full. */
int arena_grow(struct arena *a, void **array, size_t *cap, size_t need, size_t size);
/* Runs fn(p) at release, for what is not memory; -1 when full (fn was not run). */
int arena_defer(struct arena *a, void (*fn)(void *), void *p) MUST_CHECK;

/* Copies end in a zero byte that is not counted. On a full arena p is NULL and n is 0. */
struct str arena_str(struct arena *a, struct str s);
struct str arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Sets *e as budget_fail does without a budget: ERR_TOO_LARGE; returns -1. */
int arena_full(struct err *e);
#ifdef __clang_analyzer__ /* which does not look into other files */
#define arena_full(e) (arena_full(e), -1)
#endif

#endif
