/* libxml2's events into the tree of webpage_tree.h. */
#include "api/format/webpage.h"

#include <libxml/HTMLparser.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>

#include "api/format/webpage_body.h"
#include "base/utf8.h"

enum {
	/* libxml2's copy of the input, and the longest value of an attribute while it grows. */
	PARSER_SHARE = 4,
	PARSER_BYTES = 128 * 1024,
	/* Of names of elements and attributes: libxml2 compares each attribute of an element with
	 * all before it, so that their number has to be bounded. A large page has some 4 kB. */
	NAMES_MAX_BYTES = 16 * 1024,
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static struct webpage *webpage_of(void *context)
{
	return ((htmlParserCtxtPtr)context)->_private;
}

/* What was given up is not read to its end. */
static void go_on(void *context)
{
	if (webpage_of(context)->err.kind != ERR_NONE)
		xmlStopParser(context);
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes)
{
	webpage_start(webpage_of(context), (const char *)name, (const char *const *)attributes);
	go_on(context);
}

static void on_end(void *context, const xmlChar *name)
{
	(void)name;
	webpage_end(webpage_of(context));
}

static void on_text(void *context, const xmlChar *s, int n)
{
	webpage_text(webpage_of(context), (struct str){(const char *)s, (size_t)n});
	go_on(context);
}

static void on_error(void *context, xmlErrorPtr error)
{
	(void)context, (void)error;
}

static int parse(struct webpage *p, struct str html)
{
	htmlParserCtxtPtr parser = htmlNewParserCtxt();
	if (!parser)
		return -1;
	*parser->sax = (xmlSAXHandler){.startElement = on_start,
				       .endElement = on_end,
				       .characters = on_text,
				       .ignorableWhitespace = on_text,
				       .cdataBlock = on_text,
				       .serror = on_error,
				       .initialized = XML_SAX2_MAGIC};
	parser->_private = p;
	parser->userData = parser;
	xmlDictSetLimit(parser->dict, NAMES_MAX_BYTES);
	htmlDocPtr doc =
		htmlCtxtReadMemory(parser, html.p, (int)html.n, NULL, "UTF-8",
				   HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NODEFDTD |
					   HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOERROR |
					   HTML_PARSE_NOWARNING | HTML_PARSE_COMPACT);
	bool has_memory = parser->errNo != XML_ERR_NO_MEMORY;
	xmlFreeDoc(doc);
	htmlFreeParserCtxt(parser);
	return has_memory ? 0 : -1;
}

/* U+0000, at which the parser would end, as HTML has it. */
static struct str without_nul(struct str html, struct arena *a)
{
	if (!memchr(html.p, '\0', html.n))
		return html;
	struct str copy = arena_str(a, html);
	for (size_t i = 0; i < copy.n; i++)
		if (copy.p[i] == '\0')
			((char *)copy.p)[i] = ' ';
	return copy;
}

/* The page, closed; -1 with *e. */
static int read_page(struct webpage *p, struct str html, struct arena *a, struct err *e)
{
	struct budget *b = a->budget;
	pthread_once(&once, xmlInitParser);
	html = without_nul(utf8_skip_mark(html), a);
	if (!html.p || html.n > INT_MAX || webpage_init(p, html.n, a, e))
		return budget_fail(b, e);
	size_t room = html.n * PARSER_SHARE + PARSER_BYTES;
	if (!budget_take(b, room))
		return budget_fail(b, e);
	int rc = parse(p, html);
	budget_give(b, room);
	if (rc)
		budget_refused(b, 0);
	else
		webpage_close(p);
	if (p->err.kind != ERR_NONE)
		return err_set(e, p->err.kind, p->err.field, "%s", p->err.message);
	return rc ? budget_fail(b, e) : 0;
}

/* What the tree holds is given back before the article is read. */
static int read_beside(struct str html, struct arena *scratch, struct arena *a, struct article *out,
		       struct err *e)
{
	struct webpage p;
	struct article found = *out;
	if (read_page(&p, html, scratch, e))
		return -1;
	found.text = webpage_body(&p, false);
	if (!found.text.p)
		return budget_fail(scratch->budget, e);
	if (found.text.n == 0)
		return err_set(e, ERR_NO_BODY, "html",
			       "the page has no body: no paragraph of it is the text of an "
			       "article");
	webpage_meta_fill(&p.meta, &found);
	for (int i = 0; i < ARTICLE_FIELD_COUNT; i++) {
		enum article_field f = (enum article_field)i;
		struct str value = arena_str(a, article_field_get(&found, f));
		if (!value.p)
			return budget_fail(a->budget, e);
		if (article_field_set(out, f, value, e))
			return -1;
	}
	return 0;
}

int webpage_read(struct str html, struct arena *a, struct article *out, struct err *e)
{
	struct arena scratch;
	arena_init_beside(&scratch, a);
	int rc = read_beside(html, &scratch, a, out, e);
	arena_release(&scratch);
	return rc;
}

int webpage_read_fragment(struct str html, enum webpage_part part, struct arena *a,
			  struct str *text, struct err *e)
{
	struct arena scratch;
	struct webpage p;
	arena_init_beside(&scratch, a);
	int rc = read_page(&p, html, &scratch, e);
	if (rc == 0) {
		struct str found = part == WEBPAGE_BODY ? webpage_body(&p, true) : webpage_all(&p);
		*text = found.p ? arena_str(a, found) : found;
		rc = text->p ? 0 : budget_fail(a->budget, e);
	}
	arena_release(&scratch);
	return rc;
}
