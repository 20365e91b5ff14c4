/* Reads an issue from JSON: one table of members. */
#include "api/format/json_issue.h"

#include <string.h>

#include "api/format/json_body.h"
#include "api/format/json_line.h"
#include "base/fold.h"
#include "base/nearest.h"
#include "base/utf8.h"

/* "a & b": both sides say something. A semicolon parts terms in the table, so that none can hold
 * it. The label is a term too. */
static int check_term(const char *name, struct str term, struct arena *a, struct err *e)
{
	struct str rest = term, part, shown = str_clip(term);
	bool is_whole = term.p[term.n - 1] != '&';
	while (str_split(&rest, '&', &part)) {
		struct str folded = str_fold(a, part);
		if (!folded.p)
			return arena_full(e);
		is_whole &= folded.n > 0;
	}
	if (memchr(term.p, ';', term.n))
		return err_set(e, ERR_VALUE, name,
			       "\"%.*s\" holds a semicolon; give each term for itself",
			       STR_ARG(shown));
	return is_whole ? 0
			: err_set(e, ERR_VALUE, name,
				  "\"%.*s\" is, or has a part, without letter or digit",
				  STR_ARG(shown));
}

static int take_label(const json_t *v, struct arena *a, struct issue *out, struct err *e)
{
	if (line_decode("label", v, ISSUE_LABEL_MAX, a, &out->label, e) ||
	    check_term("label", out->label, a, e))
		return -1;
	out->id = str_slug(a, out->label);
	return out->id.p ? 0 : arena_full(e);
}

static int take_kind(const json_t *v, struct arena *a, struct issue *out, struct err *e)
{
	struct str word;
	char space[TERMS_LIST_ROOM];
	if (line_decode("kind", v, ISSUE_LABEL_MAX, a, &word, e))
		return -1;
	int kind = terms_find(&terms_issue_kind, word);
	if (kind < 0)
		return err_set(e, ERR_VALUE, "kind", "\"kind\" is \"%.*s\", not %.*s",
			       STR_ARG(str_clip(word)),
			       STR_ARG(terms_list(&terms_issue_kind, space)));
	out->kind = (enum issue_kind)kind;
	return 0;
}

static int take_parent(const json_t *v, struct arena *a, struct issue *out, struct err *e)
{
	return line_decode("parent", v, ISSUE_LABEL_MAX, a, &out->parent, e);
}

static int take_code(const char *name, const json_t *v, int least, int most, int *out,
		     struct err *e)
{
	if (!json_is_integer(v))
		return err_set(e, ERR_VALUE, name, "\"%s\" is %s, not a whole number", name,
			       json_type_word(v));
	json_int_t n = json_integer_value(v);
	if (n < least || n > most)
		return err_set(e, ERR_VALUE, name, "\"%s\" is %lld, not from %d to %d", name,
			       (long long)n, least, most);
	*out = (int)n;
	return 0;
}

static int take_major(const json_t *v, struct arena *a, struct issue *out, struct err *e)
{
	(void)a;
	return take_code("cap_major", v, 1, CAP_MAJOR_MAX, &out->cap_major, e);
}

static int take_sub(const json_t *v, struct arena *a, struct issue *out, struct err *e)
{
	(void)a;
	return take_code("cap_sub", v, CAP_SUB_MIN, CAP_SUB_MAX, &out->cap_sub, e);
}

static int take_terms(const json_t *v, struct arena *a, struct issue *out, struct err *e)
{
	if (!json_is_array(v))
		return err_set(e, ERR_VALUE, "terms", "\"terms\" is %s, not a list of strings",
			       json_type_word(v));
	size_t n = json_array_size(v);
	if (n > ISSUE_TERMS_MAX)
		return err_set(e, ERR_VALUE, "terms", "\"terms\" has %zu terms, more than %d", n,
			       ISSUE_TERMS_MAX);
	struct str *terms = arena_array(a, n, sizeof *terms);
	if (!terms)
		return arena_full(e);
	for (size_t i = 0; i < n; i++)
		if (line_decode("terms", json_array_get(v, i), ISSUE_TERM_MAX, a, &terms[i], e) ||
		    check_term("terms", terms[i], a, e))
			return -1;
	out->terms = (struct strs){terms, n};
	return 0;
}

static const struct member {
	const char *name;
	int (*take)(const json_t *v, struct arena *a, struct issue *out, struct err *e);
} members[] = {
	{"label", take_label},	   {"kind", take_kind},	  {"parent", take_parent},
	{"cap_major", take_major}, {"cap_sub", take_sub}, {"terms", take_terms},
};
enum { MEMBERS = sizeof members / sizeof members[0] };

static int take_member(struct str name, const json_t *value, struct arena *a, struct issue *out,
		       struct err *e)
{
	struct nearest near = nearest_start(name);
	for (size_t i = 0; i < MEMBERS; i++) {
		if (str_eq(name, str_of(members[i].name)))
			return json_is_null(value) ? 0 : members[i].take(value, a, out, e);
		nearest_try(&near, str_of(members[i].name));
	}
	return json_unknown(&near, "member",
			    "an issue has label, kind, parent, cap_major, cap_sub and terms", e);
}

/* A sub topic's code begins with its major topic's. */
static int complete(struct issue *out, struct err *e)
{
	enum { SUBS = 100 };
	if (!out->label.n)
		return err_set(e, ERR_MISSING, "label", "\"label\" is missing");
	if (out->cap_sub && !out->cap_major)
		out->cap_major = out->cap_sub / SUBS;
	if (out->cap_sub && out->cap_sub / SUBS != out->cap_major)
		return err_set(e, ERR_VALUE, "cap_sub",
			       "\"cap_sub\" is %d, which is no sub topic of %d", out->cap_sub,
			       out->cap_major);
	return 0;
}

int issue_decode(struct str json, struct arena *a, struct issue *out, struct err *e)
{
	*out = (struct issue){.parent = STR_EMPTY};
	json_t *root =
		json_body(json, "an issue is a JSON object with a \"label\" and \"terms\"", e);
	if (!root)
		return -1;
	int rc = 0;
	const char *key;
	json_t *value;
	json_object_foreach(root, key, value)
	{
		if (rc == 0)
			rc = take_member(str_of(key), value, a, out, e);
	}
	json_decref(root);
	return rc ? -1 : complete(out, e);
}
