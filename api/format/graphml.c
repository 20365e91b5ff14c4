/* Keys, nodes, edges. A node and an edge may have an attribute of the same name: the ids of keys
 * tell them apart. */
#include "api/format/graphml.h"

#include "api/format/xml.h"

static void write_keys(struct buf *out, const char *of, char letter, struct graph_attributes list)
{
	static const char *const types[] = {[ATTRIBUTE_TEXT] = "string",
					    [ATTRIBUTE_INTEGER] = "long",
					    [ATTRIBUTE_FRACTION] = "double"};
	for (size_t i = 0; i < list.n; i++) {
		struct str name = attribute_name(&list.v[i]);
		buf_printf(out,
			   "<key id=\"%c_%.*s\" for=\"%s\" attr.name=\"%.*s\" attr.type=\"%s\"/>\n",
			   letter, STR_ARG(name), of, STR_ARG(name), types[list.v[i].type]);
	}
}

static void write_value(struct buf *out, char letter, const struct graph_attribute *a,
			struct str value)
{
	if (value.n == 0)
		return;
	buf_printf(out, "<data key=\"%c_%.*s\">", letter, STR_ARG(attribute_name(a)));
	xml_text(out, value);
	buf_add(out, STR("</data>"));
}

static void write_node(struct buf *out, const struct graph_document *d, size_t at)
{
	struct graph_attributes list = node_attributes();
	char space[ATTRIBUTE_ROOM];
	buf_add(out, STR("<node id=\""));
	xml_text(out, d->ids[at]);
	buf_add(out, STR("\">"));
	for (size_t i = 0; i < list.n; i++)
		write_value(out, 'n', &list.v[i],
			    node_value(&d->network->nodes[at], &list.v[i], space));
	buf_add(out, STR("</node>\n"));
}

static void write_edge(struct buf *out, const struct graph_document *d,
		       const struct network_edge *e)
{
	struct graph_attributes list = edge_attributes(d->mode);
	char space[ATTRIBUTE_ROOM];
	buf_add(out, STR("<edge source=\""));
	xml_text(out, d->ids[e->from]);
	buf_add(out, STR("\" target=\""));
	xml_text(out, d->ids[e->to]);
	buf_add(out, STR("\">"));
	for (size_t i = 0; i < list.n; i++)
		write_value(out, 'e', &list.v[i], edge_value(e, &list.v[i], space));
	buf_add(out, STR("</edge>\n"));
}

void graphml_write(struct buf *out, const struct graph_document *d)
{
	buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			 "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"));
	write_keys(out, "node", 'n', node_attributes());
	write_keys(out, "edge", 'e', edge_attributes(d->mode));
	buf_add(out, STR("<graph edgedefault=\"undirected\">\n<desc>"));
	xml_text(out, d->about);
	buf_add(out, STR("</desc>\n"));
	for (size_t i = 0; i < d->network->n_nodes; i++)
		write_node(out, d, i);
	for (size_t i = 0; i < d->network->n_edges; i++)
		write_edge(out, d, &d->network->edges[i]);
	buf_add(out, STR("</graph>\n</graphml>\n"));
}
