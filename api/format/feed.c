/* libxml2's SAX2 events; no tree. */
#include "api/format/feed.h"

#include <libxml/parser.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>

#include "api/format/webpage.h"
#include "api/format/webpage_meta.h"
#include "base/buf.h"
#include "base/utf8.h"

enum {
	PARSER_SHARE = 4, /* libxml2's copy of the input, and the longest value while it grows */
	PARSER_BYTES = 128 * 1024,
	NAMES_MAX_BYTES = 16 * 1024, /* as in webpage.c */
	START_MAX = 512,
	RANK = 1,
	RANK_WORSE = 2,
};

enum space { SPACE_RSS, SPACE_ATOM, SPACE_CONTENT, SPACE_DC, SPACE_OTHER };

enum part {
	PART_NONE,
	PART_TITLE,
	PART_LINK,
	PART_AUTHOR,
	PART_PUBLISHED,
	PART_UPDATED,
	PART_LANGUAGE,
	PART_CONTENT,
	PART_SUMMARY,
	PART_COUNT
};

static const struct {
	enum space space;
	struct str name;
	enum part part;
} parts[] = {
	{SPACE_RSS, {"title", 5}, PART_TITLE},
	{SPACE_RSS, {"link", 4}, PART_LINK},
	{SPACE_RSS, {"author", 6}, PART_AUTHOR},
	{SPACE_RSS, {"pubDate", 7}, PART_PUBLISHED},
	{SPACE_RSS, {"description", 11}, PART_SUMMARY},
	{SPACE_RSS, {"language", 8}, PART_LANGUAGE},
	{SPACE_CONTENT, {"encoded", 7}, PART_CONTENT},
	{SPACE_DC, {"creator", 7}, PART_AUTHOR},
	{SPACE_DC, {"date", 4}, PART_PUBLISHED},
	{SPACE_DC, {"language", 8}, PART_LANGUAGE},
	{SPACE_ATOM, {"title", 5}, PART_TITLE},
	{SPACE_ATOM, {"published", 9}, PART_PUBLISHED},
	{SPACE_ATOM, {"updated", 7}, PART_UPDATED},
	{SPACE_ATOM, {"content", 7}, PART_CONTENT},
	{SPACE_ATOM, {"summary", 7}, PART_SUMMARY},
};

