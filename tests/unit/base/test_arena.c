/* The arena: alignment, zeroing, the bound, growth, what is deferred. */
#include "base/arena.h"

#include <stdalign.h>

#include "tests/unit/unit.h"

enum { PLENTY = 64 * 1024 * 1024 };

/* One check for many bytes: each of Check's writes to a pipe. */
static bool is_all(const unsigned char *p, size_t n, unsigned char byte)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != byte)
			return false;
	return true;
}

START_TEST(arena_alloc__many_sizes__are_aligned_zeroed_and_apart)
{
	struct arena a;
	arena_init(&a, PLENTY);
	unsigned char *last = NULL;
	size_t last_n = 0;
	for (size_t n = 0; n < 3000; n++) {
		unsigned char *p = arena_alloc(&a, n);
		ck_assert_ptr_nonnull(p);
		ck_assert_uint_eq((uintptr_t)p % alignof(max_align_t), 0);
		ck_assert(is_all(p, n, 0) && is_all(last, last_n, 0xA5));
		if (n)
			memset(p, 0xA5, n);
		last = p;
		last_n = n;
	}
	arena_release(&a);
}
END_TEST

START_TEST(arena_alloc__larger_than_any_block__is_given)
{
	struct arena a;
	arena_init(&a, PLENTY);
	char *small = arena_alloc(&a, 10), *large = arena_alloc(&a, 5 * 1024 * 1024),
	     *after = arena_alloc(&a, 10);
	ck_assert(small && large && after);
	memset(large, 'x', 5 * 1024 * 1024);
	ck_assert_int_eq(small[9], 0);
	ck_assert_int_eq(after[0], 0);
	arena_release(&a);
}
END_TEST

START_TEST(arena_alloc__bound_reached__is_refused_and_smaller_still_fits)
{
	struct arena a;
	arena_init(&a, 1024);
	ck_assert_ptr_nonnull(arena_alloc(&a, 1000));
	ck_assert_ptr_null(arena_alloc(&a, 100));
	ck_assert_ptr_nonnull(arena_alloc(&a, 16));
	ck_assert_ptr_null(arena_alloc(&a, 1));
	arena_release(&a);
	ck_assert_ptr_nonnull(arena_alloc(&a, 1024));
	arena_release(&a);
}
END_TEST

START_TEST(arena_alloc__sizes_that_overflow__are_refused)
{
	struct arena a;
	arena_init(&a, SIZE_MAX);
	ck_assert_ptr_nonnull(arena_alloc(&a, 1));
	ck_assert_ptr_null(arena_alloc(&a, SIZE_MAX));
	ck_assert_ptr_null(arena_alloc(&a, SIZE_MAX - 7));
	ck_assert_ptr_null(arena_alloc(&a, SIZE_MAX - 64));
	ck_assert_ptr_null(arena_alloc(&a, SIZE_MAX / 2));
	ck_assert_ptr_null(arena_array(&a, SIZE_MAX / 2, 3));
	ck_assert_ptr_null(arena_array(&a, SIZE_MAX / 16 + 1, 16));
	ck_assert_ptr_null(arena_room(&a, SIZE_MAX / 2, 3));
	ck_assert_uint_eq((uintptr_t)arena_room(&a, 3, 5) % alignof(max_align_t), 0);
	ck_assert_ptr_nonnull(arena_alloc(&a, 100));
	arena_release(&a);
}
END_TEST

START_TEST(arena_grow__appending__keeps_what_was_there)
{
	struct arena a;
	arena_init(&a, PLENTY);
	uint32_t *v = NULL;
	size_t cap = 0;
	for (uint32_t i = 0; i < 100000; i++) {
		ck_assert_int_eq(arena_grow(&a, (void **)&v, &cap, i + 1, sizeof *v), 0);
		v[i] = i;
	}
	for (uint32_t i = 0; i < 100000; i++)
		ck_assert_uint_eq(v[i], i);
	/* Doubling: all the copies together are less than twice the last. */
	ck_assert_uint_le(a.used, 4 * 100000 * sizeof *v);
	arena_release(&a);
}
END_TEST

START_TEST(arena_grow__impossible_sizes__leave_the_array_alone)
{
	struct arena a;
	arena_init(&a, 4096);
	uint64_t *v = NULL;
	size_t cap = 0;
	ck_assert_int_eq(arena_grow(&a, (void **)&v, &cap, 4, sizeof *v), 0);
	uint64_t *before = v;
	size_t cap_before = cap;
	ck_assert_int_eq(arena_grow(&a, (void **)&v, &cap, 100000, sizeof *v), -1);
	ck_assert_int_eq(arena_grow(&a, (void **)&v, &cap, SIZE_MAX, sizeof *v), -1);
	ck_assert_ptr_eq(v, before);
	ck_assert_uint_eq(cap, cap_before);
	arena_release(&a);
}
END_TEST

static char order[8];

static void note(void *p)
{
	strncat(order, p, sizeof order - strlen(order) - 1);
}

static char letters[][2] = {"a", "b", "c"};

