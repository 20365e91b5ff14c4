/* Read keys (db/read_key.h): is one in force? On a worker, since the store is asked. */
#ifndef DEMARCHE_SERVER_ADMIT_H
#define DEMARCHE_SERVER_ADMIT_H

#include "server/exchange.h"

/* Looks x->rq.read_key up: sets x->rq.who and x->rq.sites, or x->err (ERR_UNAUTHORIZED for one that
 * is unknown, was revoked, or was made with a token that is no more). */
void admit_read_key(struct exchange *x);

#endif
