/* The log's line about a request that has ended. */
#ifndef DEMARCHE_SERVER_ACCESS_LOG_H
#define DEMARCHE_SERVER_ACCESS_LOG_H

#include "server/exchange.h"

void access_log_write(const struct exchange *x, int64_t duration_ns);

#endif
