/* Answers that a thread that polls sockets makes by itself, of what is kept: to hand a request to a
 * worker and back takes as long as such an answer. */
#ifndef DEMARCHE_SERVER_AT_HAND_H
#define DEMARCHE_SERVER_AT_HAND_H

#include "server/exchange.h"

/* The request is complete and ready for its handler. True when x->reply answers it; else it is as
 * it was, and a worker's. On the poller. */
bool at_hand_answer(struct exchange *x);

#endif
