/* The gates of a JSON body: UTF-8, depth, then jansson. */
#include "api/format/json_body.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/utf8.h"

/* Jansson calls a body malformed too when memory runs out in the middle of it: so it is noted where
 * jansson asks for it. */
static _Thread_local bool memory_ran_out;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *allocate(size_t n)
{
	void *p = malloc(n);
	memory_ran_out |= !p;
	return p;
}

static void configure(void)
{
	json_set_alloc_funcs(allocate, free);
}

static json_t *parse(struct str json, json_error_t *je)
{
	pthread_once(&once, configure);
	memory_ran_out = false;
	return json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY,
			  je);
}

int json_unknown(const struct nearest *near, const char *noun, const char *known, struct err *e)
{
	char field[sizeof e->field];
	struct str shown = str_clip(near->word);
	if (shown.n)
		memcpy(field, shown.p, shown.n);
	field[shown.n] = '\0';
	if (near->best.n)
		return err_set(e, ERR_MEMBER, field, "unknown %s \"%s\", did you mean \"%.*s\"?",
			       noun, field, STR_ARG(near->best));
	return err_set(e, ERR_MEMBER, field, "unknown %s \"%s\"; %s", noun, field, known);
}

const char *json_type_word(const json_t *v)
{
	static const char *const words[] = {
		[JSON_OBJECT] = "an object", [JSON_ARRAY] = "a list",  [JSON_STRING] = "a string",
		[JSON_INTEGER] = "a number", [JSON_REAL] = "a number", [JSON_TRUE] = "a boolean",
		[JSON_FALSE] = "a boolean",  [JSON_NULL] = "null",
	};
	return words[json_typeof(v)];
}

/* Depth of brackets and number of commas outside strings, before a parser that recurses and
 * allocates sees them. */
static int check_shape(struct str s, struct err *e)
{
	int depth = 0, values = 0;
	bool in_string = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (in_string) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_string = false;
		} else if (c == '"') {
			in_string = true;
		} else if (c == '[' || c == '{') {
			if (++depth > JSON_DEPTH_MAX)
				return err_set(e, ERR_JSON, NULL, "nested deeper than %d levels",
					       JSON_DEPTH_MAX);
		} else if (c == ']' || c == '}') {
			depth--;
		} else if (c == ',' && ++values > JSON_VALUES_MAX) {
			return err_set(e, ERR_JSON, NULL, "more than %d values", JSON_VALUES_MAX);
		}
	}
	return 0;
}

static int malformed(const json_error_t *je, struct err *e)
{
	/* A body of one line, as each of a batch is, is told by the column alone: the batch tells
	 * which line it is. */
	if (json_error_code(je) != json_error_duplicate_key && je->line <= 1)
		return err_set(e, ERR_JSON, NULL, "not well-formed JSON at column %d: %s",
			       je->column, je->text);
	if (json_error_code(je) != json_error_duplicate_key)
		return err_set(e, ERR_JSON, NULL, "not well-formed JSON at line %d, column %d: %s",
			       je->line, je->column, je->text);
	/* Jansson 2.14: duplicate object key near '"name"'. */
	const char *from = strstr(je->text, "'\""), *to = strrchr(je->text, '\'');
	if (!from || !to || to <= from + 2)
		return err_set(e, ERR_REPEATED, NULL, "a field is given twice");
	struct str name = str_clip((struct str){from + 2, (size_t)(to - from) - 3});
	char field[sizeof e->field];
	memcpy(field, name.p, name.n);
	field[name.n] = '\0';
	return err_set(e, ERR_REPEATED, field, "\"%s\" is given twice", field);
}

json_t *json_any(struct str json)
{
	struct err ignored = {0};
	json_error_t je;
	json = str_trim(json);
	if (utf8_valid_prefix(json) != json.n || check_shape(json, &ignored))
		return NULL;
	return parse(json, &je);
}

json_t *json_body(struct str json, const char *wanted, struct err *e)
{
	size_t valid = utf8_valid_prefix(json);
	if (valid != json.n) {
		err_set(e, ERR_JSON, NULL, "not UTF-8 at byte %zu", valid);
		return NULL;
	}
	json = utf8_skip_mark(json);
	if (str_trim(json).n == 0) {
		err_set(e, ERR_JSON, NULL, "the body is empty; %s", wanted);
		return NULL;
	}
	if (check_shape(json, e))
		return NULL;
	json_error_t je;
	json_t *root = parse(json, &je);
	if (!root) {
		memory_ran_out ? err_set(e, ERR_BUSY, NULL, "memory is used up")
			       : malformed(&je, e);
		return NULL;
	}
	if (json_is_object(root))
		return root;
	err_set(e, ERR_JSON, NULL, "the body is %s, not an object; %s", json_type_word(root),
		wanted);
	json_decref(root);
	return NULL;
}
