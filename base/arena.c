/* Arena: blocks of growing size, chained; nothing is freed before the end. */
#include "base/arena.h"

#include <malloc.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	alignas(max_align_t) char data[];
};

struct arena_deferred {
	struct arena_deferred *next;
	void (*fn)(void *);
	void *p;
};

void arena_keep_memory(void)
{
	enum { KEPT = 8 << 20 };
	mallopt(M_MMAP_THRESHOLD, KEPT);
	mallopt(M_TRIM_THRESHOLD, KEPT);
}

void arena_init(struct arena *a, size_t max_bytes)
{
	*a = (struct arena){.max_bytes = max_bytes};
}

void arena_release(struct arena *a)
{
	for (struct arena_deferred *d = a->deferred; d; d = d->next)
		d->fn(d->p);
	for (struct arena_block *b = a->blocks, *next; b; b = next) {
		next = b->next;
		free(b);
	}
	budget_give(a->budget, a->charged);
	*a = (struct arena){.max_bytes = a->max_bytes, .budget = a->budget};
}

static struct arena_block *add_block(struct arena *a, size_t need)
{
	size_t size = a->blocks ? a->blocks->size * 2 : FIRST_BLOCK;
	if (size > LARGEST_BLOCK)
		size = LARGEST_BLOCK;
	if (size < need)
		size = need;
	if (!budget_take(a->budget, sizeof(struct arena_block) + size))
		return NULL;
	struct arena_block *b = malloc(sizeof *b + size);
	if (!b) {
		budget_refused(a->budget, sizeof *b + size);
		return NULL;
	}
	if (a->budget)
		a->charged += sizeof *b + size;
	*b = (struct arena_block){.next = a->blocks, .size = size};
	a->blocks = b;
	return b;
}

/* Memory with whatever is in it. */
static void *take(struct arena *a, size_t n)
{
	const size_t step = alignof(max_align_t);
	if (n > a->max_bytes || n > SIZE_MAX / 2) /* the latter so that no sum below overflows */
		return NULL;
	n = (n + step - 1) / step * step;
	if (n > a->max_bytes - a->used)
		return NULL;
	struct arena_block *b = a->blocks;
	if (!b || n > b->size - b->used)
		b = add_block(a, n);
	if (!b)
		return NULL;
	void *p = b->data + b->used;
	b->used += n;
	a->used += n;
	return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
	void *p = take(a, n);
	/* Zeroed here and not by the block, most of whose end is never used. */
	return p ? memset(p, 0, n) : NULL;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t n;
	return __builtin_mul_overflow(count, size, &n) ? NULL : arena_alloc(a, n);
}

void *arena_room(struct arena *a, size_t count, size_t size)
{
	size_t n;
	return __builtin_mul_overflow(count, size, &n) ? NULL : take(a, n);
}

int arena_grow(struct arena *a, void **array, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return 0;
	size_t more = *cap ? *cap * 2 : 8;
	if (more < need)
		more = need;
	void *p = arena_array(a, more, size);
	if (!p)
		return -1;
	if (*cap)
		memcpy(p, *array, *cap * size);
	*array = p;
	*cap = more;
	return 0;
}

int arena_defer(struct arena *a, void (*fn)(void *), void *p)
{
	struct arena_deferred *d = arena_alloc(a, sizeof *d);
	if (!d)
		return -1;
	*d = (struct arena_deferred){a->deferred, fn, p};
	a->deferred = d;
	return 0;
}

struct str arena_str(struct arena *a, struct str s)
{
	char *p = s.n < SIZE_MAX ? take(a, s.n + 1) : NULL;
	if (!p)
		return (struct str){NULL, 0};
	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return (struct str){p, s.n};
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list args, again;
	char text[512];
	va_start(args, fmt);
	va_copy(again, args);
	int n = vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	char *p = n < 0 ? NULL : take(a, (size_t)n + 1);
	if (p && (size_t)n < sizeof text)
		memcpy(p, text, (size_t)n + 1);
	else if (p)
		vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p ? (struct str){p, (size_t)n} : (struct str){NULL, 0};
}

int(arena_full)(struct err *e)
{
	return budget_fail(NULL, e);
}
