/* Takes request targets apart. The HTTP library's own decoding is switched off: it hides what is
 * wrong. */
#include "server/target.h"

#include <string.h>

#include "base/utf8.h"

static int hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
				      : -1;
}

/* Decodes n bytes to `out` (which may be where they are); the number of bytes, or SIZE_MAX for a
 * bad escape. */
static size_t decode(const char *p, size_t n, bool plus_is_space, char *out)
{
	size_t to = 0;
	for (size_t i = 0; i < n; i++) {
		char c = p[i];
		if (c == '+' && plus_is_space) {
			c = ' ';
		} else if (c == '%') {
			int high = i + 2 < n ? hex(p[i + 1]) : -1;
			int low = i + 2 < n ? hex(p[i + 2]) : -1;
			if (high < 0 || low < 0)
				return SIZE_MAX;
			c = (char)(high << 4 | low);
			i += 2;
		}
		out[to++] = c;
	}
	return to;
}

/* The path of an absolute form, "http://host/path": a proxy may send it (RFC 9112, 3.2.2). */
static struct str after_authority(struct str s)
{
	size_t scheme = str_find(s, STR("://"), 0);
	size_t question = str_find(s, STR("?"), 0);
	if (scheme == SIZE_MAX || scheme > question || s.p[0] == '/')
		return s;
	size_t slash = str_find(s, STR("/"), scheme + 3);
	return slash == SIZE_MAX ? STR("/") : str_sub(s, slash, s.n);
}

static int split_path(struct target *t, char *p, size_t n, struct err *e)
{
	size_t to = 0;
	t->path = (struct str){p, 0};
	for (size_t at = 0; at < n;) {
		const char *slash = memchr(p + at + 1, '/', n - at - 1);
		size_t end = slash ? (size_t)(slash - p) : n;
		p[to] = '/';
		size_t got = decode(p + at + 1, end - at - 1, false, p + to + 1);
		struct str segment = {p + to + 1, got == SIZE_MAX ? 0 : got};
		if (got == SIZE_MAX)
			return err_set(e, ERR_REQUEST, "path",
				       "a percent sign in the path is not followed by two "
				       "hexadecimal digits");
		if (utf8_valid_prefix(segment) != segment.n)
			return err_set(e, ERR_REQUEST, "path", "the path is not UTF-8");
		if (memchr(segment.p, 0, segment.n))
			return err_set(e, ERR_REQUEST, "path", "the path holds a zero byte");
		if (t->n_segments < TARGET_SEGMENTS_MAX)
			t->segments[t->n_segments] = segment;
		t->n_segments++;
		to += 1 + got;
		at = end;
	}
	t->path.n = to;
	if (t->n_segments > TARGET_SEGMENTS_MAX)
		t->n_segments = 0;
	return 0;
}

int target_parse(struct target *t, char *raw, size_t n, struct str base_path, struct err *e)
{
	*t = (struct target){.path = STR("/"), .query = STR_EMPTY};
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)raw[i] <= ' ' || raw[i] == 0x7f)
			return err_set(e, ERR_REQUEST, "path",
				       "the request target holds a space or a control character");
	struct str s = after_authority((struct str){raw, n});
	size_t question = str_find(s, STR("?"), 0);
	if (question != SIZE_MAX) {
		t->query = str_sub(s, question + 1, s.n);
		s = str_sub(s, 0, question);
	}
	if (str_eq(s, STR("*"))) {
		t->path = s;
		return 0;
	}
	if (s.n == 0 || s.p[0] != '/')
		return err_set(e, ERR_REQUEST, "path",
			       "the request target does not start with a slash");
	if (base_path.n) {
		t->is_bare_base = str_eq(s, base_path);
		t->is_outside =
			!str_starts(s, base_path) || (s.n > base_path.n && s.p[base_path.n] != '/');
		if (t->is_bare_base || t->is_outside)
			return 0;
		s = str_sub(s, base_path.n, s.n);
	}
	/* A literal "/" of after_authority is not written to: there is nothing to decode in it. */
	if (s.n == 1) {
		t->segments[0] = STR_EMPTY;
		t->n_segments = 1;
		return 0;
	}
	return split_path(t, raw + (s.p - raw), s.n, e);
}

static int decode_part(struct str raw, struct arena *a, const char *what, struct str name,
		       struct str *out, struct err *e)
{
	char *p = arena_alloc(a, raw.n + 1);
	if (!p)
		return arena_full(e);
	size_t n = decode(raw.p, raw.n, true, p);
	if (n == SIZE_MAX)
		return err_set(e, ERR_REQUEST, "query",
			       "the %s of parameter \"%.*s\" has a percent sign that is not "
			       "followed by two hexadecimal digits",
			       what, STR_ARG(str_sub(name, 0, name.n < 40 ? name.n : 40)));
	*out = (struct str){p, n};
	if (utf8_valid_prefix(*out) != n)
		return err_set(e, ERR_REQUEST, "query", "the %s of parameter \"%.*s\" is not UTF-8",
			       what, STR_ARG(str_sub(name, 0, name.n < 40 ? name.n : 40)));
	return 0;
}

int target_params(const struct target *t, struct arena *a, const struct param **params, size_t *n,
		  struct err *e)
{
	size_t count = t->query.n > 0;
	for (size_t i = 0; i < t->query.n; i++)
		count += t->query.p[i] == '&';
	*params = NULL;
	*n = 0;
	if (count == 0)
		return 0;
	if (count > TARGET_PARAMS_MAX)
		return err_set(e, ERR_REQUEST, "query", "more than %d parameters",
			       TARGET_PARAMS_MAX);
	struct param *v = arena_array(a, count, sizeof *v);
	if (!v)
		return arena_full(e);
	struct str rest = t->query, part;
	while (str_split(&rest, '&', &part)) {
		if (part.n == 0)
			continue;
		size_t equals = str_find(part, STR("="), 0);
		struct str name = str_sub(part, 0, equals == SIZE_MAX ? part.n : equals);
		struct str value =
			equals == SIZE_MAX ? STR_EMPTY : str_sub(part, equals + 1, part.n);
		struct param *to = &v[(*n)++];
		if (decode_part(name, a, "name", name, &to->name, e) != 0 ||
		    decode_part(value, a, "value", to->name, &to->value, e) != 0)
			return -1;
		if (memchr(to->name.p, 0, to->name.n))
			return err_set(e, ERR_REQUEST, "query",
				       "the name of parameter \"%.*s\" holds a zero byte",
				       STR_ARG(name));
	}
	*params = v;
	return 0;
}

struct str target_to_root(const struct target *t)
{
	static const char steps[] = "../../../../../../../../../../../../../../../../";
	size_t n = t->n_segments > 1 ? t->n_segments - 1 : 0;
	return (struct str){steps, 3 * n};
}
