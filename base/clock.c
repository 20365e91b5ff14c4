#include "base/clock.h"

#include <time.h>

static int64_t ns_of(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t now_unix_ms(void)
{
	return ns_of(CLOCK_REALTIME) / 1000000;
}

int64_t now_monotonic_ns(void)
{
	return ns_of(CLOCK_MONOTONIC);
}

int64_t now_thread_ns(void)
{
	return ns_of(CLOCK_THREAD_CPUTIME_ID);
}
