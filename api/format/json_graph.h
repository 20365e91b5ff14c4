/* A network's nodes and edges in JSON. */
#ifndef DEMARCHE_API_FORMAT_JSON_GRAPH_H
#define DEMARCHE_API_FORMAT_JSON_GRAPH_H

#include "api/format/graph_attribute.h"
#include "api/format/json_write.h"

/* "nodes":[...],"edges":[...], members of the object under way. */
void graph_members(struct jw *j, const struct graph_document *d);

#endif
