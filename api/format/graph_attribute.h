/* What is told of a network's nodes and edges: the same attributes under the same names in JSON,
 * GraphML, GEXF and CSV. */
#ifndef DEMARCHE_API_FORMAT_GRAPH_ATTRIBUTE_H
#define DEMARCHE_API_FORMAT_GRAPH_ATTRIBUTE_H

#include "base/arena.h"
#include "db/network.h"

enum attribute_type { ATTRIBUTE_TEXT, ATTRIBUTE_INTEGER, ATTRIBUTE_FRACTION };

struct graph_attribute {
	struct str member; /* a comma, the name in quotation marks, a colon, as jw_name_literal */
	enum attribute_type type;
	int what; /* the module's */
};

struct graph_attributes {
	const struct graph_attribute *v;
	size_t n;
};

struct graph_attributes node_attributes(void);
struct graph_attributes edge_attributes(enum network_mode mode);
/* The name alone. */
struct str attribute_name(const struct graph_attribute *a);

enum { ATTRIBUTE_ROOM = 32 };
/* As text, a number in JSON's form; "" where the node has none. A view of the node, or written into
 * `space`. */
struct str node_value(const struct network_node *n, const struct graph_attribute *a,
		      char space[ATTRIBUTE_ROOM]);
struct str edge_value(const struct network_edge *e, const struct graph_attribute *a,
		      char space[ATTRIBUTE_ROOM]);
/* "actor:wang-yi": an actor and an issue may have the same slug. p is NULL when the arena is full.
 */
struct str node_id(const struct network_node *n, struct arena *a);

/* A network to be written, in whichever form. */
struct graph_document {
	const struct network *network;
	enum network_mode mode;
	const struct str *ids; /* of each node */
	struct str about;      /* in words: how it was made, and what was left out */
};

#endif
