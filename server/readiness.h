/* Checks periodically whether the store can answer and write, on a thread of its own, so that
 * readiness can be reported while everything else is busy and while the store hangs. */
#ifndef DEMARCHE_SERVER_READINESS_H
#define DEMARCHE_SERVER_READINESS_H

#include "base/err.h"

struct store;
struct readiness;

/* Has checked once when it returns. NULL with *e. Without a store (NULL) it is always ready. */
struct readiness *readiness_start(struct store *store, struct err *e) MUST_CHECK;
void readiness_stop(struct readiness *r); /* waits for a check under way. NULL is allowed */
/* The result of the last check: 0, or -1 with *e (ERR_BUSY) when the store was not ready, or the
 * check takes too long. Any thread; does not wait. */
int readiness_check(struct readiness *r, struct err *e) MUST_CHECK;

#endif
