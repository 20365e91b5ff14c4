/* Rows are actors, columns issues; a cell has its statements by position, and leads to them. */
#include "api/format/html_matrix.h"

#include <string.h>

#include "api/format/xml.h"

/* Of the dashboard, beside the color: for those who do not tell colors apart. The order in which
 * they are told. */
static const struct {
	enum position position;
	const char *shape, *word;
} shown[] = {{POSITION_SUPPORT, "▲", "supports"},     {POSITION_OPPOSE, "▼", "opposes"},
	     {POSITION_CONCERN, "●", "is concerned"}, {POSITION_MIXED, "◆", "mixed"},
	     {POSITION_NEUTRAL, "○", "neutral"},      {POSITION_NONE, "·", "mentions it"}};
enum { SHOWN = sizeof shown / sizeof shown[0] };

/* A value of a query, within an attribute: ids are letters, digits, marks, and what UTF-8 has. */
static void query_value(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
				(c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
		if (is_plain)
			buf_add_char(out, (char)c);
		else
			buf_printf(out, "%%%02X", c);
	}
}

static void open_link(struct buf *out, const struct html_matrix *m, const char *page)
{
	buf_add(out, STR("<a target=\"_blank\" rel=\"noopener\" href=\""));
	xml_text(out, m->path_to_root);
	buf_printf(out, "#/%s", page);
}

static void name_cell(struct buf *out, const struct html_matrix *m, const char *scope,
		      const char *page, struct str id, struct str name)
{
	buf_printf(out, "<th scope=\"%s\">", scope);
	open_link(out, m, page);
	query_value(out, id);
	buf_add(out, STR("\">"));
	xml_text(out, name);
	buf_add(out, STR("</a></th>"));
}

static void cell(struct buf *out, const struct html_matrix *m, const struct network_edge *edge)
{
	const struct network *net = m->network;
	if (!edge) {
		buf_add(out, STR("<td class=\"silent\"><span title=\"says nothing on "
				 "it\">–</span></td>"));
		return;
	}
	const struct actor *actor = net->nodes[edge->from].actor;
	buf_add(out, STR("<td>"));
	open_link(out, m, "?");
	xml_text(out, m->conditions);
	buf_add(out, m->conditions.n ? STR("&amp;speaker=") : STR("speaker="));
	query_value(out, actor->id);
	buf_add(out, STR("&amp;issue="));
	query_value(out, net->nodes[edge->to].issue->id);
	buf_add(out, STR("\">"));
	bool is_first = true;
	for (int i = 0; i < SHOWN; i++) {
		enum position p = shown[i].position;
		if (!edge->pairs[p])
			continue;
		struct str word = terms_word(&terms_position, (int)p);
		buf_printf(out, "%s<span class=\"%.*s\" title=\"%s: %lld\">%s %lld</span>",
			   is_first ? "" : " ", STR_ARG(word), shown[i].word,
			   (long long)edge->pairs[p], shown[i].shape, (long long)edge->pairs[p]);
		is_first = false;
	}
	buf_add(out, STR("</a></td>"));
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static int write_table(struct buf *out, const struct html_matrix *m, struct err *e)
{
	const struct network *net = m->network;
	size_t rows = least(m->actors, net->n_actors);
	size_t columns = least(m->issues, net->n_nodes - net->n_actors);
	const struct network_edge **edges = arena_array(m->a, rows * columns, sizeof(void *));
	if (!edges)
		return arena_full(e);
	memset(edges, 0, rows * columns * sizeof(void *));
	for (size_t i = 0; i < net->n_edges; i++) {
		size_t row = net->edges[i].from, column = net->edges[i].to - net->n_actors;
		if (row < rows && column < columns)
			edges[row * columns + column] = &net->edges[i];
	}
	buf_add(out, STR("<thead><tr><th scope=\"col\">Said by</th>"));
	for (size_t i = 0; i < columns; i++) {
		const struct issue *issue = net->nodes[net->n_actors + i].issue;
		name_cell(out, m, "col", "issue/", issue->id, issue->label);
	}
	buf_add(out, STR("</tr></thead>\n<tbody>\n"));
	for (size_t row = 0; row < rows; row++) {
		const struct actor *actor = net->nodes[row].actor;
		buf_add(out, STR("<tr>"));
		name_cell(out, m, "row", "actor/", actor->id, actor->name);
		for (size_t i = 0; i < columns; i++)
			cell(out, m, edges[row * columns + i]);
		buf_add(out, STR("</tr>\n"));
	}
	buf_add(out, STR("</tbody>"));
	return 0;
}

static void write_legend(struct buf *out, const struct html_matrix *m)
{
	const struct network *net = m->network;
	size_t actors = net->n_actors - least(m->actors, net->n_actors);
	size_t n_issues = net->n_nodes - net->n_actors;
	size_t issues = n_issues - least(m->issues, n_issues);
	buf_add(out, STR("<p>Statements by position: "));
	for (int i = 0; i < SHOWN; i++) {
		struct str word = terms_word(&terms_position, (int)shown[i].position);
		buf_printf(out, "%s<span class=\"%.*s\">%s %s</span>", i ? ", " : "", STR_ARG(word),
			   shown[i].shape, shown[i].word);
	}
	buf_add(out, STR(". "));
	size_t more = actors + issues + (size_t)net->nodes_left_out;
	if (more)
		buf_printf(out, "Left out, with fewer statements: %zu actors and issues. ", more);
	buf_printf(out,
		   "Read from news articles by a machine (engine %.*s), which can be wrong, and "
		   "corrected by persons where they looked: each cell leads to its sentences. ",
		   STR_ARG(m->engine));
	open_link(out, m, "");
	buf_add(out, STR("\">The record</a></p>\n"));
}

int html_matrix_write(struct buf *out, const struct html_matrix *m, struct err *e)
{
	const struct network *net = m->network;
	buf_add(out,
		STR("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		    "<meta name=\"robots\" content=\"noindex\">\n"
		    "<link rel=\"stylesheet\" href=\"style.css\">\n<title>"));
	xml_text(out, m->title);
	buf_add(out, STR("</title>\n</head>\n<body>\n<main>\n"));
	if (net->n_actors == 0) {
		buf_add(out, STR("<h1>"));
		xml_text(out, m->title);
		buf_add(out, STR("</h1><p>No statement fits.</p>\n"));
	} else {
		buf_add(out,
			STR("<div class=\"matrix\" tabindex=\"0\" role=\"region\" aria-label=\""));
		xml_text(out, m->title);
		buf_add(out, STR("\"><table>\n<caption>"));
		xml_text(out, m->title);
		buf_add(out, STR("</caption>\n"));
		if (write_table(out, m, e))
			return -1;
		buf_add(out, STR("\n</table></div>\n"));
	}
	write_legend(out, m);
	buf_add(out, STR("</main>\n</body>\n</html>\n"));
	return 0;
}
