/* The text form of an answer, for people at a terminal. */
#include "api/format/answer_text.h"

#include <jansson.h>

static const char *text_of(const json_t *object, const char *name)
{
	const char *s = json_string_value(json_object_get(object, name));
	return s ? s : "";
}

/* Nothing where there is none. */
static void add_position(struct buf *out, const char *before, const json_t *of)
{
	const char *position = text_of(of, "position");
	if (*position)
		buf_printf(out, "%s%s", before, position);
}

static void add_statement(struct buf *out, const json_t *s)
{
	const json_t *speaker = json_object_get(s, "speaker"),
		     *stance = json_object_get(s, "stance");
	const json_t *said_on = json_object_get(s, "said_on"),
		     *issues = json_object_get(s, "issues"), *issue;
	const char *who = text_of(speaker, "name"), *when = text_of(said_on, "date");
	size_t i;
	buf_printf(out, "%s%s%s: %s\n  %s", *who ? who : "(nobody named)", *when ? ", " : "", when,
		   text_of(s, "content"), text_of(stance, "act"));
	add_position(out, ", ", json_array_size(issues) ? NULL : stance);
	for (i = 0; (issue = json_array_get(issues, i)) != NULL; i++) {
		buf_printf(out, "%s%s", i ? "; " : "; issues: ", text_of(issue, "label"));
		add_position(out, ": ", issue);
	}
	buf_printf(out, "\n  statement %lld, article %lld\n\n",
		   (long long)json_integer_value(json_object_get(s, "id")),
		   (long long)json_integer_value(json_object_get(s, "article")));
}

/* Who was asked for: "3 of 5  Wang Yi". */
static void add_actors(struct buf *out, const json_t *root)
{
	const json_t *list = json_object_get(root, "actors"), *v;
	size_t i;
	for (i = 0; (v = json_array_get(list, i)) != NULL; i++) {
		const char *name = text_of(json_object_get(v, "actor"), "name");
		buf_printf(out, "%lld of %lld  %s\n",
			   (long long)json_integer_value(json_object_get(v, "count")),
			   (long long)json_integer_value(json_object_get(v, "of")),
			   *name ? name : "(nobody named)");
	}
	if (i)
		buf_printf(out, "\n");
}

/* What the question asks to count by: "12 of 40  2024-04, Norway". */
static void add_counts(struct buf *out, json_t *root)
{
	json_t *list = json_object_get(json_object_get(root, "counts"), "groups"), *group, *v;
	const char *key;
	size_t i;
	for (i = 0; (group = json_array_get(list, i)) != NULL; i++) {
		const char *between = "  ";
		buf_printf(out, "%lld of %lld",
			   (long long)json_integer_value(json_object_get(group, "count")),
			   (long long)json_integer_value(json_object_get(group, "of")));
		json_object_foreach(group, key, v)
		{
			const char *name = json_is_string(v)	 ? json_string_value(v)
					   : *text_of(v, "name") ? text_of(v, "name")
								 : text_of(v, "label");
			if (json_is_integer(v))
				continue;
			buf_printf(out, "%s%s", between, *name ? name : "none");
			between = ", ";
		}
		buf_printf(out, "\n");
	}
	if (i)
		buf_printf(out, "\n");
}

/* Who are compared: "12  Norway: support 4, oppose 3". */
static void add_sides(struct buf *out, const json_t *root)
{
	static const char *const positions[] = {"support", "oppose", "mixed", "concern"};
	const json_t *list = json_object_get(root, "sides"), *side;
	size_t i;
	for (i = 0; (side = json_array_get(list, i)) != NULL; i++) {
		const char *between = ": ";
		buf_printf(out, "%lld  %s",
			   (long long)json_integer_value(json_object_get(side, "count")),
			   text_of(json_object_get(side, "actor"), "name"));
		for (size_t k = 0; k < sizeof positions / sizeof positions[0]; k++) {
			json_int_t n = json_integer_value(json_object_get(side, positions[k]));
			if (n == 0)
				continue;
			buf_printf(out, "%s%s %lld", between, positions[k], (long long)n);
			between = ", ";
		}
		buf_printf(out, "\n");
	}
	if (i)
		buf_printf(out, "\n");
}

int answer_text(struct str json, struct buf *out, struct err *e)
{
	json_t *root = json_loadb(json.p, json.n, JSON_ALLOW_NUL, NULL);
	const json_t *list = json_object_get(root, "statements"),
		     *unparsed = json_object_get(root, "unparsed"), *v;
	size_t i;
	if (!root)
		return err_set(e, ERR_INTERNAL, NULL, "the answer is no JSON");
	add_actors(out, root);
	add_counts(out, root);
	add_sides(out, root);
	for (i = 0; (v = json_array_get(list, i)) != NULL; i++)
		add_statement(out, v);
	buf_printf(out, "%zu statement%s%s\n", json_array_size(list),
		   json_array_size(list) == 1 ? "" : "s",
		   json_is_string(json_object_get(root, "next")) ? ", and there are more" : "");
	if (json_is_integer(json_object_get(root, "count")))
		buf_printf(out, "%lld of %lld\n",
			   (long long)json_integer_value(json_object_get(root, "count")),
			   (long long)json_integer_value(json_object_get(root, "of")));
	for (i = 0; (v = json_array_get(json_object_get(root, "notes"), i)) != NULL; i++)
		buf_printf(out, "note: %s\n", json_string_value(v) ? json_string_value(v) : "?");
	if (*text_of(root, "why"))
		buf_printf(out, "%s\n", text_of(root, "why"));
	for (i = 0; (v = json_array_get(unparsed, i)) != NULL; i++)
		buf_printf(out, "%s%s", i ? " " : "not understood: ",
			   json_string_value(v) ? json_string_value(v) : "?");
	if (json_array_size(unparsed))
		buf_printf(out, "\n");
	json_decref(root);
	return out->failed ? err_set(e, ERR_TOO_LARGE, NULL, "the answer is too long for a text")
			   : 0;
}
