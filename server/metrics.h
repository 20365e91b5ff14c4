/* Counters of the service, as Prometheus text. Any thread; no locks. */
#ifndef DEMARCHE_SERVER_METRICS_H
#define DEMARCHE_SERVER_METRICS_H

#include <stdatomic.h>

#include "base/budget.h"
#include "base/buf.h"
#include "server/router.h"

enum { METRICS_BUCKETS = 14, METRICS_CLASSES = 6 };

struct route_metrics {
	_Atomic uint64_t by_class[METRICS_CLASSES]; /* 0: the connection ended before a response */
	_Atomic uint64_t buckets[METRICS_BUCKETS];
	_Atomic uint64_t total_us;
};

struct metrics {
	const struct router *router;
	struct route_metrics *routes; /* one a row, and a last one for requests that met none */
	_Atomic int64_t in_flight, connections;
	_Atomic uint64_t accepted, shed, withdrawn, slow, at_hand;
	_Atomic uint64_t given_up[BUDGET_CANCELLED + 1]; /* by enum budget_end */
};

static inline void metrics_increment(_Atomic uint64_t *counter)
{
	atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

/* -1 when memory is out. */
int metrics_init(struct metrics *m, const struct router *router);
void metrics_release(struct metrics *m);
void metrics_count(struct metrics *m, size_t route, int status, int64_t duration_ns);
void metrics_write(struct metrics *m, struct buf *out);
/* One value with its help and type; for what others count. */
void metrics_value(struct buf *out, const char *name, const char *type, const char *help,
		   double value);

#endif
