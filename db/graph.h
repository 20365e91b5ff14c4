/* A network's nodes and edges, made of the table of two modes. */
#ifndef DEMARCHE_DB_GRAPH_H
#define DEMARCHE_DB_GRAPH_H

#include "db/incidence.h"

struct graph_query {
	const struct network_query *n;
	/* Asked now and then: 0, or -1 with *e to give up. */
	int (*goes_on)(void *context, struct err *e);
	void *context;
};

/* Fills in *out but for the names of nodes and what nobody named said. Ties as incidence_end
 * leaves them. 0, or -1 with *e. */
int graph_make(const struct graph_query *q, const struct incidence *table, struct arena *a,
	       struct network *out, struct err *e) MUST_CHECK;

#endif
