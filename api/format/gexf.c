/* Lists of attributes, nodes, edges. A node's label and an edge's weight are the format's own. */
#include "api/format/gexf.h"

#include "api/format/xml.h"

static bool is_own(const struct graph_attribute *a)
{
	struct str name = attribute_name(a);
	return str_eq(name, STR("label")) || str_eq(name, STR("weight"));
}

static void write_names(struct buf *out, const char *class, struct graph_attributes list)
{
	static const char *const types[] = {[ATTRIBUTE_TEXT] = "string",
					    [ATTRIBUTE_INTEGER] = "long",
					    [ATTRIBUTE_FRACTION] = "double"};
	buf_printf(out, "<attributes class=\"%s\" mode=\"static\">\n", class);
	for (size_t i = 0; i < list.n; i++) {
		struct str name = attribute_name(&list.v[i]);
		if (!is_own(&list.v[i]))
			buf_printf(out, "<attribute id=\"%.*s\" title=\"%.*s\" type=\"%s\"/>\n",
				   STR_ARG(name), STR_ARG(name), types[list.v[i].type]);
	}
	buf_add(out, STR("</attributes>\n"));
}

static void write_value(struct buf *out, const struct graph_attribute *a, struct str value)
{
	if (value.n == 0 || is_own(a))
		return;
	buf_printf(out, "<attvalue for=\"%.*s\" value=\"", STR_ARG(attribute_name(a)));
	xml_text(out, value);
	buf_add(out, STR("\"/>"));
}

static void write_node(struct buf *out, const struct graph_document *d, size_t at)
{
	const struct network_node *n = &d->network->nodes[at];
	struct graph_attributes list = node_attributes();
	char space[ATTRIBUTE_ROOM];
	buf_add(out, STR("<node id=\""));
	xml_text(out, d->ids[at]);
	buf_add(out, STR("\" label=\""));
	xml_text(out, n->actor ? n->actor->name : n->issue->label);
	buf_add(out, STR("\"><attvalues>"));
	for (size_t i = 0; i < list.n; i++)
		write_value(out, &list.v[i], node_value(n, &list.v[i], space));
	buf_add(out, STR("</attvalues></node>\n"));
}

static void write_edge(struct buf *out, const struct graph_document *d, size_t at)
{
	const struct network_edge *e = &d->network->edges[at];
	struct graph_attributes list = edge_attributes(d->mode);
	char space[ATTRIBUTE_ROOM];
	buf_printf(out, "<edge id=\"%zu\" source=\"", at);
	xml_text(out, d->ids[e->from]);
	buf_add(out, STR("\" target=\""));
	xml_text(out, d->ids[e->to]);
	buf_printf(out, "\" weight=\"%.15g\"><attvalues>", e->weight);
	for (size_t i = 0; i < list.n; i++)
		write_value(out, &list.v[i], edge_value(e, &list.v[i], space));
	buf_add(out, STR("</attvalues></edge>\n"));
}

void gexf_write(struct buf *out, const struct graph_document *d)
{
	buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			 "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n"
			 "<meta><creator>Demarche</creator><description>"));
	xml_text(out, d->about);
	buf_add(out, STR("</description></meta>\n"
			 "<graph defaultedgetype=\"undirected\" mode=\"static\">\n"));
	write_names(out, "node", node_attributes());
	write_names(out, "edge", edge_attributes(d->mode));
	buf_add(out, STR("<nodes>\n"));
	for (size_t i = 0; i < d->network->n_nodes; i++)
		write_node(out, d, i);
	buf_add(out, STR("</nodes>\n<edges>\n"));
	for (size_t i = 0; i < d->network->n_edges; i++)
		write_edge(out, d, i);
	buf_add(out, STR("</edges>\n</graph>\n</gexf>\n"));
}
