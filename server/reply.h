/* The answer of an exchange as libmicrohttpd's response, in x->reply, with the status in x->status.
 * x->reply is NULL when memory lacks even for an error: then the connection ends. */
#ifndef DEMARCHE_SERVER_REPLY_H
#define DEMARCHE_SERVER_REPLY_H

#include "server/exchange.h"

/* Of x->rs and, where it is there, x->kept; or without a route, the answer to OPTIONS or the
 * redirect to the base path. */
void reply_make(struct exchange *x);
/* The problem document of x->err. */
void reply_error(struct exchange *x);

#endif
