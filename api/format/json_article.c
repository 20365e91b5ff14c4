/* Reads an article from JSON: a flat object at once, anything else through the parser; one table of
 * fields. */
#include "api/format/json_article.h"

#include <jansson.h>
#include <string.h>

#include "api/format/json_body.h"
#include "api/format/json_flat.h"
#include "base/date.h"
#include "base/nearest.h"
#include "base/utf8.h"

/* Checks a value and may set what is made of it. */
typedef int field_check(const char *name, struct str value, struct article *out, struct err *e);

static int check_text(const char *name, struct str value, struct article *out, struct err *e)
{
	(void)out;
	if (str_trim(value).n == 0)
		return err_set(e, ERR_INPUT, name, "\"%s\" is empty", name);
	return 0;
}

static int check_line(const char *name, struct str value, struct article *out, struct err *e)
{
	(void)out;
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < ' ' || value.p[i] == '\x7f')
			return err_set(e, ERR_INPUT, name, "\"%s\" holds a control character",
				       name);
	return 0;
}

static int check_date(const char *name, struct str value, struct article *out, struct err *e)
{
	if (!article_publish(out, value))
		return err_set(e, ERR_INPUT, name,
			       "\"%s\" is neither a date such as \"2024-04-26\" nor an instant "
			       "such as \"2024-04-26T09:30:00Z\": "
			       "\"%.*s\"",
			       name, STR_ARG(str_clip(value)));
	return 0;
}

static int check_url(const char *name, struct str value, struct article *out, struct err *e)
{
	(void)out;
	if (value.n == 0)
		return 0;
	size_t scheme = str_eq_nocase(str_sub(value, 0, 7), STR("http://"))    ? 7
			: str_eq_nocase(str_sub(value, 0, 8), STR("https://")) ? 8
									       : 0;
	if (scheme == 0)
		return err_set(e, ERR_INPUT, name,
			       "\"%s\" does not start with \"http://\" or \"https://\": \"%.*s\"",
			       name, STR_ARG(str_clip(value)));
	bool has_host = value.n > scheme && value.p[scheme] != '/' && value.p[scheme] != '?' &&
			value.p[scheme] != '#';
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] == ' ' || value.p[i] == '"' || value.p[i] == '<' ||
		    value.p[i] == '>' || value.p[i] == '\\')
			return err_set(e, ERR_INPUT, name,
				       "\"%s\" holds a character that no URL has: '%c'", name,
				       value.p[i]);
	return has_host ? check_line(name, value, out, e)
			: err_set(e, ERR_INPUT, name, "\"%s\" names no host", name);
}

/* RFC 5646's letters, digits and hyphens in parts of one to eight; not its registry. */
static int check_language(const char *name, struct str value, struct article *out, struct err *e)
{
	(void)out;
	size_t run = 0;
	for (size_t i = 0; i <= value.n && value.n; i++) {
		char c = i < value.n ? value.p[i] : '-';
		bool is_letter =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if ((c == '-' && run == 0) || (c != '-' && !is_letter) || run > 8)
			return err_set(e, ERR_INPUT, name,
				       "\"%s\" is not a language tag such as \"en\" or \"en-GB\": "
				       "\"%.*s\"",
				       name, STR_ARG(str_clip(value)));
		run = c == '-' ? 0 : run + 1;
	}
	return 0;
}

static const struct field {
	const char *name;
	size_t at;
	size_t max_points; /* 0: bounded by the body alone */
	field_check *check;
} fields[] = {
	{"text", offsetof(struct article, text), 0, check_text},
	{"title", offsetof(struct article, title), ARTICLE_LINE_MAX, check_line},
	{"url", offsetof(struct article, url), ARTICLE_URL_MAX, check_url},
	{"outlet", offsetof(struct article, outlet), ARTICLE_NAME_MAX, check_line},
	{"author", offsetof(struct article, author), ARTICLE_NAME_MAX, check_line},
	{"published_at", offsetof(struct article, published_at), 64, check_date},
	{"language", offsetof(struct article, language), ARTICLE_LANGUAGE_MAX, check_language},
};
enum { FIELDS = sizeof fields / sizeof fields[0] };

static const struct field *field_find(struct str name)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (str_eq(name, str_of(fields[i].name)))
			return &fields[i];
	return NULL;
}

static int unknown_field(struct str name, struct err *e)
{
	struct nearest near = nearest_start(name);
	for (size_t i = 0; i < FIELDS; i++)
		nearest_try(&near, str_of(fields[i].name));
	char field[sizeof e->field];
	struct str shown = str_clip(name);
	memcpy(field, shown.p, shown.n);
	field[shown.n] = '\0';
	if (near.best.n)
		return err_set(e, ERR_INPUT, field, "unknown field \"%s\", did you mean \"%.*s\"?",
			       field, STR_ARG(near.best));
	return err_set(e, ERR_INPUT, field,
		       "unknown field \"%s\"; an article has text, title, url, outlet, author, "
		       "published_at and language",
		       field);
}

/* `s` is in the article's arena. */
static int take_string(const struct field *f, struct str s, struct article *out, struct err *e)
{
	if (f->max_points && (s.n > f->max_points * 4 || utf8_count(s) > f->max_points))
		return err_set(e, ERR_INPUT, f->name, "\"%s\" is longer than %zu characters",
			       f->name, f->max_points);
	if (f->check(f->name, s, out, e))
		return -1;
	memcpy((char *)out + f->at, &s, sizeof s);
	return 0;
}

static int take_member(const struct json_member *m, struct article *out, struct err *e)
{
	const struct field *f = field_find(m->name);
	if (!f)
		return unknown_field(m->name, e);
	return m->is_null ? 0 : take_string(f, m->value, out, e);
}

static int take_field(struct str name, const json_t *value, struct arena *a, struct article *out,
		      struct err *e)
{
	const struct field *f = field_find(name);
	if (!f)
		return unknown_field(name, e);
	if (json_is_null(value))
		return 0;
	if (!json_is_string(value))
		return err_set(e, ERR_INPUT, f->name, "\"%s\" is %s, not a string", f->name,
			       json_type_word(value));
	struct str s =
		arena_str(a, (struct str){json_string_value(value), json_string_length(value)});
	return s.p ? take_string(f, s, out, e) : arena_full(e);
}

/* Of any JSON, slowly, and with a word on what is wrong with it. */
static int decode_any(struct str json, struct arena *a, struct article *out, struct err *e)
{
	json_t *root = json_body(json, "an article is a JSON object with a \"text\"", e);
	if (!root)
		return -1;
	int rc = 0;
	const char *key;
	json_t *value;
	/* Members come in the order of the text: the first fault is the one named. */
	json_object_foreach(root, key, value)
	{
		if (rc == 0)
			rc = take_field(str_of(key), value, a, out, e);
	}
	json_decref(root);
	return rc;
}

int article_decode(struct str json, struct arena *a, struct article *out, struct err *e)
{
	struct json_member v[FIELDS];
	size_t n;
	*out = (struct article){0};
	if (utf8_valid_prefix(json) == json.n &&
	    json_flat_read(utf8_skip_mark(json), a, v, FIELDS, &n)) {
		for (size_t i = 0; i < n; i++)
			if (take_member(&v[i], out, e))
				return -1;
	} else if (decode_any(json, a, out, e)) {
		return -1;
	}
	return out->text.p ? 0 : err_set(e, ERR_INPUT, "text", "\"text\" is missing");
}
