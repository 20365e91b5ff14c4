/* Elements on a stack, text into one buffer, whose white space is squeezed; blocks are views of it.
 */
#include "api/format/webpage_tree.h"

#include <string.h>

#include "base/utf8.h"

enum {
	RANK_CANONICAL = 1,
	RANK_LANG = 1,
	RANK_TIME = 7,
	RANK_HEADING = 7,
	RANK_AUTHOR = 7,
	CLASS_WORD_MAX = 64,
};

int webpage_init(struct webpage *p, size_t max, struct arena *a, struct err *e)
{
	*p = (struct webpage){.arena = a, .top = &p->root};
	p->root.flags = PAGE_BLOCK;
	/* No text is longer than the HTML that it comes from: a character reference has at least as
	 * many bytes as its character, and what parts two blocks is written for a tag. */
	p->cap = max + 64;
	p->text = arena_room(a, p->cap, 1);
	if (!p->text || webpage_words_open(&p->words, a))
		return arena_full(e);
	return 0;
}

static void full(struct webpage *p)
{
	budget_fail(p->arena->budget, &p->err);
}

static void put(struct webpage *p, struct str s)
{
	if (s.n > p->cap - p->n) {
		full(p);
		return;
	}
	memcpy(p->text + p->n, s.p, s.n);
	p->n += s.n;
}

static struct str slice(const struct webpage *p, size_t from)
{
	return str_trim((struct str){p->text + from, p->n - from});
}

/* --- blocks --- */

/* Counts for the elements around it: those of a block hold its text, too. */
static void count_block(struct webpage *p, struct webpage_block *b)
{
	struct str text = {p->text + b->from, b->to - b->from};
	b->points = utf8_count(text);
	if (b->links > b->points)
		b->links = b->points;
	for (struct webpage_element *x = b->in; x; x = x->parent) {
		x->points += b->points;
		x->links += b->links;
	}
}

static void end_block(struct webpage *p)
{
	struct webpage_element *in = p->block_in;
	p->breaks = 0;
	p->has_space = false;
	if (!in)
		return;
	p->block_in = NULL;
	if (arena_grow(p->arena, (void **)&p->blocks, &p->cap_blocks, p->n_blocks + 1,
		       sizeof *p->blocks)) {
		full(p);
		return;
	}
	struct webpage_block *b = &p->blocks[p->n_blocks++];
	*b = (struct webpage_block){.from = p->block_from,
				    .to = p->n,
				    .links = p->block_links,
				    .flags = in->flags,
				    .in = in};
	count_block(p, b);
	put(p, STR("\n"));
}

static void begin_block(struct webpage *p)
{
	struct webpage_element *in = p->top;
	while (in->parent && !(in->flags & PAGE_BLOCK))
		in = in->parent;
	p->block_in = in;
	p->block_from = p->n;
	p->block_links = 0;
	p->breaks = 0;
	p->has_space = false;
}

/* What a page written as windows-1252 calls by the numbers of its bytes: HTML, 13.2.5.80. */
static struct str from_windows(uint32_t point)
{
	static const char *const characters[32] = {
		"\u20AC", "",	    "\u201A", "\u0192", "\u201E", "\u2026", "\u2020", "\u2021",
		"\u02C6", "\u2030", "\u0160", "\u2039", "\u0152", "",	    "\u017D", "",
		"",	  "\u2018", "\u2019", "\u201C", "\u201D", "\u2022", "\u2013", "\u2014",
		"\u02DC", "\u2122", "\u0161", "\u203A", "\u0153", "",	    "\u017E", "\u0178"};
	return str_of(characters[point - 0x80]);
}

/* Controls, soft hyphens, and what has no width. */
static bool is_nothing(uint32_t c)
{
	return c < ' ' || c == 0x7F || c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF;
}

static bool is_space(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
	       c == 0x202F || c == 0x3000;
}

/* One <br> is a line's end, two a paragraph's. */
static void put_gap(struct webpage *p)
{
	if (p->breaks > 1 && p->block_in)
		end_block(p);
	if (!p->block_in)
		begin_block(p);
	else if (p->breaks)
		put(p, STR("\n"));
	else if (p->has_space)
		put(p, STR(" "));
	p->breaks = 0;
	p->has_space = false;
}

static void put_point(struct webpage *p, struct str s, uint32_t c)
{
	if (is_space(c)) {
		p->has_space = true;
		return;
	}
	if (c >= 0x80 && c < 0xA0)
		s = from_windows(c);
	if (is_nothing(c) || s.n == 0)
		return;
	put_gap(p);
	put(p, s);
	p->block_links += (p->top->flags & PAGE_LINK) != 0;
}

