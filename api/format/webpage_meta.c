/* Offers by rank, JSON-LD through jansson. */
#include "api/format/webpage_meta.h"

#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

#include "api/format/json_body.h"
#include "api/format/stamp.h"
#include "base/utf8.h"

enum { RANK_TITLE = 9, REFERENCE_MAX = 12, JSON_LOOKUPS_MAX = 64, VALUE_MAX = 16 * 1024 };

/* The character that a reference at the start of `s` stands for, as UTF-8 in `out`; its bytes are
 * cut off `s`. "" where there is none. JSON-LD is no HTML, but many sites write it as if it were.
 */
static struct str take_reference(struct str *s, char out[4])
{
	size_t end = str_find(str_sub(*s, 0, REFERENCE_MAX), STR(";"), 0);
	int64_t number = 0;
	char name[REFERENCE_MAX];
	if (s->n < 3 || s->p[0] != '&' || end == SIZE_MAX)
		return STR_EMPTY;
	struct str inside = str_sub(*s, 1, end);
	memcpy(name, inside.p, inside.n);
	name[inside.n] = '\0';
	const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)name);
	if (known)
		number = known->value;
	else if (inside.n < 2 || name[0] != '#' ||
		 !str_to_i64(str_sub(inside, 1, inside.n), &number))
		return STR_EMPTY;
	bool is_character =
		number > ' ' && number < 0x110000 && (number < 0xD800 || number > 0xDFFF);
	if (!is_character)
		return STR_EMPTY;
	*s = str_sub(*s, end + 1, s->n);
	return (struct str){out, (size_t)xmlCopyCharMultiByte((xmlChar *)out, (int)number)};
}

/* The same text with its references read. */
static struct str unreferenced(struct str s, struct arena *a)
{
	char *to = arena_room(a, s.n + 1, 1), c[4];
	size_t n = 0;
	while (to && s.n) {
		struct str one = take_reference(&s, c);
		if (!one.n) {
			one = str_sub(s, 0, 1);
			s = str_sub(s, 1, s.n);
		}
		memcpy(to + n, one.p, one.n);
		n += one.n;
	}
	return to ? (struct str){to, n} : (struct str){NULL, 0};
}

/* White space as one space each. p is NULL when the arena is full. */
static struct str squeezed(struct str s, struct arena *a)
{
	struct str out = arena_str(a, str_trim(s));
	char *p = (char *)out.p;
	size_t n = 0;
	for (size_t i = 0; i < out.n; i++) {
		bool is_space = (unsigned char)p[i] <= ' ' || p[i] == '\x7f';
		if (!is_space || (n && p[n - 1] != ' '))
			p[n++] = (char)(is_space ? ' ' : p[i]);
	}
	return out.p ? (struct str){p, n} : out;
}

/* "en_GB" as "en-GB". */
static struct str language_tag(struct str s, struct arena *a)
{
	struct str out = arena_str(a, s);
	for (size_t i = 0; i < out.n; i++)
		if (out.p[i] == '_')
			((char *)out.p)[i] = '-';
	return out;
}

static struct str without_by(struct str s)
{
	return str_eq_nocase(str_sub(s, 0, 3), STR("by ")) ? str_trim(str_sub(s, 3, s.n)) : s;
}

static struct str normalized(enum article_field f, struct str value, struct arena *a)
{
	value = squeezed(value, a);
	if (!value.p || value.n == 0)
		return STR_EMPTY;
	switch (f) {
	case FIELD_PUBLISHED_AT:
		return stamp_read(value, a);
	case FIELD_LANGUAGE:
		return language_tag(value, a);
	case FIELD_AUTHOR:
		value = without_by(value);
		/* Profiles stand in its place now and then. */
		return str_find(value, STR("://"), 0) != SIZE_MAX ? STR_EMPTY : value;
	default:
		return value;
	}
}

void webpage_meta_offer_field(struct webpage_meta *m, enum article_field f, int rank,
			      struct str value, struct arena *a)
{
	struct err ignored = {0};
	if (f == FIELD_TEXT || f >= ARTICLE_FIELD_COUNT || value.n == 0 || value.n > VALUE_MAX ||
	    (m->ranks[f] && m->ranks[f] <= rank))
		return;
	value = normalized(f, value, a);
	if (value.n && article_field_set(&m->found, f, value, &ignored) == 0)
		m->ranks[f] = rank;
}

bool webpage_meta_find(const struct webpage_words *w, struct str table, struct str name,
		       enum article_field *f, int *rank)
{
	struct str value = webpage_words_get(w, table, name), field;
	int64_t n;
	if (!value.p || !str_split(&value, ' ', &field) || !str_to_i64(value, &n))
		return false;
	*f = article_field_find(field);
	*rank = (int)n;
	return *f < ARTICLE_FIELD_COUNT;
}

void webpage_meta_offer(struct webpage_meta *m, const struct webpage_words *w, struct str table,
			struct str name, struct str value, struct arena *a)
{
	enum article_field f;
	int rank;
	if (webpage_meta_find(w, table, name, &f, &rank))
		webpage_meta_offer_field(m, f, rank, value, a);
}