START_TEST(arena_release__deferred__runs_last_first_and_once)
{
	struct arena a;
	arena_init(&a, PLENTY);
	order[0] = '\0';
	ck_assert_int_eq(arena_defer(&a, note, letters[0]), 0);
	ck_assert_int_eq(arena_defer(&a, note, letters[1]), 0);
	ck_assert_int_eq(arena_defer(&a, note, letters[2]), 0);
	arena_release(&a);
	ck_assert_str_eq(order, "cba");
	arena_release(&a);
	ck_assert_str_eq(order, "cba");
}
END_TEST

START_TEST(arena_defer__full__is_refused_and_not_run)
{
	struct arena a;
	arena_init(&a, 8);
	order[0] = '\0';
	ck_assert_int_eq(arena_defer(&a, note, letters[0]), -1);
	arena_release(&a);
	ck_assert_str_eq(order, "");
}
END_TEST

/* What is deferred may still read what lies in the arena. */
static void read_back(void *p)
{
	note(p);
}

START_TEST(arena_release__deferred_reads_arena_memory__is_still_there)
{
	struct arena a;
	arena_init(&a, PLENTY);
	order[0] = '\0';
	struct str s = arena_str(&a, STR("abc"));
	ck_assert_int_eq(arena_defer(&a, read_back, (void *)(uintptr_t)s.p), 0);
	arena_release(&a);
	ck_assert_str_eq(order, "abc");
}
END_TEST

START_TEST(arena_str__copy__is_terminated_and_own)
{
	struct arena a;
	arena_init(&a, PLENTY);
	char text[] = "Wang Yi";
	struct str copy = arena_str(&a, str_sub(str_of(text), 0, 4));
	text[0] = 'X';
	ck_assert_str_eq(copy.p, "Wang");
	ck_assert_uint_eq(copy.n, 4);
	ck_assert_str_eq(arena_str(&a, (struct str){NULL, 0}).p, "");
	ck_assert(str_eq(arena_str(&a, STR("a\0b")), STR("a\0b")));
	arena_release(&a);
}
END_TEST

START_TEST(arena_str__full__is_null_and_empty)
{
	struct arena a;
	struct err e = {0};
	arena_init(&a, 16);
	struct str s = arena_str(&a, STR("a text of more than sixteen bytes"));
	ck_assert(s.p == NULL && s.n == 0);
	s = arena_printf(&a, "%s", "a text of more than sixteen bytes");
	ck_assert(s.p == NULL && s.n == 0);
	ck_assert_int_eq(arena_full(&e), -1);
	ck_assert_int_eq(e.kind, ERR_TOO_LARGE);
	arena_release(&a);
}
END_TEST

START_TEST(arena_printf__long_text__is_whole)
{
	struct arena a;
	arena_init(&a, PLENTY);
	struct str s = arena_printf(&a, "%0*d|%s", 50000, 7, "end");
	ck_assert_uint_eq(s.n, 50004);
	ck_assert(str_ends(s, STR("7|end")));
	ck_assert_uint_eq(strlen(s.p), s.n);
	arena_release(&a);
}
END_TEST

START_TEST(arena_release__never_used__is_allowed)
{
	struct arena a;
	arena_init(&a, 0);
	ck_assert_ptr_null(arena_alloc(&a, 1));
	arena_release(&a);
	arena_release(&a);
}
END_TEST

START_TEST(arena_alloc__with_a_budget__is_charged_until_release)
{
	struct memory m = {.max_bytes = 200000};
	struct budget b = {.memory = &m};
	struct arena a;
	arena_init(&a, PLENTY);
	a.budget = &b;
	ck_assert_ptr_nonnull(arena_alloc(&a, 100000));
	ck_assert_int_ge(memory_used(&m), 100000);
	ck_assert_ptr_null(arena_alloc(&a, 150000));
	ck_assert_int_eq(b.end, BUDGET_MEMORY);
	arena_release(&a);
	ck_assert_int_eq(memory_used(&m), 0);
	ck_assert_ptr_eq(a.budget, &b);
	ck_assert_ptr_nonnull(arena_alloc(&a, 150000));
	arena_release(&a);
	ck_assert_int_eq(memory_used(&m), 0);
}
END_TEST

UNIT_MAIN("arena", arena_alloc__many_sizes__are_aligned_zeroed_and_apart,
	  arena_alloc__larger_than_any_block__is_given,
	  arena_alloc__bound_reached__is_refused_and_smaller_still_fits,
	  arena_alloc__sizes_that_overflow__are_refused,
	  arena_grow__appending__keeps_what_was_there,
	  arena_grow__impossible_sizes__leave_the_array_alone,
	  arena_release__deferred__runs_last_first_and_once,
	  arena_defer__full__is_refused_and_not_run,
	  arena_release__deferred_reads_arena_memory__is_still_there,
	  arena_str__copy__is_terminated_and_own, arena_str__full__is_null_and_empty,
	  arena_printf__long_text__is_whole, arena_release__never_used__is_allowed,
	  arena_alloc__with_a_budget__is_charged_until_release)