void webpage_text(struct webpage *p, struct str s)
{
	size_t next;
	if (p->err.kind != ERR_NONE)
		return;
	if (p->top->capture == CAPTURE_TITLE || p->top->capture == CAPTURE_JSON)
		put(p, s);
	else if (!(p->top->flags & PAGE_SILENT))
		for (size_t i = 0; i < s.n && p->err.kind == ERR_NONE; i = next) {
			uint32_t c = utf8_decode(s, i, &next);
			put_point(p, str_sub(s, i, next), c);
		}
}

/* --- elements --- */

static struct str attribute(const char *const *attributes, const char *name)
{
	for (size_t i = 0; attributes && attributes[i]; i += 2)
		if (str_eq_nocase(str_of(attributes[i]), str_of(name)))
			return attributes[i + 1] ? str_of(attributes[i + 1]) : STR_EMPTY;
	return (struct str){NULL, 0};
}

static unsigned flags_of_tag(const struct webpage *p, struct str name)
{
	static const struct {
		struct str word;
		unsigned flags;
	} kinds[] = {
		{{"block", 5}, PAGE_BLOCK},
		{{"item", 4}, PAGE_BLOCK | PAGE_ITEM},
		{{"heading", 7}, PAGE_BLOCK | PAGE_HEADING},
		{{"away", 4}, PAGE_BLOCK | PAGE_AWAY},
		{{"keep", 4}, PAGE_BLOCK | PAGE_KEEP},
		{{"silent", 6}, PAGE_SILENT},
	};
	struct str kind = webpage_words_get(&p->words, STR("tag"), name);
	for (size_t i = 0; kind.p && i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_eq(kind, kinds[i].word))
			return kinds[i].flags;
	/* A site's own elements hold whole parts of a page. */
	return memchr(name.p, '-', name.n) ? PAGE_BLOCK : 0;
}

/* The words of one class: at hyphens, underlines, and where a capital follows. */
static unsigned flags_of_class(const struct webpage *p, struct str name)
{
	unsigned found = 0;
	for (size_t from = 0, i = 1; i <= name.n; i++) {
		char c = i < name.n ? name.p[i] : '-';
		bool is_mark = c == '-' || c == '_' || c == ':';
		bool is_capital = c >= 'A' && c <= 'Z' && name.p[i - 1] >= 'a';
		if (!is_mark && !is_capital)
			continue;
		struct str meaning =
			webpage_words_get(&p->words, STR("class"), str_sub(name, from, i));
		if (meaning.p)
			found |= str_eq(meaning, STR("keep")) ? PAGE_KEEP : PAGE_DROPPED;
		from = i + is_mark;
	}
	return found & PAGE_DROPPED ? PAGE_DROPPED : found;
}

/* An element that one class calls a post and another one by what it is tagged with stays. */
static unsigned flags_of_classes(const struct webpage *p, struct str classes)
{
	unsigned found = 0;
	struct str rest = classes, one;
	for (int i = 0; i < CLASS_WORD_MAX && str_split(&rest, ' ', &one); i++)
		found |= flags_of_class(p, one);
	return found & PAGE_KEEP ? PAGE_KEEP : found;
}

static bool is_hidden(const char *const *attributes)
{
	struct str style = attribute(attributes, "style");
	return attribute(attributes, "hidden").p ||
	       str_eq_nocase(attribute(attributes, "aria-hidden"), STR("true")) ||
	       str_find(style, STR("display:none"), 0) != SIZE_MAX ||
	       str_find(style, STR("display: none"), 0) != SIZE_MAX;
}

static unsigned flags_of(const struct webpage *p, struct str name, const char *const *attributes)
{
	unsigned flags = flags_of_tag(p, name);
	if (str_eq_nocase(name, STR("a")) && attribute(attributes, "href").p)
		flags |= PAGE_LINK;
	bool is_whole = flags & PAGE_KEEP || str_is_one_of_nocase(name, "html body");
	if (!attributes || is_whole)
		return flags;
	struct str role = attribute(attributes, "role");
	if ((role.n && webpage_words_get(&p->words, STR("role"), role).p) || is_hidden(attributes))
		flags |= PAGE_AWAY;
	flags |= flags_of_classes(p, attribute(attributes, "class")) |
		 flags_of_classes(p, attribute(attributes, "id"));
	return flags;
}

