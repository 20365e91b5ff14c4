/* From two modes to one: the dyads of nodes that have something in common, with what their weight
 * is made of. The formulas stand in db/network.h. */
#ifndef DEMARCHE_DB_PROJECTION_H
#define DEMARCHE_DB_PROJECTION_H

#include "db/incidence.h"

/* How many pairs a node has with a member of the other mode. */
struct projected {
	uint32_t node, other;
	double counts[LEVEL_COUNT];
};

/* Two nodes, `from` before `to`. */
struct dyad {
	uint32_t from, to;
	double congruence, conflict;
	int64_t common;
	double average, jaccard, cosine; /* what these normalizations divide by */
};

struct projection {
	struct projected *v; /* sorted by projection_dyads */
	size_t n, n_nodes, n_others;
	/* Called with each dyad that has a member in common; 0, or -1 with *e. */
	int (*take)(void *context, const struct dyad *d, struct err *e);
	/* Asked before the dyads of each node: 0, or -1 with *e to give up. */
	int (*goes_on)(void *context, struct err *e);
	void *context;
};

/* 0, or -1 with *e. Scratch lives in `a`. */
int projection_dyads(struct projection *p, struct arena *a, struct err *e) MUST_CHECK;

#endif
