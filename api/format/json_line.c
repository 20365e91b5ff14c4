/* Lines of text: names, labels, words. */
#include "api/format/json_line.h"

#include "api/format/json_body.h"
#include "base/utf8.h"

int line_decode(const char *name, const json_t *v, size_t max_points, struct arena *a,
		struct str *out, struct err *e)
{
	if (!json_is_string(v))
		return err_set(e, ERR_VALUE, name, "\"%s\" is %s, not a string", name,
			       json_type_word(v));
	struct str s = str_trim((struct str){json_string_value(v), json_string_length(v)});
	if (s.n == 0)
		return err_set(e, ERR_VALUE, name, "\"%s\" is empty", name);
	if (s.n > max_points * 4 || utf8_count(s) > max_points)
		return err_set(e, ERR_VALUE, name, "\"%s\" is longer than %zu characters", name,
			       max_points);
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == '\x7f')
			return err_set(e, ERR_VALUE, name, "\"%s\" holds a control character",
				       name);
	*out = arena_str(a, s);
	return out->p ? 0 : arena_full(e);
}