/* <meta>, <link>, <html lang>, <time>, and what itemprop says. */
static void read_meta(struct webpage *p, struct webpage_element *x, const char *const *attributes)
{
	struct str name = x->name, content = attribute(attributes, "content");
	static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		struct str key = attribute(attributes, keys[i]);
		if (key.n && content.n && (i == 2 || str_eq_nocase(name, STR("meta"))))
			webpage_meta_offer(&p->meta, &p->words, STR("meta"), key, content,
					   p->arena);
	}
	if (str_eq_nocase(name, STR("html")))
		webpage_meta_offer_field(&p->meta, FIELD_LANGUAGE, RANK_LANG,
					 attribute(attributes, "lang"), p->arena);
	if (str_eq_nocase(name, STR("link")) &&
	    str_eq_nocase(attribute(attributes, "rel"), STR("canonical")))
		webpage_meta_offer_field(&p->meta, FIELD_URL, RANK_CANONICAL,
					 attribute(attributes, "href"), p->arena);
	if (str_eq_nocase(name, STR("time")))
		webpage_meta_offer_field(&p->meta, FIELD_PUBLISHED_AT, RANK_TIME,
					 attribute(attributes, "datetime"), p->arena);
	struct str prop = attribute(attributes, "itemprop"), at = attribute(attributes, "datetime");
	if (prop.n && at.n)
		webpage_meta_offer(&p->meta, &p->words, STR("meta"), prop, at, p->arena);
}

static void capture(struct webpage_element *x, enum article_field f, int rank)
{
	x->capture = CAPTURE_FIELD;
	x->field = f;
	x->rank = rank;
}

/* Is the element's own text read for something? */
static void read_capture(const struct webpage *p, struct webpage_element *x,
			 const char *const *attributes)
{
	enum article_field f;
	int rank;
	struct str name = x->name, prop = attribute(attributes, "itemprop");
	x->from = p->n;
	if (str_eq_nocase(name, STR("title")) && !p->meta.page_title.n && !p->block_in)
		x->capture = CAPTURE_TITLE;
	else if (str_eq_nocase(name, STR("script")) &&
		 str_eq_nocase(attribute(attributes, "type"), STR("application/ld+json")))
		x->capture = CAPTURE_JSON;
	else if (prop.n && str_eq_nocase(prop, STR("articleBody")))
		x->flags |= PAGE_BODY;
	else if (prop.n && !attribute(attributes, "content").p &&
		 webpage_meta_find(&p->words, STR("meta"), prop, &f, &rank))
		capture(x, f, rank);
	else if (str_eq_nocase(name, STR("h1")))
		capture(x, FIELD_TITLE, RANK_HEADING);
	else if (str_eq_nocase(attribute(attributes, "rel"), STR("author")))
		capture(x, FIELD_AUTHOR, RANK_AUTHOR);
}

static struct webpage_element *push(struct webpage *p, struct str name)
{
	if (++p->depth > PAGE_DEPTH_MAX) {
		err_set(&p->err, ERR_VALUE, "html", "elements are nested deeper than %d levels",
			PAGE_DEPTH_MAX);
		return NULL;
	}
	if (++p->n_elements > PAGE_ELEMENTS_MAX) {
		err_set(&p->err, ERR_COSTLY, "html", "the page has more than %d elements",
			PAGE_ELEMENTS_MAX);
		return NULL;
	}
	struct webpage_element *x =
		budget_allows(p->arena->budget) ? arena_alloc(p->arena, sizeof *x) : NULL;
	if (!x) {
		full(p);
		return NULL;
	}
	x->parent = p->top;
	x->name = name;
	p->top = x;
	return x;
}

void webpage_start(struct webpage *p, const char *name, const char *const *attributes)
{
	struct str tag = str_of(name);
	if (p->err.kind != ERR_NONE)
		return;
	if (str_eq_nocase(tag, STR("br")))
		p->breaks++;
	struct webpage_element *x = push(p, tag);
	if (!x)
		return;
	unsigned outer = x->parent->flags & PAGE_INHERITED;
	x->flags = outer | flags_of(p, tag, attributes);
	if (x->flags & PAGE_BLOCK)
		end_block(p);
	if (attributes)
		read_meta(p, x, attributes);
	read_capture(p, x, attributes);
}

static void take_capture(struct webpage *p, const struct webpage_element *x)
{
	struct str text = slice(p, x->from);
	switch (x->capture) {
	case CAPTURE_NONE:
		break;
	case CAPTURE_FIELD:
		webpage_meta_offer_field(&p->meta, x->field, x->rank, text, p->arena);
		break;
	case CAPTURE_TITLE:
		p->meta.page_title = text;
		put(p, STR("\n"));
		break;
	case CAPTURE_JSON:
		webpage_meta_json(&p->meta, &p->words, text, p->arena);
		p->n = x->from;
		break;
	}
}

void webpage_end(struct webpage *p)
{
	struct webpage_element *x = p->top;
	if (p->err.kind != ERR_NONE || !x->parent)
		return;
	take_capture(p, x);
	if (x->flags & PAGE_BLOCK)
		end_block(p);
	p->top = x->parent;
	p->depth--;
}

void webpage_close(struct webpage *p)
{
	while (p->err.kind == ERR_NONE && p->top->parent)
		webpage_end(p);
	if (p->err.kind == ERR_NONE)
		end_block(p);
	webpage_meta_end(&p->meta, p->arena);
}
