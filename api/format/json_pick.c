/* One walk over the object's text. */
#include "api/format/json_pick.h"

/* Past the string that begins at `at`. */
static size_t string_end(struct str s, size_t at)
{
	for (at++; at < s.n && s.p[at] != '"'; at++)
		if (s.p[at] == '\\')
			at++;
	return at + 1;
}

/* Past the value that begins at `at`. */
static size_t value_end(struct str s, size_t at)
{
	size_t depth = 0;
	while (at < s.n) {
		char c = s.p[at];
		if (c == '"') {
			at = string_end(s, at);
			continue;
		}
		if (depth == 0 && (c == ',' || c == '}'))
			return at;
		depth += c == '{' || c == '[';
		depth -= c == '}' || c == ']';
		at++;
	}
	return at;
}

static bool is_wanted(struct str name, const char *const *names, int n, uint32_t wanted)
{
	for (int i = 0; i < n; i++)
		if (wanted >> i & 1 && str_eq(name, str_of(names[i])))
			return true;
	return false;
}

void json_pick(struct buf *out, struct str object, const char *const *names, int n, uint32_t wanted)
{
	bool has_before = false;
	buf_add_char(out, '{');
	for (size_t at = 1; at < object.n && object.p[at] == '"';) {
		size_t name_end = string_end(object, at), end = value_end(object, name_end + 1);
		if (is_wanted(str_sub(object, at + 1, name_end - 1), names, n, wanted)) {
			if (has_before)
				buf_add_char(out, ',');
			buf_add(out, str_sub(object, at, end));
			has_before = true;
		}
		at = end + 1;
	}
	buf_add_char(out, '}');
}