struct reader {
	struct arena *arena;
	xmlParserCtxtPtr parser;
	struct feed *feed;
	struct webpage_meta channel, meta; /* of the feed, of the entry */
	struct str content, summary;
	struct buf text; /* of the part that is open */
	enum part part;
	int depth, part_depth, entry_depth; /* 0: none is open */
	bool is_atom_author;		    /* its <name> is */
	bool is_plain;			    /* the part is text, not HTML */
	bool is_content_plain;
	struct err err;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static struct reader *reader_of(void *context)
{
	return ((xmlParserCtxtPtr)context)->_private;
}

static enum space space_of(const xmlChar *uri)
{
	struct str s = str_of((const char *)uri);
	if (s.n == 0 || str_starts(s, STR("http://purl.org/rss/")))
		return str_ends(s, STR("/modules/content/")) ? SPACE_CONTENT : SPACE_RSS;
	if (str_starts(s, STR("http://purl.org/dc/")))
		return SPACE_DC;
	if (str_eq(s, STR("http://www.w3.org/2005/Atom")))
		return SPACE_ATOM;
	/* RSS 0.9 and 1.0 have their own; whatever else is unknown is skipped. */
	return str_find(s, STR("netscape.com/rdf"), 0) != SIZE_MAX ? SPACE_RSS : SPACE_OTHER;
}

static enum part part_of(enum space space, struct str name)
{
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (parts[i].space == space && str_eq(parts[i].name, name))
			return parts[i].part;
	return PART_NONE;
}

/* Of SAX2's attributes, five pointers each; "" where it is not given. */
static struct str attribute(int n, const xmlChar **attributes, const char *name)
{
	for (int i = 0; i < n; i++, attributes += 5)
		if (strcmp((const char *)attributes[0], name) == 0)
			return (struct str){(const char *)attributes[3],
					    (size_t)(attributes[4] - attributes[3])};
	return STR_EMPTY;
}

static void refuse(struct reader *r)
{
	if (r->text.failed)
		budget_fail(r->arena->budget, &r->err);
	if (r->err.kind != ERR_NONE)
		xmlStopParser(r->parser);
}

/* --- entries --- */

static void begin_entry(struct reader *r)
{
	struct feed *f = r->feed;
	if (f->n == FEED_ENTRIES_MAX)
		err_set(&r->err, ERR_TOO_LARGE, NULL, "the feed has more than %d entries",
			FEED_ENTRIES_MAX);
	else if (arena_grow(r->arena, (void **)&f->entries, &f->cap, f->n + 1, sizeof *f->entries))
		budget_fail(r->arena->budget, &r->err);
	if (r->err.kind != ERR_NONE)
		return;
	f->entries[f->n++] = (struct feed_entry){.line = (size_t)xmlSAX2GetLineNumber(r->parser)};
	r->entry_depth = r->depth;
	r->meta = (struct webpage_meta){0};
	r->content = r->summary = STR_EMPTY;
	r->is_content_plain = false;
}

/* Its text into the article's; what is wrong with it is the entry's. */
static void read_text(struct reader *r, struct feed_entry *entry)
{
	struct str html = r->content.n ? r->content : r->summary, text = html;
	if (html.n && !r->is_content_plain &&
	    webpage_read_fragment(html, WEBPAGE_BODY, r->arena, &text, &entry->err))
		return;
	text = str_trim(text);
	if (text.n)
		entry->article.text = text;
	else
		err_set(&entry->err, ERR_NO_BODY, NULL,
			"the entry has no text, neither as content nor as a description");
}

static void end_entry(struct reader *r)
{
	struct feed_entry *entry = &r->feed->entries[r->feed->n - 1];
	read_text(r, entry);
	webpage_meta_fill(&r->meta, &entry->article);
	r->entry_depth = 0;
}

/* --- parts --- */

/* Titles may be HTML, and in RSS nothing tells. */
static struct str plain(struct reader *r, struct str s)
{
	struct err ignored = {0};
	struct str text = s;
	if (!r->is_plain &&
	    (str_find(s, STR("<"), 0) != SIZE_MAX || str_find(s, STR("&"), 0) != SIZE_MAX) &&
	    webpage_read_fragment(s, WEBPAGE_ALL, r->arena, &text, &ignored))
		return s;
	return text;
}

/* RSS has addresses there: "a.writer@example.com (A. Writer)". */
static struct str name_of(struct str author)
{
	size_t open = str_find(author, STR("("), 0), close = str_find(author, STR(")"), 0);
	bool has_both = str_find(author, STR("@"), 0) != SIZE_MAX && open != SIZE_MAX &&
			close != SIZE_MAX && close > open;
	return has_both ? str_sub(author, open + 1, close) : author;
}

static void take_body(struct reader *r, struct str s)
{
	bool is_first = r->part == PART_CONTENT ? !r->content.n : !r->content.n && !r->summary.n;
	if (!is_first)
		return;
	*(r->part == PART_CONTENT ? &r->content : &r->summary) = s;
	r->is_content_plain = r->is_plain;
}

static void take_part(struct reader *r)
{
	struct webpage_meta *m = r->entry_depth ? &r->meta : &r->channel;
	struct str s = arena_str(r->arena, str_trim(buf_str(&r->text)));
	static const struct {
		enum article_field field;
		int rank;
	} fields[PART_COUNT] = {
		[PART_LINK] = {FIELD_URL, RANK},
		[PART_AUTHOR] = {FIELD_AUTHOR, RANK},
		[PART_PUBLISHED] = {FIELD_PUBLISHED_AT, RANK},
		[PART_UPDATED] = {FIELD_PUBLISHED_AT, RANK_WORSE},
		[PART_LANGUAGE] = {FIELD_LANGUAGE, RANK},
	};
	if (!s.p) {
		budget_fail(r->arena->budget, &r->err);
		return;
	}
	if (r->part == PART_CONTENT || r->part == PART_SUMMARY)
		take_body(r, s);
	else if (r->part == PART_TITLE)
		webpage_meta_offer_field(m, r->entry_depth ? FIELD_TITLE : FIELD_OUTLET, RANK,
					 plain(r, s), r->arena);
	else
		webpage_meta_offer_field(m, fields[r->part].field, fields[r->part].rank,
					 r->part == PART_AUTHOR ? name_of(s) : s, r->arena);
}

/* What belongs to the entry or the feed itself: not the title of an image. */
static bool is_direct(const struct reader *r)
{
	return r->entry_depth ? r->depth == r->entry_depth + 1 : r->depth <= 3;
}

static void begin_part(struct reader *r, enum space space, struct str name, int n,
		       const xmlChar **attributes)
{
	enum part part = is_direct(r) ? part_of(space, name) : PART_NONE;
	if (space == SPACE_ATOM && is_direct(r) && str_eq(name, STR("author")))
		r->is_atom_author = true;
	else if (space == SPACE_ATOM && r->is_atom_author && str_eq(name, STR("name")))
		part = PART_AUTHOR;
	if (space == SPACE_ATOM && is_direct(r) && str_eq(name, STR("link"))) {
		struct str rel = attribute(n, attributes, "rel");
		if (r->entry_depth && (!rel.n || str_eq(rel, STR("alternate"))))
			webpage_meta_offer_field(&r->meta, FIELD_URL, RANK,
						 attribute(n, attributes, "href"), r->arena);
	}
	if (part == PART_NONE || (!r->entry_depth && part != PART_TITLE && part != PART_LANGUAGE))
		return;
	struct str type = attribute(n, attributes, "type");
	r->is_plain = space == SPACE_ATOM && (!type.n || str_eq(type, STR("text")));
	r->part = part;
	r->part_depth = r->depth;
	buf_clear(&r->text);
}

/* Elements within a part, as XHTML in Atom's content, as the HTML that the others have as text. */
static void begin_inner(struct reader *r, struct str name, int n, const xmlChar **attributes)
{
	bool is_link = attribute(n, attributes, "href").n > 0;
	buf_printf(&r->text, "<%.*s%s>", STR_ARG(name), is_link ? " href=\"#\"" : "");
}

/* --- events --- */

static void check_root(struct reader *r, struct str name)
{
	bool is_feed = str_is_one_of(name, "rss RDF feed");
	if (!is_feed)
		err_set(&r->err, ERR_FEED, NULL, "the document is \"%.*s\": neither RSS nor Atom",
			STR_ARG(str_sub(name, 0, 40)));
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
		     int n_spaces, const xmlChar **spaces, int n, int n_defaulted,
		     const xmlChar **attributes)
{
	struct reader *r = reader_of(context);
	struct str name = str_of((const char *)local);
	(void)prefix, (void)n_spaces, (void)spaces, (void)n_defaulted;
	if (r->err.kind != ERR_NONE)
		return;
	if (r->depth++ == 0) {
		check_root(r, name);
		webpage_meta_offer_field(&r->channel, FIELD_LANGUAGE, RANK_WORSE,
					 attribute(n, attributes, "lang"), r->arena);
	} else if (r->part) {
		begin_inner(r, name, n, attributes);
	} else if (!r->entry_depth && str_is_one_of(name, "item entry")) {
		begin_entry(r);
	} else {
		begin_part(r, space_of(uri), name, n, attributes);
	}
	if (!budget_allows_step(r->arena->budget, (size_t)r->depth))
		budget_fail(r->arena->budget, &r->err);
	refuse(r);
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct reader *r = reader_of(context);
	(void)prefix, (void)uri;
	if (r->err.kind != ERR_NONE)
		return;
	if (r->part && r->depth > r->part_depth) {
		buf_printf(&r->text, "</%s>", (const char *)local);
	} else if (r->part) {
		take_part(r);
		r->part = PART_NONE;
	} else if (r->entry_depth && r->depth == r->entry_depth) {
		end_entry(r);
	}
	if (strcmp((const char *)local, "author") == 0)
		r->is_atom_author = false;
	r->depth--;
	refuse(r);
}

static void on_text(void *context, const xmlChar *s, int n)
{
	struct reader *r = reader_of(context);
	struct str text = {(const char *)s, (size_t)n};
	if (!r->part || r->err.kind != ERR_NONE)
		return;
	if (r->depth == r->part_depth) {
		buf_add(&r->text, text);
		return;
	}
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		buf_add(&r->text, c == '<'   ? STR("&lt;")
				  : c == '&' ? STR("&amp;")
					     : str_sub(text, i, i + 1));
	}
}

