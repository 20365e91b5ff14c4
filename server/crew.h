/* A bounded queue of work and the threads that do it. Work is anything that holds a struct
 * crew_item. Whoever takes an item out of the queue has it: a thread of the crew, or crew_withdraw.
 */
#ifndef DEMARCHE_SERVER_CREW_H
#define DEMARCHE_SERVER_CREW_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CREW_WAITS INT64_MAX

struct crew_item {
	struct crew_item *next;
	int64_t until_ns; /* now_monotonic_ns() after which it need not be begun any more, or
			     CREW_WAITS */
	const atomic_bool *unwanted; /* set when nobody wants it any more; looked at while until_ns
					is a time. May be NULL */
};

struct crew;

/* `work` runs on one of `threads` threads of 2 MiB stack each, which are `niceness` below the
 * others in priority. NULL when threads or memory lack. */
struct crew *crew_open(int threads, int niceness, size_t queue_max,
		       void (*work)(void *context, struct crew_item *item), void *context);
/* Does what is queued, then ends the threads. NULL is allowed. */
void crew_close(struct crew *p);
/* False when `queue_max` items wait. */
bool crew_push(struct crew *p, struct crew_item *item);
/* For work that was begun: always taken, and done before what has not begun. */
void crew_push_begun(struct crew *p, struct crew_item *item);
/* The same, but in its turn: after all that waits. */
void crew_push_again(struct crew *p, struct crew_item *item);
/* Takes out what waits in vain: past its time, or unwanted. A list by `next`. */
struct crew_item *crew_withdraw(struct crew *p, int64_t now_ns);
size_t crew_waiting(struct crew *p);
/* Threads at work. */
size_t crew_busy(struct crew *p);

#endif
