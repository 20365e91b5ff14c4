/* Shared memory: the bound. */
#include "base/memory.h"

#include "tests/unit/unit.h"

START_TEST(memory_take__over_the_bound__takes_nothing)
{
	struct memory m = {.max_bytes = 100};
	ck_assert(memory_take(&m, 60));
	ck_assert(!memory_take(&m, 41));
	ck_assert(!memory_take(&m, SIZE_MAX));
	ck_assert(memory_take(&m, 40));
	memory_give(&m, 100);
	ck_assert_int_eq(m.used_bytes, 0);
	ck_assert(memory_take(NULL, SIZE_MAX));
}
END_TEST

UNIT_MAIN("memory", memory_take__over_the_bound__takes_nothing)
