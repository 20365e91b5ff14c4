/* What time it is. Any thread. */
#ifndef DEMARCHE_BASE_CLOCK_H
#define DEMARCHE_BASE_CLOCK_H

#include <stdint.h>

int64_t now_unix_ms(void);
/* A clock that never goes back, for deadlines and durations. */
int64_t now_monotonic_ns(void);
/* CPU time of this thread: a call of the kernel, unlike the others. */
int64_t now_thread_ns(void);

#endif
