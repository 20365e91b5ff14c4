/* What all requests of a running server share. server.c fills it before the first thread starts;
 * from then on only what is atomic changes. */
#ifndef DEMARCHE_SERVER_SERVICE_H
#define DEMARCHE_SERVER_SERVICE_H

#include <stdatomic.h>

#include "server/answer_cache.h"
#include "server/auth.h"
#include "server/cidr.h"
#include "server/config.h"
#include "server/metrics.h"
#include "server/readiness.h"
#include "server/router.h"
#include "server/thread_pool.h"

struct service {
	struct server_config config;
	struct router router;
	struct metrics metrics;
	struct auth auth;
	struct cidr_list trusted_proxies;
	struct str base_path;		/* without a slash at its end */
	size_t work_bytes;		/* of config.memory, for requests */
	struct thread_pool *workers;	/* for handlers ... */
	struct thread_pool *extractors; /* ... and for what of them takes long */
	struct readiness *readiness;
	struct answer_cache *answers;
	int64_t started_ms;
	_Atomic int at_hand_credit; /* at_hand.c */
	_Atomic unsigned at_hand_turn;
	_Atomic uint64_t last_id; /* of a request that brings none of its own */

	/* The end, in this order: /readyz says so; no connection is kept open; no work is begun. */
	_Atomic bool is_leaving, is_draining, is_stopping;
	_Atomic int64_t suspended;  /* requests that are not with their poller */
	_Atomic int64_t body_bytes; /* of bodies that are held */
};

#endif
