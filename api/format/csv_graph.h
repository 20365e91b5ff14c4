/* A network as CSV: a line an edge, with all that is told of both its ends. */
#ifndef DEMARCHE_API_FORMAT_CSV_GRAPH_H
#define DEMARCHE_API_FORMAT_CSV_GRAPH_H

#include "api/format/graph_attribute.h"
#include "base/buf.h"

void csv_graph(struct buf *out, const struct graph_document *d);

#endif
