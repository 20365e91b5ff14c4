/* What is decided about a request by its head and route, before its body is kept. */
#ifndef DEMARCHE_SERVER_PRECHECK_H
#define DEMARCHE_SERVER_PRECHECK_H

#include "server/exchange.h"

/* Reads the head into x and finds the route. 0 when the request may go on, with x->route NULL for
 * OPTIONS and the bare base path; or -1 with x->err, and x->closes where the head was hostile or
 * the connection is one too many. */
int precheck(struct exchange *x, const char *method, const char *version) MUST_CHECK;

#endif
