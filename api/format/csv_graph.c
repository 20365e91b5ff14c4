/* The head, then the edges. */
#include "api/format/csv_graph.h"

#include "api/format/csv.h"

/* A number is none of the formulas that csv_cell guards against, though it may begin with a minus.
 */
static void cell(struct buf *out, const struct graph_attribute *a, struct str value)
{
	buf_add_char(out, ',');
	if (a->type == ATTRIBUTE_TEXT)
		csv_cell(out, value);
	else
		buf_add(out, value);
}

static void write_head(struct buf *out, const struct graph_document *d)
{
	struct graph_attributes nodes = node_attributes(), edges = edge_attributes(d->mode);
	buf_add(out, STR("source,target"));
	for (size_t i = 0; i < edges.n; i++)
		buf_printf(out, ",%.*s", STR_ARG(attribute_name(&edges.v[i])));
	for (int end = 0; end < 2; end++)
		for (size_t i = 0; i < nodes.n; i++)
			buf_printf(out, ",%s_%.*s", end ? "target" : "source",
				   STR_ARG(attribute_name(&nodes.v[i])));
	buf_add(out, STR("\r\n"));
}

static void write_edge(struct buf *out, const struct graph_document *d,
		       const struct network_edge *e)
{
	struct graph_attributes nodes = node_attributes(), edges = edge_attributes(d->mode);
	char space[ATTRIBUTE_ROOM];
	csv_cell(out, d->ids[e->from]);
	buf_add_char(out, ',');
	csv_cell(out, d->ids[e->to]);
	for (size_t i = 0; i < edges.n; i++)
		cell(out, &edges.v[i], edge_value(e, &edges.v[i], space));
	for (int end = 0; end < 2; end++) {
		const struct network_node *n = &d->network->nodes[end ? e->to : e->from];
		for (size_t i = 0; i < nodes.n; i++)
			cell(out, &nodes.v[i], node_value(n, &nodes.v[i], space));
	}
	buf_add(out, STR("\r\n"));
}

void csv_graph(struct buf *out, const struct graph_document *d)
{
	write_head(out, d);
	for (size_t i = 0; i < d->network->n_edges; i++)
		write_edge(out, d, &d->network->edges[i]);
}
