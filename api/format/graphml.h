/* A network as GraphML (Brandes et al. 2002, graphml.graphdrawing.org). */
#ifndef DEMARCHE_API_FORMAT_GRAPHML_H
#define DEMARCHE_API_FORMAT_GRAPHML_H

#include "api/format/graph_attribute.h"
#include "base/buf.h"

void graphml_write(struct buf *out, const struct graph_document *d);

#endif
