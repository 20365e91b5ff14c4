/* openapi.yaml by libyaml's parser, into jansson's tree. Anchors and merge keys are not used by the
 * document and not read. */
#include "tests/http/document.h"

#include <check.h>
#include <math.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static json_t *scalar(const yaml_node_t *n)
{
	const char *s = (const char *)n->data.scalar.value;
	size_t len = n->data.scalar.length;
	char *end;
	if (n->data.scalar.style == YAML_PLAIN_SCALAR_STYLE) {
		if (strcmp(s, "true") == 0 || strcmp(s, "false") == 0)
			return json_boolean(s[0] == 't');
		if (strcmp(s, "null") == 0 || len == 0)
			return json_null();
		long long i = strtoll(s, &end, 10);
		if (*end == '\0')
			return json_integer(i);
		double d = strtod(s, &end);
		if (*end == '\0')
			return json_real(d);
	}
	return json_stringn(s, len);
}

static json_t *tree(yaml_document_t *d, yaml_node_t *n)
{
	json_t *out;
	if (n->type == YAML_SCALAR_NODE)
		return scalar(n);
	if (n->type == YAML_SEQUENCE_NODE) {
		out = json_array();
		for (yaml_node_item_t *i = n->data.sequence.items.start;
		     i < n->data.sequence.items.top; i++)
			json_array_append_new(out, tree(d, yaml_document_get_node(d, *i)));
		return out;
	}
	out = json_object();
	for (yaml_node_pair_t *p = n->data.mapping.pairs.start; p < n->data.mapping.pairs.top;
	     p++) {
		const char *key =
			(const char *)yaml_document_get_node(d, p->key)->data.scalar.value;
		ck_assert_msg(!json_object_get(out, key), "\"%s\" stands twice in openapi.yaml",
			      key);
		json_object_set_new(out, key, tree(d, yaml_document_get_node(d, p->value)));
	}
	return out;
}

json_t *document_load(void)
{
	FILE *f = fopen("openapi.yaml", "rb");
	yaml_parser_t parser;
	yaml_document_t d;
	ck_assert_msg(f != NULL, "openapi.yaml is not here");
	ck_assert_int_eq(yaml_parser_initialize(&parser), 1);
	yaml_parser_set_input_file(&parser, f);
	ck_assert_msg(yaml_parser_load(&parser, &d) == 1, "openapi.yaml, line %zu: %s",
		      parser.problem_mark.line + 1, parser.problem);
	json_t *out = tree(&d, yaml_document_get_root_node(&d));
	yaml_document_delete(&d);
	yaml_parser_delete(&parser);
	fclose(f);
	return out;
}

const json_t *document_resolve(const json_t *document, const json_t *node)
{
	const char *ref = json_string_value(json_object_get(node, "$ref"));
	if (!ref)
		return node;
	char part[200];
	ck_assert_msg(strncmp(ref, "#/", 2) == 0, "%s", ref);
	const json_t *at = document;
	for (const char *p = ref + 2; p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL) {
		size_t n = strcspn(p, "/");
		ck_assert_uint_lt(n, sizeof part);
		memcpy(part, p, n);
		part[n] = '\0';
		at = json_object_get(at, part);
		ck_assert_msg(at != NULL, "%s leads nowhere", ref);
	}
	return at;
}

/* --- schemas */

struct fit {
	const json_t *document;
	char *why;
	size_t why_n;
};

static bool wrong(const struct fit *f, const char *path, const char *what)
{
	snprintf(f->why, f->why_n, "%s: %s", *path ? path : "the value", what);
	return false;
}

static bool is_of_type(const json_t *v, const char *type)
{
	return strcmp(type, "object") == 0    ? json_is_object(v)
	       : strcmp(type, "array") == 0   ? json_is_array(v)
	       : strcmp(type, "string") == 0  ? json_is_string(v)
	       : strcmp(type, "integer") == 0 ? json_is_integer(v)
	       : strcmp(type, "number") == 0  ? json_is_number(v)
	       : strcmp(type, "boolean") == 0 ? json_is_boolean(v)
					      : strcmp(type, "null") == 0 && json_is_null(v);
}

static bool fits(const struct fit *f, const json_t *schema, const json_t *v, const char *path);

static bool fits_type(const struct fit *f, const json_t *rule, const json_t *schema,
		      const json_t *v, const char *path)
{
	size_t i;
	json_t *one;
	(void)schema;
	if (json_is_string(rule))
		return is_of_type(v, json_string_value(rule)) ||
		       wrong(f, path, json_string_value(rule));
	json_array_foreach(rule, i, one) if (is_of_type(v, json_string_value(one))) return true;
	return wrong(f, path, "none of the types");
}

static bool fits_required(const struct fit *f, const json_t *rule, const json_t *schema,
			  const json_t *v, const char *path)
{
	size_t i;
	json_t *name;
	(void)schema;
	json_array_foreach(
		rule, i,
		name) if (json_is_object(v) &&
			  !json_object_get(v, json_string_value(
						      name))) return wrong(f, path,
									   json_string_value(name));
	return true;
}

static bool fits_properties(const struct fit *f, const json_t *rule, const json_t *schema,
			    const json_t *v, const char *path)
{
	const char *key;
	json_t *member;
	char inner[1000];
	(void)schema;
	json_object_foreach((json_t *)(uintptr_t)v, key, member)
	{
		const json_t *s = json_object_get(rule, key);
		snprintf(inner, sizeof inner, "%s/%s", path, key);
		if (s && !fits(f, s, member, inner))
			return false;
	}
	return true;
}

