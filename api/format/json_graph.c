/* Objects whose members are the attributes. */
#include "api/format/json_graph.h"

static void write_value(struct jw *j, const struct graph_attribute *a, struct str value)
{
	jw_name_literal(j, a->member.p, a->member.n);
	if (a->type == ATTRIBUTE_TEXT)
		jw_string_or_null(j, value);
	else if (value.n)
		jw_raw(j, value);
	else
		jw_null(j);
}

static void write_node(struct jw *j, const struct graph_document *d, size_t at)
{
	struct graph_attributes list = node_attributes();
	char space[ATTRIBUTE_ROOM];
	jw_open_object(j);
	JW_MEMBER(j, "id", d->ids[at]);
	for (size_t i = 0; i < list.n; i++)
		write_value(j, &list.v[i], node_value(&d->network->nodes[at], &list.v[i], space));
	jw_close_object(j);
}

static void write_edge(struct jw *j, const struct graph_document *d, const struct network_edge *e)
{
	struct graph_attributes list = edge_attributes(d->mode);
	char space[ATTRIBUTE_ROOM];
	jw_open_object(j);
	JW_MEMBER(j, "source", d->ids[e->from]);
	JW_MEMBER(j, "target", d->ids[e->to]);
	for (size_t i = 0; i < list.n; i++)
		write_value(j, &list.v[i], edge_value(e, &list.v[i], space));
	jw_close_object(j);
}

void graph_members(struct jw *j, const struct graph_document *d)
{
	JW_NAME(j, "nodes");
	jw_open_array(j);
	for (size_t i = 0; i < d->network->n_nodes; i++)
		write_node(j, d, i);
	jw_close_array(j);
	JW_NAME(j, "edges");
	jw_open_array(j);
	for (size_t i = 0; i < d->network->n_edges; i++)
		write_edge(j, d, &d->network->edges[i]);
	jw_close_array(j);
}
