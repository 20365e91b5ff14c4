/* The thread that ends what takes too long: it cuts connections whose requests arrive too late or
 * whose answers are taken too slowly, cancels the work for clients that have gone, and answers
 * requests that wait for a thread past their deadline. */
#ifndef DEMARCHE_SERVER_REAPER_H
#define DEMARCHE_SERVER_REAPER_H

#include "server/connection.h"
#include "server/service.h"

struct reaper;

/* NULL with *e. */
struct reaper *reaper_start(struct service *s, struct connections *connections,
			    struct err *e) MUST_CHECK;
/* Waits for the thread's end, which s->is_stopping brings. NULL is allowed. */
void reaper_join(struct reaper *r);

#endif