static bool fits_additional(const struct fit *f, const json_t *rule, const json_t *schema,
			    const json_t *v, const char *path)
{
	const char *key;
	json_t *member;
	char inner[1000];
	json_object_foreach((json_t *)(uintptr_t)v, key, member)
	{
		if (json_object_get(json_object_get(schema, "properties"), key))
			continue;
		snprintf(inner, sizeof inner, "%s/%s", path, key);
		if (json_is_false(rule))
			return wrong(f, inner, "is not in the document");
		if (!fits(f, rule, member, inner))
			return false;
	}
	return true;
}

static bool fits_items(const struct fit *f, const json_t *rule, const json_t *schema,
		       const json_t *v, const char *path)
{
	size_t i;
	json_t *item;
	char inner[1000];
	(void)schema;
	json_array_foreach(v, i, item)
	{
		snprintf(inner, sizeof inner, "%s/%zu", path, i);
		if (!fits(f, rule, item, inner))
			return false;
	}
	return true;
}

static bool fits_enum(const struct fit *f, const json_t *rule, const json_t *schema,
		      const json_t *v, const char *path)
{
	size_t i;
	json_t *one;
	(void)schema;
	json_array_foreach(rule, i, one) if (json_equal(one, v)) return true;
	return wrong(f, path, "none of the words");
}

static bool fits_const(const struct fit *f, const json_t *rule, const json_t *schema,
		       const json_t *v, const char *path)
{
	(void)schema;
	return json_equal(rule, v) || wrong(f, path, "another constant");
}

static bool fits_pattern(const struct fit *f, const json_t *rule, const json_t *schema,
			 const json_t *v, const char *path)
{
	regex_t re;
	(void)schema;
	if (!json_is_string(v))
		return true;
	ck_assert_int_eq(regcomp(&re, json_string_value(rule), REG_EXTENDED | REG_NOSUB), 0);
	bool is_match = regexec(&re, json_string_value(v), 0, NULL, 0) == 0;
	regfree(&re);
	return is_match || wrong(f, path, "does not match the pattern");
}

/* A size or a number against a bound; `sign` is 1 for a least, -1 for a most. */
static bool fits_bound(const struct fit *f, double size, const json_t *rule, int sign,
		       const char *path)
{
	return (size - json_number_value(rule)) * sign >= 0 || wrong(f, path, "out of bounds");
}

static double string_size(const json_t *v)
{
	double points = 0;
	for (const char *p = json_string_value(v); *p; p++)
		points += (*p & 0xC0) != 0x80;
	return points;
}

#define BOUND(name, is_fit, size, sign)                                                            \
	static bool fits_##name(const struct fit *f, const json_t *rule, const json_t *schema,     \
				const json_t *v, const char *path)                                 \
	{                                                                                          \
		(void)schema;                                                                      \
		return !is_fit(v) || fits_bound(f, size(v), rule, sign, path);                     \
	}
#define array_size(v) ((double)json_array_size(v))
BOUND(minimum, json_is_number, json_number_value, 1)
BOUND(maximum, json_is_number, json_number_value, -1)
BOUND(min_length, json_is_string, string_size, 1)
BOUND(max_length, json_is_string, string_size, -1)
BOUND(min_items, json_is_array, array_size, 1)
BOUND(max_items, json_is_array, array_size, -1)

static bool fits_all_of(const struct fit *f, const json_t *rule, const json_t *schema,
			const json_t *v, const char *path)
{
	size_t i;
	json_t *one;
	(void)schema;
	json_array_foreach(rule, i, one) if (!fits(f, one, v, path)) return false;
	return true;
}

static bool fits_anything(const struct fit *f, const json_t *rule, const json_t *schema,
			  const json_t *v, const char *path)
{
	(void)f, (void)rule, (void)schema, (void)v, (void)path;
	return true;
}

static const struct keyword {
	const char *word;
	bool (*fits)(const struct fit *f, const json_t *rule, const json_t *schema, const json_t *v,
		     const char *path);
} keywords[] = {
	{"type", fits_type},
	{"required", fits_required},
	{"properties", fits_properties},
	{"additionalProperties", fits_additional},
	{"items", fits_items},
	{"enum", fits_enum},
	{"const", fits_const},
	{"pattern", fits_pattern},
	{"minimum", fits_minimum},
	{"maximum", fits_maximum},
	{"minLength", fits_min_length},
	{"maxLength", fits_max_length},
	{"minItems", fits_min_items},
	{"maxItems", fits_max_items},
	{"allOf", fits_all_of},
	{"description", fits_anything},
	{"format", fits_anything},
	{"default", fits_anything},
	{"$ref", fits_anything},
};

static const struct keyword *keyword_find(const char *word)
{
	for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
		if (strcmp(keywords[i].word, word) == 0)
			return &keywords[i];
	return NULL;
}

static bool fits(const struct fit *f, const json_t *schema, const json_t *v, const char *path)
{
	const char *word;
	json_t *rule;
	schema = document_resolve(f->document, schema);
	json_object_foreach((json_t *)(uintptr_t)schema, word, rule)
	{
		const struct keyword *k = keyword_find(word);
		ck_assert_msg(k != NULL, "schema keyword \"%s\" is not known to this test", word);
		if (k && !k->fits(f, rule, schema, v, path))
			return false;
	}
	return true;
}

bool document_fits(const json_t *document, const json_t *schema, const json_t *value, char *why,
		   size_t why_n)
{
	struct fit f = {document, why, why_n};
	return fits(&f, schema, value, "");
}
