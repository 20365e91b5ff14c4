/* Takes the id out and leaves the rest to the API's decoder. The parse here runs on the main
 * thread, whose stack is large enough for the depth at which jansson itself stops (2048). */
#include "api/format/article_line.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "api/format/json_article.h"
#include "base/utf8.h"

/* A document without an id goes on as it is; one that does not parse too: the decoder says what is
 * wrong with it. */
static int without_id(struct str json, struct arena *a, struct str *id, struct str *rest,
		      struct err *e)
{
	json_t *root = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	json_t *given = json_is_object(root) ? json_object_get(root, "id") : NULL;
	char *text = NULL, *others = NULL;
	int rc = 0;
	*rest = json;
	if (!given)
		goto out;
	text = json_dumps(given, JSON_ENCODE_ANY | JSON_COMPACT);
	json_object_del(root, "id");
	others = json_dumps(root, JSON_COMPACT);
	*id = text ? arena_str(a, str_of(text)) : STR("null");
	*rest = others ? arena_str(a, str_of(others)) : (struct str){NULL, 0};
	if (!id->p || !rest->p)
		rc = arena_full(e);
out:
	free(text);
	free(others);
	json_decref(root);
	return rc;
}

int article_line_decode(struct str json, struct arena *a, struct str *id, struct article *out,
			struct err *e)
{
	struct str rest;
	json = utf8_skip_mark(json);
	*id = STR("null");
	if (memchr(json.p, '{', json.n) == NULL)
		return err_set(e, ERR_JSON, NULL, "not a JSON object");
	if (without_id(json, a, id, &rest, e) != 0)
		return -1;
	return article_decode(rest, a, out, e);
}
