/* What is reserved of --memory before any request, and when that is refused. */
#include "cli/fixed_memory.h"

#include "tests/unit/unit.h"

static struct options options_of(int64_t memory_mb)
{
	return (struct options){.memory = memory_mb << 20,
				.max_body = 8 << 20,
				.pollers = 2,
				.workers = 4,
				.extractors = 2,
				.reader_cache = 8,
				.writer_cache = 48};
}

START_TEST(fixed_memory_reserve__enough_memory__takes_caches_threads_and_heap)
{
	struct options o = options_of(512);
	struct memory m = {0};
	struct err e = {0};
	assert_ok(fixed_memory_reserve(&m, &o, &e), e);
	ck_assert_int_eq(m.max_bytes, 512 << 20);
	int64_t first = memory_used(&m);
	/* Five readers' caches, the writer's, 14 threads, the heap: 127 MB. */
	ck_assert_int_gt(first, 127 << 20);
	o.reader_cache += 10;
	m = (struct memory){0};
	assert_ok(fixed_memory_reserve(&m, &o, &e), e);
	ck_assert_int_gt(memory_used(&m) - first, 49 << 20);
}
END_TEST

START_TEST(fixed_memory_reserve__too_little_memory__is_refused_with_the_numbers)
{
	struct options o = options_of(128);
	struct memory m = {0};
	struct err e;
	assert_fails(fixed_memory_reserve(&m, &o, &e), e, ERR_INPUT);
	ck_assert_ptr_nonnull(strstr(e.message, "--memory is 128 MB"));
	ck_assert_ptr_nonnull(strstr(e.message, "5 readers' caches of --reader-cache 40"));
	ck_assert_int_eq(memory_used(&m), 0);
}
END_TEST

/* Bodies that may be larger need more to be worked on. */
START_TEST(fixed_memory_reserve__a_large_body__needs_room_to_be_read)
{
	struct options o = options_of(512);
	struct memory m = {0};
	struct err e;
	o.max_body = 128 << 20;
	assert_fails(fixed_memory_reserve(&m, &o, &e), e, ERR_INPUT);
	ck_assert_ptr_nonnull(strstr(e.message, "requests of --max-body need 768"));
}
END_TEST

START_TEST(fixed_memory_readers__workers__have_one_each_and_one_for_others)
{
	struct options o = options_of(512);
	ck_assert_int_eq(fixed_memory_readers(&o), 5);
	o.workers = 64;
	ck_assert_int_eq(fixed_memory_readers(&o), 64);
}
END_TEST

UNIT_MAIN("fixed_memory", fixed_memory_reserve__enough_memory__takes_caches_threads_and_heap,
	  fixed_memory_reserve__too_little_memory__is_refused_with_the_numbers,
	  fixed_memory_reserve__a_large_body__needs_room_to_be_read,
	  fixed_memory_readers__workers__have_one_each_and_one_for_others)
