/* Selectors of text, as in the W3C Web Annotation model: by position and by quotation. */
#include "api/format/json_span.h"

#include <stdlib.h>

#include "api/format/json_body.h"
#include "base/nearest.h"
#include "base/utf8.h"

static struct str string_of(const json_t *v)
{
	return (struct str){json_string_value(v), json_string_length(v)};
}

static int bad_form(const char *name, const json_t *v, struct err *e)
{
	return err_set(e, ERR_VALUE, name,
		       "\"%s\" holds %s; a span is [start, end], its exact text, or an object with "
		       "exact, and prefix, suffix or start",
		       name, json_type_word(v));
}

/* --- by position --- */

static int take_pair(const json_t *v, const char *name, size_t points, struct span *out,
		     struct err *e)
{
	const json_t *start = json_array_get(v, 0), *end = json_array_get(v, 1);
	if (json_array_size(v) != 2 || !json_is_integer(start) || !json_is_integer(end))
		return bad_form(name, v, e);
	json_int_t from = json_integer_value(start), to = json_integer_value(end);
	if (from < 0 || from >= to || to > (json_int_t)points)
		return err_set(e, ERR_VALUE, name,
			       "\"%s\" has the span [%lld, %lld], which is empty or leaves the "
			       "text of %zu characters",
			       name, (long long)from, (long long)to, points);
	*out = (struct span){(uint32_t)from, (uint32_t)to};
	return 0;
}

/* --- by quotation --- */

struct selector {
	struct str exact, prefix, suffix;
	int64_t start; /* code points; -1: not given */
};

static int take_selector(const json_t *v, const char *name, struct selector *s, struct err *e)
{
	const char *key;
	json_t *value;
	*s = (struct selector){STR_EMPTY, STR_EMPTY, STR_EMPTY, -1};
	if (json_is_string(v))
		s->exact = string_of(v);
	json_object_foreach((json_t *)v, key, value)
	{
		struct str member = str_of(key);
		struct str *to = str_eq(member, STR("exact"))	 ? &s->exact
				 : str_eq(member, STR("prefix")) ? &s->prefix
				 : str_eq(member, STR("suffix")) ? &s->suffix
								 : NULL;
		if (to && json_is_string(value))
			*to = string_of(value);
		else if (str_eq(member, STR("start")) && json_is_integer(value))
			s->start = json_integer_value(value);
		else
			return bad_form(name, v, e);
	}
	return s->exact.n
		       ? 0
		       : err_set(e, ERR_VALUE, name, "\"%s\" has a span without exact text", name);
}

static bool has_context(struct str text, size_t at, const struct selector *s)
{
	size_t end = at + s->exact.n;
	return str_ends(str_sub(text, 0, at), s->prefix) &&
	       str_starts(str_sub(text, end, text.n), s->suffix);
}

static int find_exact(const char *name, struct str text, const struct selector *s, struct span *out,
		      struct err *e)
{
	size_t found = SIZE_MAX, n = 0;
	struct utf8_cursor c = {.text = text};
	for (size_t at = 0; (at = str_find(text, s->exact, at)) != SIZE_MAX; at++) {
		if (!has_context(text, at, s) ||
		    (s->start >= 0 && (int64_t)utf8_point_at(&c, at) != s->start))
			continue;
		found = n == 0 ? at : found;
		n++;
	}
	struct str shown = str_clip(s->exact);
	if (n == 0)
		return err_set(e, ERR_VALUE, name, "\"%.*s\" does not stand in the text%s",
			       STR_ARG(shown),
			       s->prefix.n || s->suffix.n || s->start >= 0 ? " in that place" : "");
	if (n > 1)
		return err_set(e, ERR_VALUE, name,
			       "\"%.*s\" stands %zu times in the text: give what stands before it "
			       "as prefix or after it as suffix, or where it starts",
			       STR_ARG(shown), n);
	c = (struct utf8_cursor){.text = text};
	out->start = (uint32_t)utf8_point_at(&c, found);
	out->end = (uint32_t)utf8_point_at(&c, found + s->exact.n);
	return 0;
}

/* --- lists --- */

static bool is_pair(const json_t *v)
{
	return json_is_array(v) && json_is_integer(json_array_get(v, 0));
}

static int take_span(const json_t *v, const char *name, struct str text, struct span *out,
		     struct err *e)
{
	struct selector s;
	if (is_pair(v))
		return take_pair(v, name, utf8_count(text), out, e);
	if (!json_is_string(v) && !json_is_object(v))
		return bad_form(name, v, e);
	return take_selector(v, name, &s, e) || find_exact(name, text, &s, out, e) ? -1 : 0;
}

static int by_start(const void *va, const void *vb)
{
	const struct span *a = va, *b = vb;
	return a->start < b->start ? -1 : a->start > b->start;
}

int spans_decode(const json_t *v, const char *name, struct str text, size_t most, struct arena *a,
		 struct spans *out, struct err *e)
{
	bool is_list = json_is_array(v) && !is_pair(v);
	size_t n = json_is_null(v) ? 0 : is_list ? json_array_size(v) : 1;
	struct span *spans = arena_array(a, n, sizeof *spans);
	if (n > most)
		return err_set(e, ERR_VALUE, name, "\"%s\" has more than %zu spans", name, most);
	if (!spans)
		return arena_full(e);
	for (size_t i = 0; i < n; i++)
		if (take_span(is_list ? json_array_get(v, i) : v, name, text, &spans[i], e))
			return -1;
	if (n)
		qsort(spans, n, sizeof *spans, by_start);
	for (size_t i = 1; i < n; i++)
		if (spans[i].start < spans[i - 1].end)
			return err_set(e, ERR_VALUE, name, "\"%s\" has spans that overlap", name);
	*out = (struct spans){spans, n};
	return 0;
}
