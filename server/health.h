/* The server's own resources: /healthz (is it alive), /readyz (is it ready), /metrics. */
#ifndef DEMARCHE_SERVER_HEALTH_H
#define DEMARCHE_SERVER_HEALTH_H

#include "api/routes.h"

extern const struct route health_routes[];
extern const size_t health_routes_count;

#endif
