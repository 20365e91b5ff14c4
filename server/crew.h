/* A bounded queue of work and the threads that do it. Work is anything that holds a struct crew_item. */
#ifndef DEMARCHE_SERVER_CREW_H
#define DEMARCHE_SERVER_CREW_H

#include <stdbool.h>
#include <stddef.h>

struct crew_item {
	struct crew_item *next;
};

struct crew;

/* `work` runs on one of `threads` threads of 2 MiB stack each; `worker` is the thread's number. NULL when threads or memory
 * lack. */
struct crew *crew_open(int threads, size_t queue_max, void (*work)(void *context, struct crew_item *item, int worker),
		       void *context);
/* Does what is queued, then ends the threads. NULL is allowed. */
void crew_close(struct crew *p);
/* False when `queue_max` items wait. */
bool crew_push(struct crew *p, struct crew_item *item);
/* For work that was begun: always taken, and done before what has not begun. */
void crew_push_begun(struct crew *p, struct crew_item *item);
size_t crew_waiting(struct crew *p);

#endif
