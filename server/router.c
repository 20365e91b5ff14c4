/* Walks the tables row by row, segment by segment: some dozens of short comparisons. */
#include "server/router.h"

#include <string.h>

static const char *const method_names[METHOD_COUNT] = {"GET", "POST", "PUT", "PATCH", "DELETE"};

int method_find(const char *name)
{
	for (int i = 0; i < METHOD_COUNT; i++)
		if (strcmp(name, method_names[i]) == 0)
			return i;
	return strcmp(name, "HEAD") == 0 ? METHOD_GET : -1;
}

const char *method_name(enum method m)
{
	return method_names[m];
}

/* Is it the literal segment that *p is at, whose end *p is at then? Letter by letter: most rows
 * part with the first one. */
static bool is_literal(const char **p, struct str segment)
{
	size_t i = 0;
	for (; i < segment.n && **p && **p != '/' && **p == segment.p[i]; i++)
		++*p;
	return i == segment.n && (**p == '\0' || **p == '/');
}

static bool matches(const char *pattern, const struct target *t, struct str args[2])
{
	size_t i = 0, n_args = 0;
	for (const char *p = pattern; *p == '/'; i++) {
		p++;
		if (i >= t->n_segments)
			return false;
		if (*p != '{') {
			if (!is_literal(&p, t->segments[i]))
				return false;
			continue;
		}
		if (t->segments[i].n == 0 || n_args == 2)
			return false;
		args[n_args++] = t->segments[i];
		p = strchrnul(p, '/');
	}
	return i == t->n_segments;
}

size_t router_count(const struct router *r)
{
	size_t n = 0;
	for (int i = 0; i < ROUTER_TABLES; i++)
		n += r->tables[i].n;
	return n;
}

const struct route *router_row(const struct router *r, size_t index)
{
	for (int i = 0; i < ROUTER_TABLES; i++) {
		if (index < r->tables[i].n)
			return &r->tables[i].rows[index];
		index -= r->tables[i].n;
	}
	return NULL;
}

struct route_match router_find(const struct router *r, const struct target *t, int method)
{
	struct route_match match = {.args = {STR_EMPTY, STR_EMPTY}};
	size_t index = 0;
	for (int i = 0; i < ROUTER_TABLES; i++)
		for (size_t k = 0; k < r->tables[i].n; k++, index++) {
			const struct route *row = &r->tables[i].rows[k];
			if (match.has_path && (int)row->method != method)
				continue;
			struct str args[2] = {STR_EMPTY, STR_EMPTY};
			if (!matches(row->path, t, args))
				continue;
			match.has_path = true;
			if ((int)row->method == method) {
				match.row = row;
				match.index = index;
				memcpy(match.args, args, sizeof args);
				return match;
			}
		}
	return match;
}

struct str router_allow(const struct router *r, const struct target *t, struct arena *a)
{
	struct str allow = STR_EMPTY;
	for (int m = 0; m < METHOD_COUNT; m++)
		if (router_find(r, t, m).row)
			allow = arena_printf(a, "%.*s%s%s", STR_ARG(allow), method_names[m],
					     m == METHOD_GET ? ", HEAD, " : ", ");
	return arena_printf(a, "%.*sOPTIONS", STR_ARG(allow));
}