/* --- JSON-LD --- */

struct linked {
	struct webpage_meta *m;
	const struct webpage_words *w;
	struct arena *a;
	const json_t *root;
	int lookups; /* of ids: each goes through the graph */
};

static struct str string_of(const json_t *v)
{
	return json_is_string(v) ? (struct str){json_string_value(v), json_string_length(v)}
				 : STR_EMPTY;
}

static bool is_article_type(struct str type)
{
	return str_ends(type, STR("Article")) || str_ends(type, STR("BlogPosting"));
}

static bool is_article(const json_t *v)
{
	const json_t *type = json_object_get(v, "@type"), *one;
	size_t i;
	if (is_article_type(string_of(type)))
		return true;
	json_array_foreach(type, i, one)
	{
		if (is_article_type(string_of(one)))
			return true;
	}
	return false;
}

/* The list of a document's things: itself, its members, or those of its @graph. */
static const json_t *things_of(const json_t *root)
{
	const json_t *graph = json_object_get(root, "@graph");
	return json_is_array(graph) ? graph : root;
}

static const json_t *find_article(const json_t *root)
{
	const json_t *things = things_of(root), *one;
	size_t i;
	if (is_article(things))
		return things;
	json_array_foreach(things, i, one)
	{
		if (is_article(one))
			return one;
		if (json_is_object(one) && json_object_get(one, "@graph"))
			return find_article(json_object_get(one, "@graph"));
	}
	return NULL;
}

/* What is only referred to by {"@id": ...}. */
static const json_t *follow(struct linked *l, const json_t *v)
{
	struct str id = string_of(json_object_get(v, "@id"));
	const json_t *things = things_of(l->root), *one;
	size_t i;
	if (!id.n || json_object_get(v, "name") || l->lookups++ >= JSON_LOOKUPS_MAX)
		return v;
	json_array_foreach(things, i, one)
	{
		if (json_object_get(one, "name") &&
		    str_eq(string_of(json_object_get(one, "@id")), id))
			return one;
	}
	return v;
}

/* A string, a thing's name, or those of a list, parted by commas. */
static struct str text_of(struct linked *l, const json_t *v)
{
	struct str all = STR_EMPTY;
	const json_t *one;
	size_t i;
	if (json_is_object(v)) {
		v = follow(l, v);
		struct str name = string_of(json_object_get(v, "name"));
		return name.n ? name : string_of(json_object_get(v, "@id"));
	}
	if (!json_is_array(v))
		return string_of(v);
	json_array_foreach(v, i, one)
	{
		struct str part = json_is_array(one) ? STR_EMPTY : text_of(l, one);
		if (part.n && all.n + part.n < VALUE_MAX)
			all = arena_printf(l->a, "%.*s%s%.*s", STR_ARG(all), all.n ? ", " : "",
					   STR_ARG(part));
		if (!all.p)
			return STR_EMPTY;
	}
	return all;
}

void webpage_meta_json(struct webpage_meta *m, const struct webpage_words *w, struct str json,
		       struct arena *a)
{
	json_t *root = json_any(json);
	struct linked l = {m, w, a, root, 0};
	const json_t *article = root ? find_article(root) : NULL;
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)article, key, value)
	{
		struct str text = unreferenced(text_of(&l, value), a);
		if (text.p)
			webpage_meta_offer(m, w, STR("json"), str_of(key), text, a);
	}
	struct str body = string_of(json_object_get(article, "articleBody"));
	if (body.n && !m->body.n) {
		body = unreferenced(str_trim(body), a);
		m->body = body.p ? body : STR_EMPTY;
	}
	json_decref(root);
}

/* --- the end --- */

/* "Talks begin - Example Times" without the outlet, where it is known and stands there. */
static struct str without_outlet(struct str title, struct str outlet)
{
	size_t n = title.n;
	if (!outlet.n || !str_ends(title, outlet) || title.n <= outlet.n)
		return title;
	n -= outlet.n;
	while (n && !utf8_is_border(title, n))
		n--;
	struct str rest = str_trim(str_sub(title, 0, n));
	static const char *const marks[] = {"-", "|", "\u2013", "\u2014", "\u00B7", ":", "\u00BB"};
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (str_ends(rest, str_of(marks[i])))
			return str_trim(str_sub(rest, 0, rest.n - strlen(marks[i])));
	return title;
}

void webpage_meta_end(struct webpage_meta *m, struct arena *a)
{
	struct str title = squeezed(m->page_title, a);
	if (title.p)
		webpage_meta_offer_field(m, FIELD_TITLE, RANK_TITLE,
					 without_outlet(title, m->found.outlet), a);
}

void webpage_meta_fill(const struct webpage_meta *m, struct article *out)
{
	struct err ignored = {0};
	for (int f = 0; f < ARTICLE_FIELD_COUNT; f++) {
		struct str value = article_field_get(&m->found, (enum article_field)f);
		if (m->ranks[f] && article_field_get(out, (enum article_field)f).n == 0 &&
		    article_field_set(out, (enum article_field)f, value, &ignored))
			return; /* it was taken before, and is again */
	}
}
