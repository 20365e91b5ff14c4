/* Reads an article from JSON: a flat object at once, anything else through the parser. */
#include "api/format/json_article.h"

#include <jansson.h>

#include "api/format/json_body.h"
#include "api/format/json_flat.h"
#include "api/format/webpage.h"
#include "base/nearest.h"
#include "base/utf8.h"

/* The member that is no article's own: its text is found in it. */
static const char html_member[] = "html";

struct draft {
	struct article *out;
	struct str html; /* p is NULL: not given */
};

static int unknown_field(struct str name, struct err *e)
{
	struct nearest near = nearest_start(name);
	for (int f = 0; f < ARTICLE_FIELD_COUNT; f++)
		nearest_try(&near, str_of(article_field_name((enum article_field)f)));
	nearest_try(&near, str_of(html_member));
	return json_unknown(&near, "field",
			    "an article has text or html, title, url, outlet, author, published_at "
			    "and language",
			    e);
}

/* The name of a known member, or NULL with *e. */
static const char *known_name(struct str name, enum article_field *f, struct err *e)
{
	*f = article_field_find(name);
	if (*f < ARTICLE_FIELD_COUNT)
		return article_field_name(*f);
	if (str_eq(name, str_of(html_member)))
		return html_member;
	unknown_field(name, e);
	return NULL;
}

/* `s` is in the article's arena. */
static int take_string(struct draft *d, enum article_field f, struct str s, struct err *e)
{
	if (f < ARTICLE_FIELD_COUNT)
		return article_field_set(d->out, f, s, e);
	if (str_trim(s).n == 0)
		return err_set(e, ERR_VALUE, html_member, "\"html\" is empty");
	d->html = s;
	return 0;
}

static int take_member(struct draft *d, const struct json_member *m, struct err *e)
{
	enum article_field f;
	if (!known_name(m->name, &f, e))
		return -1;
	return m->is_null ? 0 : take_string(d, f, m->value, e);
}

static int take_field(struct draft *d, struct str name, const json_t *value, struct arena *a,
		      struct err *e)
{
	enum article_field f;
	const char *known = known_name(name, &f, e);
	if (!known)
		return -1;
	if (json_is_null(value))
		return 0;
	if (!json_is_string(value))
		return err_set(e, ERR_VALUE, known, "\"%s\" is %s, not a string", known,
			       json_type_word(value));
	struct str s =
		arena_str(a, (struct str){json_string_value(value), json_string_length(value)});
	return s.p ? take_string(d, f, s, e) : arena_full(e);
}

/* Of any JSON, slowly, and with a word on what is wrong with it. */
static int decode_any(struct str json, struct arena *a, struct draft *d, struct err *e)
{
	json_t *root = json_body(
		json, "an article is a JSON object with a \"text\", or a page's \"html\"", e);
	if (!root)
		return -1;
	int rc = 0;
	const char *key;
	json_t *value;
	/* Members come in the order of the text: the first fault is the one named. */
	json_object_foreach(root, key, value)
	{
		if (rc == 0)
			rc = take_field(d, str_of(key), value, a, e);
	}
	json_decref(root);
	return rc;
}

int article_decode(struct str json, struct arena *a, struct article *out, struct err *e)
{
	bool is_page;
	return article_decode_any(json, a, out, &is_page, e);
}

int article_decode_any(struct str json, struct arena *a, struct article *out, bool *is_page,
		       struct err *e)
{
	enum { MEMBERS = ARTICLE_FIELD_COUNT + 1 };
	struct json_member v[MEMBERS];
	struct draft d = {.out = out};
	size_t n;
	*out = (struct article){0};
	*is_page = false;
	if (utf8_valid_prefix(json) == json.n &&
	    json_flat_read(utf8_skip_mark(json), a, v, MEMBERS, &n)) {
		for (size_t i = 0; i < n; i++)
			if (take_member(&d, &v[i], e))
				return -1;
	} else if (decode_any(json, a, &d, e)) {
		return -1;
	}
	if (d.html.p && out->text.p)
		return err_set(e, ERR_REPEATED, html_member,
			       "both \"text\" and \"html\" are given: an article is one of them");
	*is_page = d.html.p != NULL;
	if (d.html.p)
		return webpage_read(d.html, a, out, e);
	return out->text.p ? 0
			   : err_set(e, ERR_MISSING, "text",
				     "\"text\" is missing, or a page as \"html\"");
}
