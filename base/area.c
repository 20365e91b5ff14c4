/* First fit over a map of bits. */
#include "base/area.h"

#include <stdlib.h>
#include <sys/mman.h>

/* So that what is read after it was given back is found. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n)	  ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { WORD = 64 };

int area_init(struct area *a, size_t bytes, size_t unit)
{
	*a = (struct area){.unit = unit, .lacks = SIZE_MAX};
	size_t units = bytes / unit;
	if (units == 0)
		return 0;
	a->used = calloc((units + WORD - 1) / WORD, sizeof *a->used);
	void *start = a->used ? mmap(NULL, units * unit, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
			      : MAP_FAILED;
	if (start == MAP_FAILED)
		return -1;
	a->start = start;
	a->units = units;
	ASAN_POISON_MEMORY_REGION(start, units * unit);
	return 0;
}

void area_release(struct area *a)
{
	if (a->start) {
		ASAN_UNPOISON_MEMORY_REGION(a->start, a->units * a->unit);
		munmap(a->start, a->units * a->unit);
	}
	free(a->used);
	*a = (struct area){0};
}

static size_t units_of(const struct area *a, size_t n)
{
	return n / a->unit + (n % a->unit > 0);
}

size_t area_bytes(const struct area *a, size_t n)
{
	return units_of(a, n) * a->unit;
}

/* The first unit from `at` on that is used, or free; `end` when there is none before. */
static size_t next_unit(const struct area *a, size_t at, size_t end, bool is_used)
{
	while (at < end) {
		uint64_t word = is_used ? a->used[at / WORD] : ~a->used[at / WORD];
		word >>= at % WORD;
		if (word) {
			at += (size_t)__builtin_ctzll(word);
			return at < end ? at : end;
		}
		at += WORD - at % WORD;
	}
	return end;
}

static void mark(struct area *a, size_t at, size_t n, bool is_used)
{
	while (n > 0) {
		size_t bit = at % WORD, here = n < WORD - bit ? n : WORD - bit;
		uint64_t bits = (here < WORD ? (UINT64_C(1) << here) - 1 : UINT64_MAX) << bit;
		if (is_used)
			a->used[at / WORD] |= bits;
		else
			a->used[at / WORD] &= ~bits;
		at += here;
		n -= here;
	}
}

void *area_take(struct area *a, size_t n)
{
	size_t need = units_of(a, n);
	if (need >= a->lacks)
		return NULL;
	size_t at = next_unit(a, a->low, a->units, false);
	a->low = at;
	while (need <= a->units - at) {
		size_t end = next_unit(a, at, at + need, true);
		if (end == at + need) {
			void *p = a->start + at * a->unit;
			mark(a, at, need, true);
			ASAN_UNPOISON_MEMORY_REGION(p, n);
			return p;
		}
		at = next_unit(a, end, a->units, false);
	}
	a->lacks = need;
	return NULL;
}

void area_give(struct area *a, void *p, size_t n)
{
	size_t at = (size_t)((char *)p - a->start) / a->unit, units = units_of(a, n);
	mark(a, at, units, false);
	ASAN_POISON_MEMORY_REGION(p, units * a->unit);
	if (at < a->low)
		a->low = at;
	a->lacks = SIZE_MAX;
}
