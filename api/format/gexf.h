/* A network as GEXF 1.2, the form that Gephi and networkx both read (gexf.net/1.2draft). */
#ifndef DEMARCHE_API_FORMAT_GEXF_H
#define DEMARCHE_API_FORMAT_GEXF_H

#include "api/format/graph_attribute.h"
#include "base/buf.h"

void gexf_write(struct buf *out, const struct graph_document *d);

#endif
