/* The life of one request, from its first line to the end of its response: the callbacks that
 * libmicrohttpd makes, on the thread of a poller. `poller` is the struct poller, whose context is
 * the struct service. */
#ifndef DEMARCHE_SERVER_LIFECYCLE_H
#define DEMARCHE_SERVER_LIFECYCLE_H

#include "server/exchange.h"

/* The request target has been read, and nothing of it decoded. The exchange, which the other
 * callbacks get; NULL ends the connection. */
void *lifecycle_begin(void *poller, const char *target, struct MHD_Connection *mhd);
/* The head has been read; a piece of the body; its end; the connection has been resumed. */
enum MHD_Result lifecycle_step(void *poller, struct MHD_Connection *mhd, const char *url,
			       const char *method, const char *version, const char *data, size_t *n,
			       void **exchange);
/* The response has been sent, or the connection has ended. */
void lifecycle_end(void *poller, struct MHD_Connection *mhd, void **exchange,
		   enum MHD_RequestTerminationCode code);

#endif
