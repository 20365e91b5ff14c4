/* Looks now and then whether the store can answer and write, on a thread of its own, so that
 * whether the service is ready can be told while everything else is busy, and while the store
 * hangs. */
#ifndef DEMARCHE_SERVER_READINESS_H
#define DEMARCHE_SERVER_READINESS_H

#include "base/err.h"

struct store;
struct readiness;

/* Has looked once when it returns. NULL with *e. The store may be NULL: then there is nothing to
 * look at. */
struct readiness *readiness_start(struct store *store, struct err *e) MUST_CHECK;
void readiness_stop(struct readiness *r); /* waits for a look under way. NULL is allowed */
/* What was seen last: 0, or -1 with *e (ERR_BUSY) when the store was not ready, or the look takes
 * too long. Any thread; does not wait. */
int readiness_check(struct readiness *r, struct err *e) MUST_CHECK;

#endif