static void on_dtd(void *context, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
	struct reader *r = reader_of(context);
	(void)name, (void)id, (void)system;
	err_set(&r->err, ERR_FEED, NULL,
		"the document has a document type declaration: none is taken");
	refuse(r);
}

static void on_error(void *context, xmlErrorPtr error)
{
	(void)context, (void)error;
}

static int parse(struct reader *r, struct str xml)
{
	xmlParserCtxtPtr parser = xmlNewParserCtxt();
	if (!parser)
		return err_set(&r->err, ERR_BUSY, NULL, "memory is used up");
	*parser->sax = (xmlSAXHandler){.initialized = XML_SAX2_MAGIC,
				       .startElementNs = on_start,
				       .endElementNs = on_end,
				       .characters = on_text,
				       .ignorableWhitespace = on_text,
				       .cdataBlock = on_text,
				       .internalSubset = on_dtd,
				       .serror = on_error};
	r->parser = parser;
	parser->_private = r;
	parser->userData = parser;
	xmlDictSetLimit(parser->dict, NAMES_MAX_BYTES);
	xmlFreeDoc(xmlCtxtReadMemory(parser, xml.p, (int)xml.n, NULL, NULL,
				     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
					     XML_PARSE_COMPACT));
	const xmlError *last = &parser->lastError;
	if (!parser->wellFormed && last->code == XML_ERR_NO_MEMORY)
		err_set(&r->err, ERR_BUSY, NULL, "memory is used up");
	else if (!parser->wellFormed)
		err_set(&r->err, ERR_FEED, NULL, "not well-formed XML at line %d: %.*s", last->line,
			STR_ARG(str_trim(str_sub(str_of(last->message), 0, 120))));
	xmlFreeParserCtxt(parser);
	return r->err.kind == ERR_NONE ? 0 : -1;
}

bool feed_is_xml(struct str bytes)
{
	struct str s = str_trim(utf8_skip_mark(str_sub(bytes, 0, START_MAX)));
	return str_starts(s, STR("<?xml")) || str_starts(s, STR("<rss")) ||
	       str_starts(s, STR("<feed")) || str_starts(s, STR("<rdf:RDF"));
}

int feed_read(struct str xml, struct arena *a, struct feed *out, struct err *e)
{
	struct reader r = {.arena = a, .feed = out};
	size_t room = xml.n * PARSER_SHARE + PARSER_BYTES;
	*out = (struct feed){0};
	pthread_once(&once, xmlInitParser);
	if (xml.n > INT_MAX || !budget_take(a->budget, room))
		return budget_fail(a->budget, e);
	buf_init(&r.text, xml.n * 5 + 1); /* "&amp;" for a character of CDATA at the worst */
	r.text.budget = a->budget;
	int rc = parse(&r, xml);
	buf_release(&r.text);
	budget_give(a->budget, room);
	if (rc)
		return err_set(e, r.err.kind, r.err.field, "%s", r.err.message);
	for (size_t i = 0; i < out->n; i++)
		webpage_meta_fill(&r.channel, &out->entries[i].article);
	return 0;
}
