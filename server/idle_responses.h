/* Responses of libmicrohttpd that were made of an answer and are kept with it (answer_cache.h) for
 * the next request: making one takes several allocations a header. At most one of each form waits
 * with an answer, and of so many answers only as there are places; those that began to wait first
 * go first. Any thread. */
#ifndef DEMARCHE_SERVER_IDLE_RESPONSES_H
#define DEMARCHE_SERVER_IDLE_RESPONSES_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

/* With its body; for a client that has that already (304). */
enum idle_form { IDLE_WHOLE, IDLE_NOT_MODIFIED, IDLE_FORMS };

enum { IDLE_PLACES = 512 /* about 1 kB each */ };

/* Those of one answer: starts as zeros, and is dropped before the answer goes. */
struct idle_responses {
	_Atomic(struct MHD_Response *) forms[IDLE_FORMS];
	atomic_uint place; /* from 1 on; 0: none */
};

struct idle_places {
	pthread_mutex_t lock;
	struct idle_responses *v[IDLE_PLACES];
	unsigned next;
};

void idle_places_init(struct idle_places *p);
/* What waits is destroyed; the answers must still be there. */
void idle_places_release(struct idle_places *p);
/* The caller's, or NULL. */
struct MHD_Response *idle_take(struct idle_responses *of, enum idle_form form);
/* Is the places' from here on, or destroyed. The caller holds the answer. */
void idle_give(struct idle_places *p, struct idle_responses *of, enum idle_form form,
	       struct MHD_Response *r);
void idle_drop(struct idle_places *p, struct idle_responses *of);

#endif
